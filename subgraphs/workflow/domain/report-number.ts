import type { MacRing } from '../../shared/crypto/mac-ring.ts'
import type { PressureDraft } from './pressure-report.ts'

// The alphabet of receipt numbers: no I, L, O, U, so that a number can be read out.
const ALPHABET = '0123456789ABCDEFGHJKMNPQRSTVWXYZ'
const DOMAIN = 'pressure-report-number/1'

/**
 * The number of a report (举报编号), e.g. `JB-7K2M-9QX4`: derived from what is reported of which rating, so that the same report sent twice is
 * one. It opens nothing; it is for asking after the report. `attempt` makes another one where two different reports meet in one number.
 */
export function reportNumberOf(evaluationId: string, report: PressureDraft, attempt: number, ring: MacRing): string {
  const mac = ring.mac(ring.current, DOMAIN, JSON.stringify([evaluationId, report, attempt]))!
  const characters = [...mac.subarray(0, 8)].map(byte => ALPHABET[byte & 31]).join('')
  return `JB-${characters.slice(0, 4)}-${characters.slice(4)}`
}
