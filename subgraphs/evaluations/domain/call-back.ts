import type { SatisfactionLevel } from '../../shared/policy/policy.ts'
import { problemsOfNote } from './call-outcome.ts'
import { type Problem, problem } from './problem.ts'

/** What a call-back found (回访结果); the same words as the enum `CallBackResult` of the graph. */
export type CallBackResult = 'CONFIRMED' | 'DIFFERENT' | 'NOT_REACHED' | 'DENIED'

export type CallBackDraft = { result: CallBackResult; statedLevel: SatisfactionLevel | null; note: string | null }

/** Whether what was recorded is not what the person says: an integrity signal (异常评价线索). */
export function isMismatch(result: CallBackResult): result is 'DIFFERENT' | 'DENIED' {
  return result === 'DIFFERENT' || result === 'DENIED'
}

/** The faults of a call-back against the level that was recorded. */
export function problemsOfCallBack(draft: CallBackDraft, recordedLevel: number): Problem[] {
  const { result, statedLevel } = draft
  const problems = problemsOfNote(draft.note)
  const path = 'statedLevel'
  if (result === 'DIFFERENT' && (statedLevel === null || statedLevel === recordedLevel)) {
    const en = 'name the level that the person states, which is another than the recorded one'
    problems.push(problem(path, 'LEVEL_REQUIRED', '请选择被访人所说的满意度，且与记录不同', en))
  }
  if (result === 'CONFIRMED' && statedLevel !== null && statedLevel !== recordedLevel) {
    const en = 'a confirmed rating has the recorded level'
    problems.push(problem(path, 'LEVEL_DIFFERS', '被访人所说与记录不同，请选择“与所说不符”', en))
  }
  if ((result === 'NOT_REACHED' || result === 'DENIED') && statedLevel !== null) {
    const en = 'no level is stated with this result'
    problems.push(problem(path, 'LEVEL_NOT_ASKED', '此结果不填写满意度', en))
  }
  return problems
}
