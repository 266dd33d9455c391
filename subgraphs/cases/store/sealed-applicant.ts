import type { CryptoPort } from '../../shared/crypto/crypto-port.ts'
import { maskDocumentNumber, maskName, maskPhone } from '../../shared/people/mask.ts'
import { lastFourDigits } from '../../shared/people/phone.ts'
import { phoneLastFourKind } from '../../shared/people/phone-last-four.ts'
import type { ReportedApplicant } from '../domain/reported-applicant.ts'

/** An applicant as the table keeps him: sealed, found by keyed hashes, shown masked. */
export type SealedApplicant = ReturnType<typeof sealApplicant>

export function sealApplicant(crypto: CryptoPort, applicant: ReportedApplicant) {
  const { kind, name, documentKind, documentNumber, contactName, phone } = applicant
  const seal = (column: string, text: string | null) =>
    text === null ? null : crypto.seal(`cases.case_applicants.${column}`, text)
  return {
    kind,
    documentKind,
    nameSealed: seal('name_sealed', name),
    documentSealed: seal('document_sealed', documentNumber),
    phoneSealed: seal('phone_sealed', phone),
    contactNameSealed: seal('contact_name_sealed', contactName),
    documentHash: documentNumber && crypto.lookupHash('DOCUMENT_NUMBER', documentNumber),
    phoneHash: phone && crypto.lookupHash('PHONE', phone),
    phoneLastFourHash: phone && crypto.lookupHash(phoneLastFourKind, lastFourDigits({ number: phone })),
    maskedName: maskName(name),
    maskedDocument: documentNumber && maskDocumentNumber(documentNumber),
    maskedPhone: phone && maskPhone(phone),
  }
}
