import { graphError } from '../../shared/graph-error.ts'
import type { IssuedKind } from '../domain/permission.ts'

/** For which case a code is asked, and where it will be shown. */
export type CodeOrder = {
  caseNumber: string
  /** Static codes are applied for and links are sent: asking for one here is a mistake. */
  kind: IssuedKind | 'STATIC' | 'SMS'
  serviceNumber: number
  /** 自助终端编号 */
  terminalNumber?: string | null
}

/** An order in which everything has its place. */
export type CheckedOrder = {
  caseNumber: string
  kind: IssuedKind
  serviceNumber: number
  terminalNumber: string | null
}

const LONGEST_TERMINAL_NUMBER = 30

/**
 * The order with what was typed trimmed.
 *
 * @throws BAD_USER_INPUT naming what is accepted
 */
export function checkCodeOrder({ caseNumber, kind, serviceNumber, terminalNumber }: CodeOrder): CheckedOrder {
  if (kind === 'STATIC' || kind === 'SMS') {
    throw graphError('BAD_USER_INPUT', { fact: `kind SCREEN / RECEIPT / TERMINAL / PORTAL / MOBILE: ${kind}` })
  }
  if (serviceNumber < 1 || serviceNumber > 99) {
    throw graphError('BAD_USER_INPUT', { fact: `serviceNumber 1–99: ${serviceNumber}` })
  }
  const terminal = terminalNumber?.trim() || null
  if (kind !== 'TERMINAL' && terminal !== null) {
    throw graphError('BAD_USER_INPUT', { fact: `terminalNumber only with kind TERMINAL: ${kind}` })
  }
  const length = [...(terminal ?? '')].length
  if (kind === 'TERMINAL' && (length < 1 || length > LONGEST_TERMINAL_NUMBER)) {
    throw graphError('BAD_USER_INPUT', { fact: `terminalNumber 1–${LONGEST_TERMINAL_NUMBER} characters: ${length}` })
  }
  return { caseNumber: caseNumber.trim(), kind, serviceNumber, terminalNumber: terminal }
}
