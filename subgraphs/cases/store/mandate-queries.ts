import type { CryptoPort } from '../../shared/crypto/crypto-port.ts'
import type { Transaction } from '../../shared/database.ts'
import { maskDocumentNumber, maskName } from '../../shared/people/mask.ts'
import type { MandateInput } from '../domain/agent-mandate.ts'

/** A mandate (企业办事人授权) as the graph shows it; days are `yyyy-mm-dd`. */
export type MandateRow = {
  id: string
  organisationName: string
  maskedCreditCode: string
  maskedAgent: string
  validFrom: string
  validUntil: string
  evidence: string
  recordedAt: Date
  revokedAt: Date | null
}

const columns = `m.id, m.organisation_name as "organisationName", m.masked_credit_code as "maskedCreditCode",
  m.masked_agent as "maskedAgent", m.valid_from as "validFrom", m.valid_until as "validUntil", m.evidence,
  m.recorded_at as "recordedAt", m.revoked_at as "revokedAt"`

const isInForce = `m.revoked_at is null and $2::date between m.valid_from and m.valid_until`

const sealedColumn = 'cases.agent_mandates.credit_code_sealed'

export async function insertMandate(
  tx: Transaction,
  crypto: CryptoPort,
  mandate: MandateInput & {
    id: string
    recordedAt: Date
    recordedBy: { id: string; name: string }
    regionPath: string
  },
): Promise<MandateRow> {
  const { id, agentName, agentDocumentNumber, organisationName, creditCode, recordedBy } = mandate
  const [row] = await tx.query<MandateRow>(
    `insert into cases.agent_mandates as m (id, agent_document_hash, masked_agent, organisation_name, organisation_document_hash,
       masked_credit_code, credit_code_sealed, valid_from, valid_until, evidence, recorded_at, recorded_by_id, recorded_by_name, region_path)
     values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14) returning ${columns}`,
    [
      id,
      crypto.lookupHash('DOCUMENT_NUMBER', agentDocumentNumber),
      `${maskName(agentName)} ${maskDocumentNumber(agentDocumentNumber)}`,
      organisationName,
      crypto.lookupHash('DOCUMENT_NUMBER', creditCode),
      maskDocumentNumber(creditCode),
      crypto.seal(sealedColumn, creditCode),
      mandate.validFrom,
      mandate.validUntil,
      mandate.evidence,
      mandate.recordedAt,
      recordedBy.id,
      recordedBy.name,
      mandate.regionPath,
    ],
  )
  return row!
}

/** Ends a mandate that the scope shows; one that is over already stays as it was. Null when there is none. */
export async function revokeMandate(
  tx: Transaction,
  id: string,
  { revokedAt, revokedBy }: { revokedAt: Date; revokedBy: string },
): Promise<MandateRow | null> {
  const [row] = await tx.query<MandateRow>(
    `update cases.agent_mandates m set revoked_at = coalesce(m.revoked_at, $2), revoked_by_name = coalesce(m.revoked_by_name, $3)
     where m.id = $1 returning ${columns}`,
    [id, revokedAt, revokedBy],
  )
  return row ?? null
}

/** Mandates of the person with this document that are in force on a day, the newest first, at most 100. */
export function mandatesInForce(
  tx: Transaction,
  documentHashes: readonly string[],
  day: string,
): Promise<MandateRow[]> {
  return tx.query<MandateRow>(
    `select ${columns} from cases.agent_mandates m where m.agent_document_hash = any($1::text[]) and ${isInForce}
     order by m.id desc limit 100`,
    [documentHashes, day],
  )
}

/** The look-up hashes of the organisation that a mandate in force stands for, under every key in use; null when it is none of this person's. */
export async function organisationOfMandate(
  tx: Transaction,
  crypto: CryptoPort,
  mandateId: string,
  documentHashes: readonly string[],
  day: string,
): Promise<string[] | null> {
  const [row] = await tx.query<{ sealed: Buffer }>(
    `select m.credit_code_sealed as sealed from cases.agent_mandates m
     where m.agent_document_hash = any($1::text[]) and ${isInForce} and m.id = $3`,
    [documentHashes, day, mandateId],
  )
  return row ? crypto.lookupHashes('DOCUMENT_NUMBER', crypto.open(sealedColumn, row.sealed)) : null
}

/** Mandates that the scope shows, of this person alone where hashes are given, the newest first, one more than asked for. */
export function mandatePage(
  tx: Transaction,
  documentHashes: readonly string[] | null,
  after: string | null,
  first: number,
): Promise<MandateRow[]> {
  return tx.query<MandateRow>(
    `select ${columns} from cases.agent_mandates m
     where ($1::text[] is null or m.agent_document_hash = any($1)) and ($2::uuid is null or m.id < $2)
     order by m.id desc limit $3`,
    [documentHashes, after, first + 1],
  )
}
