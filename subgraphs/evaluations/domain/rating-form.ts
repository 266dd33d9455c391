import { type ErrorCode, refusal } from '../../shared/error-catalogue.ts'
import { channelRule, type JurisdictionPolicy, type RatingChannel } from '../../shared/policy/policy.ts'
import { type EvaluationItem, editionInForce, itemsOfLevel } from './item-editions.ts'
import { type Rating, ratings } from './rating.ts'

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
}

/** The page behind a code (评价页). */
export type RatingForm = {
  state: RatingFormState
  message: string
  messageEnglish: string
  formTicket: string | null
  subject: FormSubject | null
  levels: RatingFormLevel[]
  isProofRequired: boolean
  textLimit: number
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
    subject: null,
    levels: [],
    isProofRequired: false,
    textLimit: 0,
  }
}

/** A closed form in the words of the error catalogue. */
export function refusedForm(state: Exclude<RatingFormState, 'OPEN'>, code: ErrorCode): RatingForm {
  return closedForm(state, refusal(code))
}

/** A form to fill in: the five levels, worst first, with the items in force at `now`. */
export function openForm(
  { formTicket, subject, isProofRequired }: { formTicket: string; subject: FormSubject; isProofRequired: boolean },
  channel: RatingChannel,
  now: Date,
  policy: JurisdictionPolicy,
): RatingForm {
  const { textLimit, reasonRequired } = channelRule(policy, channel)
  const edition = editionInForce(now)
  const levels = ratings.map(rating => ({
    rating,
    items: edition ? itemsOfLevel(edition, rating.level) : [],
    isReasonRequired: rating.isNegative || reasonRequired === 'ALWAYS',
  }))
  const message = '请为本次服务评价'
  const messageEnglish = 'Please rate this service'
  return { state: 'OPEN', message, messageEnglish, formTicket, subject, levels, isProofRequired, textLimit }
}

/** `410100012101000276002401` → `4101…2401`: enough to know one's own case by, of no use to anyone else. */
export function shortenedCaseNumber(caseNumber: string): string {
  return caseNumber.length <= 12 ? `…${caseNumber.slice(-4)}` : `${caseNumber.slice(0, 4)}…${caseNumber.slice(-4)}`
}
