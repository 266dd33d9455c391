import { endOfNaturalDays } from '../../shared/clock/deadline.ts'
import type { JurisdictionPolicy, SatisfactionLevel } from '../../shared/policy/policy.ts'
import type { Viewer } from '../../shared/viewer.ts'
import { maySubmitEvaluation } from './permission.ts'
import { type Problem, problem } from './problem.ts'
import { type CaseFault, lateWindowEndsAt, problemOfCase, type RateableCase } from './rateable-case.ts'
import { isNegative } from './rating.ts'

/** A rating as whatever follows it needs to know it (补充评价、追评). */
export type FollowedFacts = {
  level: SatisfactionLevel
  round: 1 | 2
  evaluatedAt: Date
  /** It says no more than its level: no item, word, answer or picture. */
  isLevelAlone: boolean
  isSupplemented: boolean
  hasSecondRating: boolean
}

/** Why nothing can be added to a rating any more. */
export type SupplementFault = 'ALREADY_SUPPLEMENTED' | 'HAS_CONTENT' | 'LATE_WINDOW_OVER'

/** Why no second rating can be given now; HAS_SECOND_RATING: it was given, or is this one. */
export type AppendFault = 'HAS_SECOND_RATING' | CaseFault

type LateWindow = Pick<JurisdictionPolicy, 'lateWindowDays'>

/** Who may come back to a rating: people at their own devices, never staff or systems and devices of the unit. */
export function mayFollowUp(viewer: Viewer): boolean {
  return maySubmitEvaluation(viewer) && viewer.role !== 'DEVICE'
}

/** Why nothing may be added to this rating (补充评价); null when it may, once. `serviceCase` is null for a visit without a case. */
export function supplementFault(
  rating: FollowedFacts,
  serviceCase: RateableCase | null,
  now: Date,
  policy: LateWindow,
): SupplementFault | null {
  if (rating.isSupplemented) return 'ALREADY_SUPPLEMENTED'
  if (!rating.isLevelAlone) return 'HAS_CONTENT'
  return now < followUpEndsAt(rating, serviceCase, policy) ? null : 'LATE_WINDOW_OVER'
}

/** Why no second rating may follow this one now (二次评价); null when it may, once. */
export function appendFault(
  rating: FollowedFacts,
  serviceCase: RateableCase | null,
  now: Date,
  policy: LateWindow,
): AppendFault | null {
  if (rating.round === 2 || rating.hasSecondRating) return 'HAS_SECOND_RATING'
  return lateOrNotRateable(rating, serviceCase, now, policy)
}

/** Why the rated case, or a visit without one, is not rated for the second time now; null when it is. */
export function lateOrNotRateable(
  rating: Pick<FollowedFacts, 'evaluatedAt'>,
  serviceCase: RateableCase | null,
  now: Date,
  policy: LateWindow,
): CaseFault | null {
  if (serviceCase) return problemOfCase(serviceCase, 2, now, policy)?.code ?? null
  return now < followUpEndsAt(rating, null, policy) ? null : 'LATE_WINDOW_OVER'
}

/** A visit has no closing, and a case that waits beyond its limit none yet: their days count from the rating. */
function followUpEndsAt(
  { evaluatedAt }: Pick<FollowedFacts, 'evaluatedAt'>,
  serviceCase: RateableCase | null,
  policy: LateWindow,
): Date {
  const closedAt = serviceCase?.state === 'CLOSED' ? serviceCase.closedAt : null
  return closedAt ? lateWindowEndsAt(closedAt, policy) : endOfNaturalDays(policy.lateWindowDays.value, evaluatedAt)
}

/** Only a bad rating is put right (整改): a second one that speaks of it needs a bad first one. */
export function problemsOfRectification(isAboutRectification: boolean, first: SatisfactionLevel): Problem[] {
  if (!isAboutRectification || isNegative(first)) return []
  const en = 'the first rating was not a bad one, so nothing was put right; leave isAboutRectification out'
  return [problem('isAboutRectification', 'NOTHING_RECTIFIED', '首次评价不是差评，没有整改可评价', en)]
}

/** Why nothing can be added, in words for the person. */
export function supplementProblem(fault: Exclude<SupplementFault, 'ALREADY_SUPPLEMENTED'>, days: number): Problem {
  const path = 'receiptNumber'
  if (fault === 'HAS_CONTENT') {
    const en = 'only a rating that has its level alone can be added to; this one says more already'
    return problem(path, fault, '只有仅选了满意度的评价可以补充，这条评价已有内容', en)
  }
  const en = `a rating can be added to within ${days} days; that time is over`
  return problem(path, fault, `补充评价须在${days}天内提交，已超过期限`, en)
}

/** Nothing at all was added. */
export function nothingAdded(): Problem {
  const en = 'please add at least one item, text, answer or picture'
  return problem('items', 'NOTHING_ADDED', '请至少补充一项内容：测评内容、文字、分项或图片', en)
}
