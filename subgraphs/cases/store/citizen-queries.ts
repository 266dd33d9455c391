import type { CryptoPort } from '../../shared/crypto/crypto-port.ts'
import type { Transaction } from '../../shared/database.ts'
import { maskName, maskPhone } from '../../shared/people/mask.ts'
import { newId } from '../../shared/uuid.ts'
import type { CitizenIdentity } from '../domain/citizen-identity.ts'
import type { CitizenSession } from '../domain/citizen-viewer.ts'

const column = (name: string) => `cases.citizens.${name}`

/** Writes who signed in (实名用户), sealed, by issuer and subject; what the provider says now stands. */
export async function upsertCitizen(
  tx: Transaction,
  crypto: CryptoPort,
  { issuer, subject, name, documentNumber, phone }: CitizenIdentity,
  signedInAt: Date,
): Promise<{ id: string; isNew: boolean }> {
  const seal = (of: string, text: string | null) => (text === null ? null : crypto.seal(column(of), text))
  const [row] = await tx.query<{ id: string; isNew: boolean }>(
    `insert into cases.citizens as c (id, issuer, subject, name_sealed, masked_name, document_sealed, document_hash, phone_sealed,
       phone_hash, masked_phone, created_at, last_signed_in_at)
     values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $11)
     on conflict (issuer, subject) do update set name_sealed = excluded.name_sealed, masked_name = excluded.masked_name,
       document_sealed = excluded.document_sealed, document_hash = excluded.document_hash, phone_sealed = excluded.phone_sealed,
       phone_hash = excluded.phone_hash, masked_phone = excluded.masked_phone, last_signed_in_at = excluded.last_signed_in_at
     returning c.id, c.xmax = 0 as "isNew"`,
    [
      newId(signedInAt.getTime()),
      issuer,
      subject,
      seal('name_sealed', name),
      maskName(name),
      seal('document_sealed', documentNumber),
      documentNumber && crypto.lookupHash('DOCUMENT_NUMBER', documentNumber),
      seal('phone_sealed', phone),
      phone && crypto.lookupHash('PHONE', phone),
      phone && maskPhone(phone),
      signedInAt,
    ],
  )
  return row!
}

export async function insertCitizenSession(
  tx: Transaction,
  session: { tokenHash: Buffer; citizenId: string; createdAt: Date; expiresAt: Date },
): Promise<void> {
  const { tokenHash, citizenId, createdAt, expiresAt } = session
  await tx.query(
    `insert into cases.citizen_sessions (id, token_hash, citizen_id, created_at, expires_at) values ($1, $2, $3, $4, $5)`,
    [newId(createdAt.getTime()), tokenHash, citizenId, createdAt, expiresAt],
  )
}

/** Whose session it is, with document and phone as they lie sealed, and the mandate that it acts under. */
export type CitizenSessionRow = CitizenSession & {
  documentSealed: Buffer | null
  phoneSealed: Buffer | null
  mandateId: string | null
}

/** The session with this token or id; null when it ended or expired. */
export async function citizenSession(
  tx: Transaction,
  by: { tokenHash: Buffer } | { sessionId: string },
  now: Date,
): Promise<CitizenSessionRow | null> {
  const [condition, value] = 'tokenHash' in by ? ['s.token_hash = $1', by.tokenHash] : ['s.id = $1', by.sessionId]
  const [row] = await tx.query<CitizenSessionRow>(
    `select s.id as "sessionId", s.expires_at as "expiresAt", s.mandate_id as "mandateId", c.id as "citizenId",
       c.masked_name as "maskedName", c.document_sealed as "documentSealed", c.phone_sealed as "phoneSealed"
     from cases.citizen_sessions s join cases.citizens c on c.id = s.citizen_id
     where ${condition} and s.ended_at is null and s.expires_at > $2`,
    [value, now],
  )
  return row ?? null
}

/** The look-up hashes of a session's person, under every key in use. */
export function hashesOfCitizen(crypto: CryptoPort, { documentSealed, phoneSealed }: CitizenSessionRow) {
  const open = (of: string, sealed: Buffer | null) => sealed && crypto.open(column(of), sealed)
  const document = open('document_sealed', documentSealed)
  const phone = open('phone_sealed', phoneSealed)
  return {
    documentHashes: document === null ? [] : crypto.lookupHashes('DOCUMENT_NUMBER', document),
    phoneHashes: phone === null ? [] : crypto.lookupHashes('PHONE', phone),
  }
}

/** Sets for whom a session acts; null is oneself. */
export async function setSessionMandate(tx: Transaction, sessionId: string, mandateId: string | null): Promise<void> {
  await tx.query('update cases.citizen_sessions set mandate_id = $2 where id = $1', [sessionId, mandateId])
}

export async function endCitizenSession(tx: Transaction, sessionId: string, now: Date): Promise<void> {
  await tx.query('update cases.citizen_sessions set ended_at = $2 where id = $1 and ended_at is null', [sessionId, now])
}

/** A person's scope travels with every hop, so it has an end. */
const mostOwnCases = 200

/** The latest cases whose applicant has this document, at most 200. */
export async function casesOfDocument(tx: Transaction, documentHashes: readonly string[]): Promise<string[]> {
  const rows = await tx.query<{ id: string }>(
    `select case_id as id from cases.case_applicants where document_hash = any($1::text[])
     order by case_id desc limit ${mostOwnCases}`,
    [documentHashes],
  )
  return rows.map(({ id }) => id)
}

/** The latest cases of persons who left this phone, at most 200; a phone given for an organisation is not its agent's own. */
export async function casesOfPersonsPhone(tx: Transaction, phoneHashes: readonly string[]): Promise<string[]> {
  const rows = await tx.query<{ id: string }>(
    `select case_id as id from cases.case_applicants where phone_hash = any($1::text[]) and kind = 'NATURAL_PERSON'
     order by case_id desc limit ${mostOwnCases}`,
    [phoneHashes],
  )
  return rows.map(({ id }) => id)
}
