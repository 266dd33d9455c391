import type { CryptoPort } from '../../shared/crypto/crypto-port.ts'
import type { Transaction } from '../../shared/database.ts'

/** Whom a message about a case goes to (联系方式): the phone in clear, so it never leaves the hub's own hops. */
export type CaseContact = {
  phone: string
  cityCode: string
  policyId: string
  regionPath: string
  departmentId: string
  hallId: string | null
  departmentName: string
  matterName: string
  closedAt: Date | null
}

/** The contact of a case; null when the case is unknown or its applicant left no phone. */
export async function contactByCase(tx: Transaction, crypto: CryptoPort, caseId: string): Promise<CaseContact | null> {
  const [row] = await tx.query<Omit<CaseContact, 'phone'> & { phoneSealed: Buffer }>(
    `select a.phone_sealed as "phoneSealed", c.city_code as "cityCode", r.policy_id as "policyId", c.region_path as "regionPath",
       c.department_id as "departmentId", c.hall_id as "hallId", d.name as "departmentName", m.name as "matterName",
       c.closed_at as "closedAt"
     from cases.service_cases c
     join cases.case_applicants a on a.case_id = c.id and a.city_code = c.city_code
     join cases.regions r on r.id = c.region_id
     join cases.departments d on d.id = c.department_id
     join cases.service_matters m on m.id = c.matter_id
     where c.id = $1 and a.phone_sealed is not null`,
    [caseId],
  )
  if (!row) return null
  const { phoneSealed, ...placement } = row
  return { phone: crypto.open('cases.case_applicants.phone_sealed', phoneSealed), ...placement }
}

/** Whether the applicant of a case left a phone with one of these hashes. */
export async function hasPhone(tx: Transaction, caseId: string, phoneHashes: readonly string[]): Promise<boolean> {
  const [row] = await tx.query<{ found: boolean }>(
    `select exists (select from cases.case_applicants where case_id = $1 and phone_hash = any($2::text[])) as found`,
    [caseId, phoneHashes],
  )
  return row!.found
}
