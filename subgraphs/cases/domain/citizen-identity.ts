import { readIdentityNumber } from '../../shared/people/identity-number.ts'
import { readPhone } from '../../shared/people/phone.ts'

/** Whom an identity provider vouches for (实名用户), as it says so. */
export type VouchedIdentity = {
  issuer: string
  subject: string
  name: string
  documentNumber?: string | null
  phone?: string | null
}

/** The same with document and phone written as those of applicants are, so that both find each other. */
export type CitizenIdentity = {
  issuer: string
  subject: string
  name: string
  documentNumber: string | null
  phone: string | null
}

/**
 * Reads an identity. A document number that is no identity number stays as it is (passports); a phone that cannot be called is left out.
 * Null when issuer, subject or name is missing.
 */
export function readCitizenIdentity(vouched: VouchedIdentity, now: Date): CitizenIdentity | null {
  const [issuer, subject, name] = [vouched.issuer.trim(), vouched.subject.trim(), vouched.name.trim()]
  if (!issuer || !subject || !name) return null
  const written = vouched.documentNumber?.trim() || null
  const identityNumber = written === null ? null : readIdentityNumber(written, now)
  const phone = readPhone(vouched.phone ?? '')
  return {
    issuer,
    subject,
    name,
    documentNumber: identityNumber?.ok ? identityNumber.number : written,
    phone: phone.ok ? phone.number : null,
  }
}
