import type { SeededRandom } from '../seeded-random.ts'
import { inventedCreditCode, inventedFirm } from './organisations.ts'
import { inventedIdentityNumber, inventedName, inventedPhone } from './people.ts'

/** Who applied (申请人), in plain. */
export type InventedApplicant = {
  kind: 'NATURAL_PERSON' | 'ENTERPRISE'
  name: string
  documentKind: string | null
  documentNumber: string
  contactName: string | null
  phone: string
}

/** 居民身份证. */
export const IDENTITY_CARD = '111'

/** A person, or a firm with the person who came for it. */
export function inventedApplicant(
  random: SeededRandom,
  who: 'PERSON' | 'ORGANISATION',
  place: string,
): InventedApplicant {
  if (who === 'PERSON') {
    const name = inventedName(random)
    const documentNumber = inventedIdentityNumber(random)
    const phone = inventedPhone(random)
    return { kind: 'NATURAL_PERSON', name, documentKind: IDENTITY_CARD, documentNumber, contactName: null, phone }
  }
  return {
    kind: 'ENTERPRISE',
    name: inventedFirm(random, place),
    documentKind: null,
    documentNumber: inventedCreditCode(random, '91'),
    contactName: inventedName(random),
    phone: inventedPhone(random),
  }
}
