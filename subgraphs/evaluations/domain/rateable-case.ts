import { endOfNaturalDays } from '../../shared/clock/deadline.ts'
import type { JurisdictionPolicy } from '../../shared/policy/policy.ts'
import type { KnownCase } from '../store/known-case.ts'
import { type Problem, problem } from './problem.ts'

/** What a rating needs to know of its case (办件), for one service within it. How it ended (办结方式) does not matter: each end may be rated. */
export type RateableCase = {
  /** proStatus 1 待受理, 2 已受理, 3 已办结. */
  state: 'PENDING' | 'ACCEPTED' | 'CLOSED'
  closedAt: Date | null
  /** 承诺办结时间; null when none is known. */
  promisedAt: Date | null
  /** 法定办结时间; null when none is known. */
  legalLimitAt: Date | null
  /** 作废: withdrawn by its source. */
  isVoid: boolean
  /** Number of the case that took this one in (并入); null for all others. */
  mergedInto: string | null
  /** A first rating by a person is there; a default rating is none. */
  hasFirstRating: boolean
}

/** Why a case cannot be rated now. */
export type CaseFault = 'CASE_VOID' | 'CASE_MERGED' | 'CASE_NOT_CLOSED' | 'LATE_WINDOW_OVER' | 'FIRST_RATING_MISSING'

type LateWindow = Pick<JurisdictionPolicy, 'lateWindowDays'>

/** A known case as its ratings see it. */
export function rateableCase(known: KnownCase, hasFirstRating: boolean): RateableCase {
  const { state, closedAt, promisedAt, legalLimitAt, isValid, mergedInto } = known
  return { state, closedAt, promisedAt, legalLimitAt, isVoid: !isValid, mergedInto, hasFirstRating }
}

/** Why the case cannot be rated in this round now; undefined when it can. */
export function problemOfCase(
  rateable: RateableCase,
  round: number,
  now: Date,
  policy: LateWindow,
): Problem<CaseFault> | undefined {
  const path = 'serviceCase'
  const { state, closedAt, isVoid, mergedInto, hasFirstRating } = rateable
  if (isVoid && mergedInto !== null) {
    const en = `this case was merged into ${mergedInto}`
    return problem(path, 'CASE_MERGED', `该办件已并入 ${mergedInto}`, en)
  }
  if (isVoid) return problem(path, 'CASE_VOID', '该办件已作废，不能评价', 'this case is void and cannot be rated')
  if ((state !== 'CLOSED' || !closedAt) && !isOverdue(rateable, now)) {
    const en = 'this case is not closed yet; it can be rated then'
    return problem(path, 'CASE_NOT_CLOSED', '该办件尚未办结，办结后即可评价', en)
  }
  if (state === 'CLOSED' && closedAt && now >= lateWindowEndsAt(closedAt, policy)) {
    const days = policy.lateWindowDays.value
    const en = `a case can be rated within ${days} days after closing; that time is over`
    return problem(path, 'LATE_WINDOW_OVER', `评价须在办结后${days}天内提交，该办件已超过期限`, en)
  }
  if (round === 2 && !hasFirstRating) {
    const en = 'a second rating needs a first one'
    return problem(path, 'FIRST_RATING_MISSING', '尚无首次评价，不能二次评价', en)
  }
  return undefined
}

/** Whoever waits beyond the legal limit, or the promised one where no law sets any, need not wait for the closing to say so. */
function isOverdue({ state, legalLimitAt, promisedAt }: RateableCase, now: Date): boolean {
  const limit = legalLimitAt ?? promisedAt
  return state === 'ACCEPTED' && limit !== null && limit < now
}

/** 24:00 Shanghai on the last day on which a closed case may still be rated, for the first or the second time. */
export function lateWindowEndsAt(closedAt: Date, policy: LateWindow): Date {
  return endOfNaturalDays(policy.lateWindowDays.value, closedAt)
}
