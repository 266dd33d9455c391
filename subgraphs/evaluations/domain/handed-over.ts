import { endOfNaturalDays } from '../../shared/clock/deadline.ts'
import type { HandedOverReading } from '../../shared/hand-over/read-handed-over.ts'
import type { SourceMapping } from '../../shared/hand-over/source-mapping.ts'
import type { JurisdictionPolicy, SubRatingDemand, SubRatingKind } from '../../shared/policy/policy.ts'
import { type InputProblem, inputProblem } from '../../shared/rows/input-problem.ts'
import type { KnownCase } from '../store/known-case.ts'
import { problemsOfItems } from './chosen-items.ts'
import { editionInForce, type ItemEdition, itemEditions } from './item-editions.ts'
import type { Problem } from './problem.ts'
import { problemOfCase, rateableCase } from './rateable-case.ts'
import { isNegative } from './rating.ts'
import { readRatingText } from './rating-text.ts'
import { askedAbout, readSubRatings, type SubRatings, subRatingQuestions } from './sub-ratings.ts'
import type { AcceptedDraft } from './submission.ts'

/**
 * A rating that was given within the late window is still taken so many natural days after it has ended: platforms hand over by the
 * day or week, and what a citizen said in time must not be lost by their timetable. Ours; later than that figures are out.
 */
export const handOverGraceDays = 15

/** A reading as a draft (移交评价判定); faults of what it says are apart from those of its case, which a repeat need not hear. */
export type JudgedHandOver = {
  draft: AcceptedDraft | null
  itemEdition: number
  contentProblems: InputProblem[]
  caseProblems: InputProblem[]
  warnings: InputProblem[]
}

/** What a handed-over rating is judged against. */
export type HandOverGround = {
  serviceCase: KnownCase
  isEvaluated: boolean
  mapping: SourceMapping
  policy: JurisdictionPolicy
  now: Date
}

/**
 * Judges a handed-over rating: the case as of the moment at which it was given, the content by what its source could ask. A bad rating
 * without any reason is taken with a warning, since nobody can be asked any more and losing it would be worse.
 */
export function judgeHandedOver(reading: HandedOverReading, ground: HandOverGround): JudgedHandOver {
  const { mapping, serviceCase } = ground
  const { round, level, items, channel, evaluatedAt, isPublic, isAnonymous } = reading
  const edition = editionOf(mapping, evaluatedAt)
  const itemFaults = problemsOfItems(items, level, evaluatedAt, edition ? [edition] : [])
  const read = readRatingText(reading.text ?? '', mapping.textLimit)
  const answers = readAnswers(reading, serviceCase)
  const contentProblems = [...itemFaults, ...(read.problem ? [read.problem] : []), ...answers.problems].map(rowProblem)
  const text = read.problem ? null : read.text
  const draft: AcceptedDraft = {
    channel,
    round,
    level,
    isNegative: isNegative(level),
    items: items.toSorted(),
    text,
    isPublic,
    isAnonymous,
    subRatings: answers.subRatings,
  }
  return {
    draft: contentProblems.length > 0 ? null : draft,
    itemEdition: edition?.number ?? 0,
    contentProblems,
    caseProblems: problemsOfHandedOverCase(reading, ground),
    warnings: [
      ...answers.warnings,
      ...(isNegative(level) && items.length === 0 && text === null ? [reasonMissing] : []),
      ...(serviceCase.closedAt && evaluatedAt < serviceCase.closedAt ? [ratedBeforeClosing] : []),
    ],
  }
}

/** The edition by whose codes this source speaks, in force for it whenever the rating was given. */
function editionOf({ items }: SourceMapping, evaluatedAt: Date): ItemEdition | undefined {
  if (items.kind === 'NONE') return editionInForce(evaluatedAt)
  const edition = itemEditions.find(({ number }) => number === items.edition)
  return edition && { ...edition, from: '1970-01-01', until: null }
}

function problemsOfHandedOverCase(
  { round, evaluatedAt }: HandedOverReading,
  { serviceCase, isEvaluated, policy, now }: HandOverGround,
): InputProblem[] {
  const { acceptedAt, closedAt } = serviceCase
  if (acceptedAt && evaluatedAt < acceptedAt) return [ratedBeforeAccepted]
  const fault = problemOfCase(rateableCase(serviceCase, isEvaluated), round, evaluatedAt, policy)
  if (fault) return [{ ...rowProblem(fault), path: 'caseNumber' }]
  const days = policy.lateWindowDays.value + handOverGraceDays
  return closedAt && now >= endOfNaturalDays(days, closedAt) ? [handedOverTooLate(days)] : []
}

const optional: Readonly<Record<SubRatingKind, SubRatingDemand>> = {
  ENVIRONMENT: 'OPTIONAL',
  ATTITUDE: 'OPTIONAL',
  FEES: 'OPTIONAL',
  INTERMEDIARY: 'OPTIONAL',
}

/** Sources send every column for every matter: an answer that makes no sense for this one is left out, and a reason beside 好, too. */
function readAnswers(reading: HandedOverReading, serviceCase: KnownCase) {
  const questions = subRatingQuestions(optional, askedAbout('CASE', serviceCase))
  const isAsked = (kind: SubRatingKind) => questions.some(question => question.kind === kind)
  const { environment, attitude, isOvercharged, isIntermediaryForced } = reading
  const given: SubRatings = {
    environment,
    environmentReason: environment === 'POOR' ? reading.environmentReason : null,
    attitude,
    attitudeReason: attitude === 'POOR' ? reading.attitudeReason : null,
    isOvercharged: isAsked('FEES') ? isOvercharged : null,
    isIntermediaryForced: isAsked('INTERMEDIARY') ? isIntermediaryForced : null,
  }
  const leftOut = (Object.keys(given) as (keyof SubRatings)[]).filter(field => reading[field] !== given[field])
  return { ...readSubRatings(given, questions), warnings: leftOut.map(answerLeftOut) }
}

function rowProblem({ path, code, message }: Problem): InputProblem {
  const field = path.startsWith('items.') ? 'items' : path.replace('subRatings.', '')
  return inputProblem(field, code, message.zh, message.en)
}

function answerLeftOut(field: string): InputProblem {
  const en = 'makes no sense for this matter or answer and was left out'
  return inputProblem(field, 'ANSWER_LEFT_OUT', '对该事项或所选答案没有意义，未采用', en)
}

function handedOverTooLate(days: number): InputProblem {
  const en = `ratings are taken from other platforms until ${days} days after the closing of the case`
  return inputProblem('evaluatedAt', 'HANDED_OVER_TOO_LATE', `移交评价须在办结后${days}天内送达`, en)
}

const reasonMissing = inputProblem(
  'items',
  'REASON_MISSING',
  '差评没有原因：已收下，来源系统应收集原因',
  'a bad rating without a reason: taken, but the source should ask for one',
)
const ratedBeforeClosing = inputProblem(
  'evaluatedAt',
  'RATED_BEFORE_CLOSING',
  '评价时间早于办结时间：已收下，请核对',
  'lies before the closing of the case: taken, but worth a look',
)
const ratedBeforeAccepted = inputProblem(
  'evaluatedAt',
  'RATED_BEFORE_ACCEPTED',
  '评价时间早于受理时间，请核对',
  'lies before the case was accepted: check it',
)
