import {
  channelRule,
  type JurisdictionPolicy,
  type RatingChannel,
  type SatisfactionLevel,
} from '../../shared/policy/policy.ts'
import { type ItemFault, problemsOfItems } from './chosen-items.ts'
import { type ItemEdition, itemEditions } from './item-editions.ts'
import { type Problem, problem } from './problem.ts'
import { type CaseFault, problemOfCase, type RateableCase } from './rateable-case.ts'
import { isLevel, isNegative } from './rating.ts'
import { type RatingTextFault, readRatingText } from './rating-text.ts'

/** A rating as it was handed in. `round` 1 is the first rating, 2 the second one (二次评价). */
export type Draft = {
  channel: RatingChannel
  round: number
  level: number
  items: readonly string[]
  text?: string | null
  isPublic?: boolean | null
  isAnonymous?: boolean | null
}

/** A rating in the one form in which it is kept: items ascending, text trimmed, nothing left open. */
export type AcceptedDraft = {
  channel: RatingChannel
  round: 1 | 2
  level: SatisfactionLevel
  isNegative: boolean
  items: string[]
  text: string | null
  isPublic: boolean
  isAnonymous: boolean
}

export type DraftFault = 'ROUND_UNKNOWN' | 'LEVEL_UNKNOWN' | 'REASON_REQUIRED' | ItemFault | RatingTextFault

export type SubmissionRefusal =
  | { kind: 'CASE_NOT_RATEABLE'; problems: [Problem<CaseFault>] }
  | { kind: 'INVALID_EVALUATION'; problems: Problem<DraftFault>[] }

export type SubmissionDecision =
  | { accepted: AcceptedDraft; refusal?: undefined }
  | { accepted?: undefined; refusal: SubmissionRefusal }

/**
 * Decides on a rating (提交评价): the case must be closed, not void and within the late window of its policy; the draft
 * is judged by channel and by the item edition in force at `now`. Whether the case was rated already is not asked
 * here: the key of the ratings table is the last judge, and the same content again is answered, not refused.
 */
export function decideSubmission(
  rateable: RateableCase,
  draft: Draft,
  now: Date,
  policy: JurisdictionPolicy,
  editions: readonly ItemEdition[] = itemEditions,
): SubmissionDecision {
  const { channel, round, level, items } = draft
  const caseProblem = problemOfCase(rateable, round, now, policy)
  if (caseProblem) return { refusal: { kind: 'CASE_NOT_RATEABLE', problems: [caseProblem] } }

  const { textLimit, reasonRequired } = channelRule(policy, channel)
  const read = readRatingText(draft.text ?? '', textLimit)
  const problems: Problem<DraftFault>[] = problemsOfItems(items, level, now, editions)
  if (read.problem) problems.push(read.problem)
  const text = read.problem ? null : read.text
  const needsReason = reasonRequired === 'ALWAYS' || (isLevel(level) && isNegative(level))
  if (needsReason && items.length === 0 && text === null && !read.problem) problems.push(reasonMissing(textLimit))
  if (round !== 1 && round !== 2) return refused([roundUnknown(), ...problems])
  if (!isLevel(level)) return refused([levelUnknown(), ...problems])
  if (problems.length > 0) return refused(problems)

  return {
    accepted: {
      channel,
      round,
      level,
      isNegative: isNegative(level),
      items: items.toSorted(),
      text,
      isPublic: draft.isPublic ?? true,
      isAnonymous: draft.isAnonymous ?? false,
    },
  }
}

function refused(problems: Problem<DraftFault>[]): SubmissionDecision {
  return { refusal: { kind: 'INVALID_EVALUATION', problems } }
}

function roundUnknown(): Problem<DraftFault> {
  return problem('round', 'ROUND_UNKNOWN', '评价次数应为1（首次）或2（二次）', 'the round is 1 (first) or 2 (second)')
}

function levelUnknown(): Problem<DraftFault> {
  const en = 'the level is 1 to 5, 5 being very satisfied'
  return problem('level', 'LEVEL_UNKNOWN', '满意度应为1至5（5为非常满意）', en)
}

function reasonMissing(textLimit: number): Problem<DraftFault> {
  if (textLimit === 0)
    return problem('items', 'REASON_REQUIRED', '请至少选择一项原因', 'please choose at least one item')
  const en = 'please choose at least one item or write a text'
  return problem('items', 'REASON_REQUIRED', '请至少选择一项原因或填写文字', en)
}
