import { isRealDate, shanghaiDay } from '../../shared/clock/shanghai-day.ts'
import { creditCodeNotes, readCreditCode } from '../../shared/people/credit-code.ts'
import { identityNumberFaults, readIdentityNumber } from '../../shared/people/identity-number.ts'
import type { InputProblem } from '../../shared/rows/input-problem.ts'
import { createRowJudge, type RowJudge } from '../../shared/rows/row-judge.ts'
import type { Viewer } from '../../shared/viewer.ts'

/** A mandate as it was asked to be recorded (企业办事人授权). */
export type MandateInput = {
  agentName: string
  agentDocumentNumber: string
  organisationName: string
  creditCode: string
  validFrom: string
  validUntil: string
  evidence: string
}

/** Who records and revokes mandates: management bodies. */
export function mayKeepMandates({ role }: Pick<Viewer, 'role'>): boolean {
  return role === 'MANAGEMENT_BODY' || role === 'PROVINCIAL_BUREAU'
}

const longestName = 100
const longestEvidence = 200
const mostYears = 3

/**
 * Judges a mandate, every field of it. The agent's identity number must hold; what is odd about a credit code is taken and
 * written behind the evidence, since early codes fail their check character.
 */
export function judgeMandate(input: MandateInput, now: Date): { mandate: MandateInput } | { problems: InputProblem[] } {
  const judge = createRowJudge()
  const agentName = judge.needed('agentName', input.agentName, longestName)
  const agentDocumentNumber = judgeIdentityNumber(input.agentDocumentNumber, judge, now)
  const organisationName = judge.needed('organisationName', input.organisationName, longestName)
  const credit = judgeCreditCode(input.creditCode, judge)
  const { validFrom, validUntil } = judgePeriod(input, judge, shanghaiDay(now))
  const evidence = judge.needed('evidence', input.evidence, longestEvidence)
  if (evidence !== null && [...evidence].length < 2) {
    judge.refuse('evidence', 'TOO_SHORT', '授权依据至少 2 个字符', 'needs at least 2 characters')
  }
  const isWhole =
    agentName !== null &&
    agentDocumentNumber !== null &&
    organisationName !== null &&
    credit !== null &&
    validFrom !== null &&
    validUntil !== null &&
    evidence !== null
  if (!isWhole || judge.problems.length > 0) return { problems: judge.problems }
  const noted = [evidence, ...credit.notes.map(note => `（统一社会信用代码：${note}）`)].join('')
  const { code: creditCode } = credit
  return {
    mandate: { agentName, agentDocumentNumber, organisationName, creditCode, validFrom, validUntil, evidence: noted },
  }
}

function judgeIdentityNumber(text: string, judge: RowJudge, now: Date): string | null {
  const read = readIdentityNumber(text, now)
  if (read.ok) return read.number
  const { zh, en } = identityNumberFaults[read.fault]
  return judge.refuse('agentDocumentNumber', `IDENTITY_NUMBER_${read.fault}`, zh, en)
}

function judgeCreditCode(text: string, judge: RowJudge): { code: string; notes: string[] } | null {
  const read = readCreditCode(text)
  if (read.ok) return { code: read.code, notes: read.warnings.map(warning => creditCodeNotes[warning].zh) }
  const { zh, en } = creditCodeNotes[read.fault]
  return judge.refuse('creditCode', `CREDIT_CODE_${read.fault}`, zh, en)
}

function judgePeriod(input: MandateInput, judge: RowJudge, today: string) {
  const validFrom = judgeDay('validFrom', input.validFrom, judge)
  const validUntil = judgeDay('validUntil', input.validUntil, judge)
  if (validFrom !== null && validUntil !== null) {
    const latest = `${Number(validFrom.slice(0, 4)) + mostYears}${validFrom.slice(4)}`
    if (validUntil < validFrom) {
      judge.refuse('validUntil', 'PERIOD_REVERSED', '止期早于起期', 'lies before validFrom')
    } else if (validUntil > latest) {
      judge.refuse('validUntil', 'PERIOD_TOO_LONG', '授权期限最长三年', 'lies more than three years after validFrom')
    } else if (validUntil < today) {
      judge.refuse('validUntil', 'PERIOD_OVER', '授权期限已过', 'lies in the past')
    }
  }
  return { validFrom, validUntil }
}

function judgeDay(path: 'validFrom' | 'validUntil', text: string, judge: RowJudge): string | null {
  const day = /^(\d{4})-(\d{2})-(\d{2})$/.exec(text.trim())
  if (day && isRealDate(Number(day[1]), Number(day[2]), Number(day[3]))) return day[0]
  return judge.refuse(path, 'DATE_NOT_REAL', '应为真实日期，如 2026-01-31', 'must be a real date such as 2026-01-31')
}
