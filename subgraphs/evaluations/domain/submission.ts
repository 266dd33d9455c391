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
import {
  type AskedAbout,
  readSubRatings,
  type SubRatingFault,
  type SubRatings,
  subRatingQuestions,
} from './sub-ratings.ts'

/** A rating as it was handed in. `round` 1 is the first rating, 2 the second one (二次评价). */
export type Draft = {
  channel: RatingChannel
  round: number
  level: number
  items: readonly string[]
  text?: string | null
  isPublic?: boolean | null
  isAnonymous?: boolean | null
  subRatings?: Partial<SubRatings> | null
  /** Ids of uploaded pictures. */
  pictures?: readonly string[]
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
  /** Null when no question apart was answered. */
  subRatings: SubRatings | null
}

/** Why pictures cannot be taken. PICTURE_UNKNOWN: not uploaded with this code, or too long ago. */
export type PictureFault = 'PICTURES_NOT_TAKEN' | 'PICTURES_TOO_MANY' | 'PICTURE_TWICE' | 'PICTURE_UNKNOWN'

export type DraftFault =
  | 'ROUND_UNKNOWN'
  | 'LEVEL_UNKNOWN'
  | 'REASON_REQUIRED'
  | ItemFault
  | RatingTextFault
  | SubRatingFault
  | PictureFault

export type SubmissionRefusal =
  | { kind: 'CASE_NOT_RATEABLE'; problems: [Problem<CaseFault>] }
  | { kind: 'INVALID_EVALUATION'; problems: Problem<DraftFault>[] }

export type SubmissionDecision =
  | { accepted: AcceptedDraft; refusal?: undefined }
  | { accepted?: undefined; refusal: SubmissionRefusal }

const plainCase: AskedAbout = { subjectKind: 'CASE', hasFees: false, involvesIntermediary: true }

/**
 * Decides on a rating (提交评价): the case must be closed or overdue, not void and within the late window of its policy; the draft is
 * judged by `judgeDraft`. A visit without a case (`rateable` null) can always be rated. Whether the case was rated already is not asked
 * here: the key of the ratings table is the last judge, and the same content again is answered, not refused.
 */
export function decideSubmission(
  rateable: RateableCase | null,
  draft: Draft,
  now: Date,
  policy: JurisdictionPolicy,
  about: AskedAbout = plainCase,
): SubmissionDecision {
  const caseProblem = rateable && problemOfCase(rateable, draft.round, now, policy)
  if (caseProblem) return { refusal: { kind: 'CASE_NOT_RATEABLE', problems: [caseProblem] } }
  const judged = judgeDraft(draft, now, policy, about)
  if (judged.accepted) return judged
  return { refusal: { kind: 'INVALID_EVALUATION', problems: judged.problems } }
}

/** Judges what a rating says, by its channel, by the questions that make sense for its subject, and by the items in force at `now`. */
export function judgeDraft(
  draft: Draft,
  now: Date,
  policy: JurisdictionPolicy,
  about: AskedAbout,
  editions: readonly ItemEdition[] = itemEditions,
): { accepted: AcceptedDraft } | { accepted?: undefined; problems: Problem<DraftFault>[] } {
  const { channel, round, level, items } = draft
  const rule = channelRule(policy, channel)
  const { textLimit, reasonRequired } = rule
  const read = readRatingText(draft.text ?? '', textLimit)
  const problems: Problem<DraftFault>[] = problemsOfItems(items, level, now, editions, about.subjectKind)
  if (read.problem) problems.push(read.problem)
  const text = read.problem ? null : read.text
  const needsReason = reasonRequired === 'ALWAYS' || (isLevel(level) && isNegative(level))
  if (needsReason && items.length === 0 && text === null && !read.problem) problems.push(reasonMissing(textLimit))
  const answers = readSubRatings(draft.subRatings, subRatingQuestions(rule.subRatings, about))
  problems.push(...answers.problems, ...problemsOfPictures(draft.pictures ?? [], rule.pictureLimit))
  if (round !== 1 && round !== 2) return { problems: [roundUnknown(), ...problems] }
  if (!isLevel(level)) return { problems: [levelUnknown(), ...problems] }
  if (problems.length > 0) return { problems }

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
      subRatings: answers.subRatings,
    },
  }
}

/** The faults of a list of picture ids, as far as they show without a look-up. */
export function problemsOfPictures(ids: readonly string[], limit: number): Problem<PictureFault>[] {
  if (ids.length > 0 && limit === 0) {
    const en = 'no picture can be given through this channel'
    return [problem('pictures', 'PICTURES_NOT_TAKEN', '此渠道不收图片', en)]
  }
  if (ids.length > limit) {
    const en = `at most ${limit} pictures can be given`
    return [problem('pictures', 'PICTURES_TOO_MANY', `最多上传${limit}张图片`, en)]
  }
  return ids.flatMap((id, i) =>
    ids.indexOf(id) === i
      ? []
      : problem(`pictures.${i}`, 'PICTURE_TWICE', '同一张图片选了两次', 'this picture was given twice'),
  )
}

/** A picture that was not uploaded with this code, or so long ago that it is gone. */
export function pictureUnknown(index: number): Problem<PictureFault> {
  const en = 'this picture was not uploaded with this code, or too long ago; please upload it again'
  return problem(`pictures.${index}`, 'PICTURE_UNKNOWN', '没有找到这张图片，请重新上传', en)
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
