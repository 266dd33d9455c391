import type { CryptoPort } from '../../shared/crypto/crypto-port.ts'
import type { Transaction } from '../../shared/database.ts'
import { namesOfCase, type RateableCaseRow, rateableColumns } from './rateable-case-query.ts'

/** A caller has few unrated cases of the last days; a firm's agent may have some more. */
const mostCasesOfDocument = 50

/** Valid closed cases within the scope of the transaction whose applicant has a document with one of these hashes. */
export function closedCasesOfDocument(
  { query }: Transaction,
  documentHashes: readonly string[],
  since: Date,
): Promise<RateableCaseRow[]> {
  return query<RateableCaseRow>(
    `select ${rateableColumns} from cases.case_applicants a
     join cases.service_cases c on c.id = a.case_id and c.city_code = a.city_code ${namesOfCase}
     where a.document_hash = any($1::text[]) and c.state = 'CLOSED' and c.is_valid and c.closed_at >= $2
     order by c.closed_at desc, c.id desc limit ${mostCasesOfDocument}`,
    [documentHashes, since],
  )
}

/** The phones of these cases in clear, of those that have one. */
export async function phonesOfCases(
  { query }: Transaction,
  crypto: CryptoPort,
  caseIds: readonly string[],
): Promise<{ caseId: string; phone: string }[]> {
  const rows = await query<{ caseId: string; phoneSealed: Buffer }>(
    `select case_id as "caseId", phone_sealed as "phoneSealed" from cases.case_applicants
     where case_id = any($1::uuid[]) and phone_sealed is not null`,
    [caseIds],
  )
  return rows.map(({ caseId, phoneSealed }) => ({
    caseId,
    phone: crypto.open('cases.case_applicants.phone_sealed', phoneSealed),
  }))
}

/** Who works under an account (话务员), with the telephone that is registered for him. */
export async function operatorOf(
  { query }: Transaction,
  accountId: string,
): Promise<{ name: string; contact: string | null } | null> {
  const [row] = await query<{ name: string; contact: string | null }>(
    'select display_name as name, contact from cases.accounts where id = $1',
    [accountId],
  )
  return row ?? null
}
