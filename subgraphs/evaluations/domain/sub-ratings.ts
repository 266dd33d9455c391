import type { SubRatingDemand, SubRatingKind } from '../../shared/policy/policy.ts'
import { type Problem, problem } from './problem.ts'
import type { RatingSubjectKind } from './rated-subject.ts'
import { type RatingTextFault, readRatingText } from './rating-text.ts'

/** 好 1, 差 2. */
export type GoodOrPoor = 'GOOD' | 'POOR'

/** Answers to the questions apart from level and items (分项评价); null where none was given. Reasons stand only beside POOR. */
export type SubRatings = {
  environment: GoodOrPoor | null
  environmentReason: string | null
  attitude: GoodOrPoor | null
  attitudeReason: string | null
  isOvercharged: boolean | null
  isIntermediaryForced: boolean | null
}

/** A question as the form shows it. */
export type SubRatingQuestion = { kind: SubRatingKind; isRequired: boolean; question: string; questionEnglish: string }

/** On what it depends which questions make sense. */
export type AskedAbout = { subjectKind: RatingSubjectKind; hasFees: boolean; involvesIntermediary: boolean }

/** What is asked about a subject; the matter is that of its case, null for a visit without one. */
export function askedAbout(
  subjectKind: RatingSubjectKind,
  matter: { hasFees: boolean; involvesIntermediary: boolean } | null,
): AskedAbout {
  const { hasFees = false, involvesIntermediary = false } = matter ?? {}
  return { subjectKind, hasFees, involvesIntermediary }
}

/** Why answers cannot be taken. */
export type SubRatingFault =
  | 'SUB_RATING_NOT_ASKED'
  | 'SUB_RATING_REQUIRED'
  | 'SUB_RATING_REASON_WITHOUT_POOR'
  | RatingTextFault

const REASON_LIMIT = 100

const questions: readonly { kind: SubRatingKind; field: keyof SubRatings; zh: string; en: string }[] = [
  { kind: 'ENVIRONMENT', field: 'environment', zh: '办事环境如何？', en: 'How were the premises?' },
  { kind: 'ATTITUDE', field: 'attitude', zh: '服务态度如何？', en: 'How were you treated?' },
  { kind: 'FEES', field: 'isOvercharged', zh: '是否存在违规收费？', en: 'Were you charged more than may be?' },
  {
    kind: 'INTERMEDIARY',
    field: 'isIntermediaryForced',
    zh: '是否被要求找中介代办？',
    en: 'Were you made to use an intermediary?',
  },
]

/** Which questions a channel asks about this subject: fees where the matter has some, intermediaries where it involves none. */
export function subRatingQuestions(
  demands: Readonly<Record<SubRatingKind, SubRatingDemand>>,
  about: AskedAbout,
): SubRatingQuestion[] {
  return questions
    .filter(({ kind }) => demands[kind] !== 'NOT_ASKED' && makesSense(kind, about))
    .map(({ kind, zh, en }) => {
      return { kind, isRequired: demands[kind] === 'REQUIRED', question: zh, questionEnglish: en }
    })
}

function makesSense(kind: SubRatingKind, { subjectKind, hasFees, involvesIntermediary }: AskedAbout): boolean {
  if (kind === 'FEES') return subjectKind === 'CASE' && hasFees
  if (kind === 'INTERMEDIARY') return subjectKind === 'CASE' && !involvesIntermediary
  // The platform has neither rooms nor clerks.
  return subjectKind !== 'PLATFORM'
}

/** The answers in the form in which they are kept; null when there is none. Each fault names its field. */
export function readSubRatings(
  given: Partial<SubRatings> | null | undefined,
  asked: readonly SubRatingQuestion[],
): { subRatings: SubRatings | null; problems: Problem<SubRatingFault>[] } {
  const problems: Problem<SubRatingFault>[] = []
  for (const { kind, field, zh } of questions) {
    const question = asked.find(each => each.kind === kind)
    const isAnswered = given?.[field] != null
    if (isAnswered && !question) problems.push(notAsked(field, asked))
    if (!isAnswered && question?.isRequired) {
      const en = `this question has to be answered: ${question.questionEnglish}`
      problems.push(problem(`subRatings.${field}`, 'SUB_RATING_REQUIRED', `请回答“${zh}”`, en))
    }
  }
  const environmentReason = readReason('environment', given, problems)
  const attitudeReason = readReason('attitude', given, problems)
  const { environment = null, attitude = null, isOvercharged = null, isIntermediaryForced = null } = given ?? {}
  const subRatings = { environment, environmentReason, attitude, attitudeReason, isOvercharged, isIntermediaryForced }
  const isEmpty = Object.values(subRatings).every(answer => answer === null)
  return { subRatings: isEmpty ? null : subRatings, problems }
}

function readReason(
  field: 'environment' | 'attitude',
  given: Partial<SubRatings> | null | undefined,
  problems: Problem<SubRatingFault>[],
): string | null {
  const path = `subRatings.${field}Reason`
  const read = readRatingText(given?.[`${field}Reason`] ?? '', REASON_LIMIT, path)
  if (read.problem) {
    problems.push(read.problem)
    return null
  }
  if (read.text !== null && given?.[field] !== 'POOR') {
    const en = 'a reason is taken only beside the answer POOR'
    problems.push(problem(path, 'SUB_RATING_REASON_WITHOUT_POOR', '选择“差”时才填写原因', en))
  }
  return read.text
}

function notAsked(field: keyof SubRatings, asked: readonly SubRatingQuestion[]): Problem<SubRatingFault> {
  const fields = questions.filter(({ kind }) => asked.some(each => each.kind === kind)).map(each => each.field)
  const path = `subRatings.${field}`
  if (fields.length === 0) {
    const en = 'this form asks no questions apart; leave subRatings out'
    return problem(path, 'SUB_RATING_NOT_ASKED', '此表单没有分项评价，请不要填写', en)
  }
  const accepted = fields.join(', ')
  const en = `this form does not ask it; accepted: ${accepted}`
  return problem(path, 'SUB_RATING_NOT_ASKED', `此表单不问这一项，可填：${accepted}`, en)
}

/** Number under which an answer is stored. */
export function goodOrPoorNumber(answer: GoodOrPoor | null): 1 | 2 | null {
  return answer && (answer === 'GOOD' ? 1 : 2)
}
