import { shanghaiDay } from '../../shared/clock/shanghai-day.ts'
import { type Problem, problem } from './problem.ts'

/** How a call ended (通话结果); the same words as the enum `CallOutcome` of the graph. */
export type CallOutcome = 'NO_ANSWER' | 'REFUSED' | 'LATER' | 'RATED' | 'WRONG_NUMBER' | 'DO_NOT_CALL'

/** Where an invitation by telephone stands; the same words as the enum `PhoneInvitationState` of the graph. */
export type PhoneInvitationState = 'OPEN' | 'LOCKED' | 'DONE' | 'EXPIRED'

/** Why it ended (结束原因). */
export type PhoneInvitationEnd =
  | 'RATED'
  | 'REFUSED'
  | 'WRONG_NUMBER'
  | 'DO_NOT_CALL'
  | 'NO_PHONE'
  | 'NOT_RATEABLE'
  | 'WINDOW_OVER'

/** How long an operator holds an invitation without a word (锁定), milliseconds: a call with its form, twice over. */
export const HOLD_MS = 15 * 60_000

const LONGEST_NOTE = 200

/** A call as it is to be kept. */
export type CallDraft = { outcome: CallOutcome; note: string | null; callAgainAt: Date | null }

/** The faults of a call's outcome: a new time is agreed on for LATER alone, on a later day and within the window; RATED needs a rating. */
export function problemsOfCall(
  { outcome, note, callAgainAt }: CallDraft,
  { expiresAt, isRated }: { expiresAt: Date | null; isRated: boolean },
  now: Date,
): Problem[] {
  const problems = problemsOfNote(note)
  if (outcome === 'LATER') problems.push(...problemsOfTime(callAgainAt, expiresAt, now))
  else if (callAgainAt) {
    const en = 'a time to call again is taken with the outcome LATER alone'
    problems.push(problem('callAgainAt', 'TIME_NOT_ASKED', '只有“改约”才填写再次致电时间', en))
  }
  if (outcome === 'RATED' && !isRated) {
    const en = 'there is no rating of this case yet'
    problems.push(problem('outcome', 'NOT_RATED', '该办件还没有评价，不能登记为“已评”', en))
  }
  return problems
}

/** A note of a call is short. */
export function problemsOfNote(note: string | null): Problem[] {
  if (note === null || ([...note].length <= LONGEST_NOTE && !note.includes('\0'))) return []
  const en = `a note has at most ${LONGEST_NOTE} characters`
  return [problem('note', 'NOTE_TOO_LONG', `备注最多${LONGEST_NOTE}字`, en)]
}

function problemsOfTime(callAgainAt: Date | null, expiresAt: Date | null, now: Date): Problem[] {
  const path = 'callAgainAt'
  if (!callAgainAt) {
    return [problem(path, 'TIME_REQUIRED', '请填写约定的再次致电时间', 'the time agreed on is required')]
  }
  if (shanghaiDay(callAgainAt) <= shanghaiDay(now)) {
    const en = 'nobody is called twice a day: agree on a later day'
    return [problem(path, 'TIME_SAME_DAY', '同一人一天只打一次电话，请约定今天以后的时间', en)]
  }
  if (expiresAt && callAgainAt >= expiresAt) {
    const en = 'that is after the end of the invitation window'
    return [problem(path, 'TIME_AFTER_WINDOW', '约定时间超过了邀评期限', en)]
  }
  return []
}

/** What ends with a call: nothing, this invitation, or all that are open for this person. */
export function endOfCall(outcome: CallOutcome): { reason: PhoneInvitationEnd; isOfPerson: boolean } | null {
  switch (outcome) {
    case 'NO_ANSWER':
    case 'LATER':
      return null
    case 'RATED':
      return { reason: 'RATED', isOfPerson: false }
    case 'REFUSED':
    case 'WRONG_NUMBER':
    case 'DO_NOT_CALL':
      return { reason: outcome, isOfPerson: true }
  }
}
