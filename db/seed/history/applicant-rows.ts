import { sealApplicant } from '../../../subgraphs/cases/store/sealed-applicant.ts'
import type { CryptoPort } from '../../../subgraphs/shared/crypto/crypto-port.ts'
import type { PastCase } from './service-cases.ts'

/** The applicant of a case as the table keeps him, where his case lies. */
export function applicantRow(pastCase: PastCase, crypto: CryptoPort) {
  const { id, cityCode, regionPath, departmentId, lineId, hallId, windowId, staffMemberId, applicant } = pastCase
  return {
    caseId: id,
    cityCode,
    regionPath,
    departmentId,
    lineId,
    hallId,
    windowId,
    staffMemberId,
    ...sealApplicant(crypto, applicant),
  }
}
