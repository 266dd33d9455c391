import type { CryptoPort } from '../../shared/crypto/crypto-port.ts'
import type { Transaction } from '../../shared/database.ts'

/** An applicant in clear (申请人信息). */
export type RevealedApplicant = {
  name: string
  contactName: string | null
  phone: string | null
  documentNumber: string | null
}

type SealedRow = Record<'name_sealed', Buffer> &
  Record<'contact_name_sealed' | 'phone_sealed' | 'document_sealed', Buffer | null>

/** The applicant of a case within the scope of the transaction; null when the case is unknown there. */
export async function applicantInClear(
  { query }: Transaction,
  crypto: CryptoPort,
  caseId: string,
): Promise<RevealedApplicant | null> {
  const [row] = await query<SealedRow>(
    `select name_sealed, contact_name_sealed, phone_sealed, document_sealed from cases.case_applicants where case_id = $1`,
    [caseId],
  )
  if (!row) return null
  const opened = (column: keyof SealedRow) => {
    const sealed = row[column]
    return sealed && crypto.open(`cases.case_applicants.${column}`, sealed)
  }
  return {
    name: opened('name_sealed')!,
    contactName: opened('contact_name_sealed'),
    phone: opened('phone_sealed'),
    documentNumber: opened('document_sealed'),
  }
}
