import type { RatingChannel } from '../../shared/policy/policy.ts'
import type { Viewer } from '../../shared/viewer.ts'
import { isOwnCase, isSignedInCitizen } from './permission.ts'
import type { ScannedKind } from './rating-code.ts'

/** How the rater was identified (评价人身份确认方式), kept with every rating. */
export type Identification =
  | 'SCREEN_CODE'
  | 'PHONE_LAST_FOUR'
  | 'PHONE_NUMBER'
  | 'DEVICE'
  | 'TERMINAL'
  | 'SIGNED_IN'
  | 'SMS_LINK'
  | 'SMS_REPLY'
  | 'RECEIPT_NUMBER'
  | 'CONTACT_GIVEN'
  | 'NOT_IDENTIFIED'
  | 'OPERATOR'
  | 'HANDED_OVER'

/** Who rates, seen from the applicant (评价人与申请人的关系). */
export type EvaluatorRelation = 'APPLICANT' | 'AGENT' | 'RELATIVE' | 'OTHER'

/** Who rated (评价人), kept apart from the rating. */
export type Rater = {
  identifiedBy: Identification
  relation: EvaluatorRelation
  /** Null unless signed in. */
  citizenId: string | null
  /** 联系电话 in clear, in the form of `readPhone`; sealed where it is stored. Null when none was left. */
  contactPhone: string | null
  /** Set when an operator took it on the phone. */
  onPhone?: TakenOnPhone
  /** 评价人姓名 in clear, where another platform handed it over; sealed where it is stored. */
  name?: string | null
}

/** Whether the caller rang the hotline (热线评价) or was called (电话邀评). */
export type PhoneSource = 'HOTLINE' | 'INVITATION'

/** By whom a rating was taken on the phone (话务员、邀约人), and the caller's name in clear, sealed where it is stored. */
export type TakenOnPhone = {
  source: PhoneSource
  operator: { id: string; name: string; contact: string }
  contactName: string
}

/** The kinds of `RatingCodeKind` in the graph: what is scanned, and the link of a message. */
export type OpenedKind = ScannedKind | 'SMS'

/** Through what a rating given by such a code comes (评价渠道). A terminal is none of the windows, whoever shows its page. */
export function channelOf({ role }: Viewer, kind: OpenedKind): RatingChannel {
  switch (kind) {
    case 'TERMINAL':
    case 'PORTAL':
    case 'MOBILE':
    case 'SMS':
      return kind
    default:
      return role === 'DEVICE' ? 'WINDOW_DEVICE' : 'QR_CODE'
  }
}

/** How the rater of a case is identified, once what his code asks for was proved. */
export function identificationOf(viewer: Viewer, kind: OpenedKind, caseId: string): Identification {
  switch (kind) {
    case 'SCREEN':
      return viewer.role === 'DEVICE' ? 'DEVICE' : 'SCREEN_CODE'
    case 'RECEIPT':
      return isOwnCase(viewer, caseId) ? 'SIGNED_IN' : 'PHONE_LAST_FOUR'
    case 'STATIC':
      return isOwnCase(viewer, caseId) ? 'SIGNED_IN' : 'PHONE_NUMBER'
    case 'TERMINAL':
      return 'TERMINAL'
    case 'PORTAL':
    case 'MOBILE':
      return 'SIGNED_IN'
    case 'SMS':
      return 'SMS_LINK'
  }
}

/** How the rater of a visit without a case is known. */
export function visitorIdentification(viewer: Viewer, contactPhone: string | null): Identification {
  if (isSignedInCitizen(viewer)) return 'SIGNED_IN'
  return contactPhone === null ? 'NOT_IDENTIFIED' : 'CONTACT_GIVEN'
}
