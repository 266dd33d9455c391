import type { CryptoPort } from '../../../subgraphs/shared/crypto/crypto-port.ts'
import { maskDocumentNumber, maskName, maskPhone } from '../../../subgraphs/shared/people/mask.ts'
import { phoneLastFourKind } from '../../../subgraphs/shared/people/phone-last-four.ts'
import type { PastCase } from './service-cases.ts'

/** The hash by which a rater proves that he has the applicant's phone. */
export function phoneLastFourHash({ applicant }: PastCase, crypto: CryptoPort): string {
  return crypto.lookupHash(phoneLastFourKind, applicant.phone.slice(-4))
}

/** The applicant of a case as the table keeps him: sealed, found by keyed hashes, shown masked. */
export function applicantRow(pastCase: PastCase, crypto: CryptoPort) {
  const { id, cityCode, regionPath, departmentId, lineId, hallId, windowId, staffMemberId, applicant } = pastCase
  const { kind, name, documentKind, documentNumber, contactName, phone } = applicant
  const seal = (column: string, text: string) => crypto.seal(`cases.case_applicants.${column}`, text)
  return {
    caseId: id,
    cityCode,
    regionPath,
    departmentId,
    lineId,
    hallId,
    windowId,
    staffMemberId,
    kind,
    documentKind,
    nameSealed: seal('name_sealed', name),
    documentSealed: seal('document_sealed', documentNumber),
    phoneSealed: seal('phone_sealed', phone),
    contactNameSealed: contactName && seal('contact_name_sealed', contactName),
    documentHash: crypto.lookupHash('DOCUMENT_NUMBER', documentNumber),
    phoneHash: crypto.lookupHash('PHONE', phone),
    phoneLastFourHash: phoneLastFourHash(pastCase, crypto),
    maskedName: maskName(name),
    maskedDocument: maskDocumentNumber(documentNumber),
    maskedPhone: maskPhone(phone),
  }
}
