import { creditCheckCharacter } from '../../subgraphs/shared/people/credit-code.ts'
import { identityCheckCharacter } from '../../subgraphs/shared/people/identity-number.ts'
import { PHONE_BLOCK, UNASSIGNED_DIVISION } from './invented/people.ts'

const withCheck = (body: string, checkCharacter: (body: string) => string) => body + checkCharacter(body)

/** Someone of the demo who signs in with his real name (实名用户); the demo's identity provider vouches for the same facts. */
export type DemoPerson = {
  /** `sub` of the identity provider, and the name typed there. */
  subject: string
  name: string
  /** 身份证号; the division in it was never given out. */
  documentNumber: string
  phone: string
}

/** The invented citizen (办事群众): several cases in the main hall, closed in the last days and not rated yet. */
export const demoCitizen: DemoPerson = {
  subject: 'citizen',
  name: '苏念真',
  documentNumber: withCheck(`${UNASSIGNED_DIVISION}19930516048`, identityCheckCharacter),
  phone: `${PHONE_BLOCK}200516`,
}

/** The invented agent (企业办事人): his own cases, and by a mandate those of the demo organisation. */
export const demoAgent: DemoPerson = {
  subject: 'agent',
  name: '林知遥',
  documentNumber: withCheck(`${UNASSIGNED_DIVISION}19880923037`, identityCheckCharacter),
  phone: `${PHONE_BLOCK}200923`,
}

/** The invented organisation (企业) that the agent acts for; its contact phone is his. */
export const demoOrganisation = {
  name: '郑州示例安澜商贸有限公司',
  /** 统一社会信用代码 */
  documentNumber: withCheck(`91${UNASSIGNED_DIVISION}200000923`, creditCheckCharacter),
  phone: demoAgent.phone,
}
