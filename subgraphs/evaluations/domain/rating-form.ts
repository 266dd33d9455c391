import { type ErrorCode, refusal } from '../../shared/error-catalogue.ts'
import {
  type ChannelRule,
  channelRule,
  type JurisdictionPolicy,
  type RatingChannel,
} from '../../shared/policy/policy.ts'
import { type EvaluationItem, editionInForce, itemsOfLevel } from './item-editions.ts'
import type { RatingSubjectKind } from './rated-subject.ts'
import type { OpenedKind } from './rater.ts'
import { type Rating, ratings } from './rating.ts'
import type { ratedPlace } from './static-code.ts'
import { type AskedAbout, type SubRatingQuestion, subRatingQuestions } from './sub-ratings.ts'

/** What a scanned code leads to. */
export type RatingFormState = 'OPEN' | 'ALREADY_EVALUATED' | 'EXPIRED' | 'INVALID' | 'NOT_RATEABLE'

/** A level on the form with what may be chosen at it. */
export type RatingFormLevel = { rating: Rating; items: EvaluationItem[]; isReasonRequired: boolean }

/** What is rated, as the screen shows it (评价对象). */
export type FormSubject = {
  matterName: string
  caseNumber: string
  departmentName: string
  hallName: string | null
  windowNumber: string | null
  staffNumber: string | null
  staffName: string | null
  terminalNumber: string | null
}

/** What a form asks of the rater before it is taken. */
export type IdentificationRequest = 'NONE' | 'PHONE_LAST_FOUR' | 'PHONE_NUMBER'

/** What an open form is about. */
type Opened = {
  /** Null for an SMS link, which needs none. */
  formTicket: string | null
  kind: OpenedKind
  about: AskedAbout
  /** Null for a visit without a case. */
  subject: FormSubject | null
  /** Null unless a static code was scanned. */
  place: ReturnType<typeof ratedPlace> | null
  identification: IdentificationRequest
  takeHomeUrl: string | null
}

/** The page behind a code (评价页). */
export type RatingForm = Omit<Opened, 'kind' | 'about'> & {
  state: RatingFormState
  message: string
  messageEnglish: string
  kind: OpenedKind | null
  subjectKind: RatingSubjectKind | null
  levels: RatingFormLevel[]
  isProofRequired: boolean
  textLimit: number
  pictureLimit: number
  subRatings: SubRatingQuestion[]
}

/** A form that does not open: it says why and nothing else. */
export function closedForm(
  state: Exclude<RatingFormState, 'OPEN'>,
  words: { message: string; messageEnglish: string },
): RatingForm {
  const { message, messageEnglish } = words
  return {
    state,
    message,
    messageEnglish,
    formTicket: null,
    kind: null,
    subjectKind: null,
    subject: null,
    place: null,
    identification: 'NONE',
    isProofRequired: false,
    takeHomeUrl: null,
    levels: [],
    subRatings: [],
    textLimit: 0,
    pictureLimit: 0,
  }
}

/** A closed form in the words of the error catalogue. */
export function refusedForm(state: Exclude<RatingFormState, 'OPEN'>, code: ErrorCode): RatingForm {
  return closedForm(state, refusal(code))
}

/** A form to fill in: what the channel asks about its subject, with the items in force at `now`. */
export function openForm(
  { about, ...opened }: Opened,
  channel: RatingChannel,
  now: Date,
  policy: JurisdictionPolicy,
): RatingForm {
  const { textLimit, pictureLimit, reasonRequired, subRatings } = channelRule(policy, channel)
  const { subjectKind } = about
  const [message, messageEnglish] =
    subjectKind === 'PLATFORM'
      ? ['请评价本平台', 'Please rate this platform']
      : ['请为本次服务评价', 'Please rate this service']
  return {
    ...opened,
    state: 'OPEN',
    message,
    messageEnglish,
    subjectKind,
    isProofRequired: opened.identification === 'PHONE_LAST_FOUR',
    levels: levelsOfForm(now, subjectKind, reasonRequired),
    subRatings: subRatingQuestions(subRatings, about),
    textLimit,
    pictureLimit,
  }
}

/** The five levels, worst first, each with the items in force at `now` for such a subject. */
export function levelsOfForm(
  now: Date,
  subjectKind: RatingSubjectKind,
  reasonRequired: ChannelRule['reasonRequired'],
): RatingFormLevel[] {
  const edition = editionInForce(now, subjectKind)
  return ratings.map(rating => ({
    rating,
    items: edition ? itemsOfLevel(edition, rating.level) : [],
    isReasonRequired: rating.isNegative || reasonRequired === 'ALWAYS',
  }))
}

/** `410100012101000276002401` → `4101…2401`: enough to know one's own case by, of no use to anyone else. */
export function shortenedCaseNumber(caseNumber: string): string {
  return caseNumber.length <= 12 ? `…${caseNumber.slice(-4)}` : `${caseNumber.slice(0, 4)}…${caseNumber.slice(-4)}`
}
