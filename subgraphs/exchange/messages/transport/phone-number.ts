import { SmsNotSent } from './sms-port.ts'

/** The number as the SMS centre wants it; throws `SmsNotSent` BAD_NUMBER for what no network could dial. */
export function dialled(phone: string, countryCode: string): string {
  if (!/^\d{3,20}$/.test(phone)) throw new SmsNotSent('BAD_NUMBER')
  return phone.length === 11 ? countryCode + phone : phone
}

/** A mainland mobile as 11 digits, however the network spells its country (+86, 0086, 86); any other number as it came. */
export function mainlandNumber(address: string): string {
  return /^(?:\+|00)?(?:86)?(1\d{10})$/.exec(address)?.[1] ?? address
}
