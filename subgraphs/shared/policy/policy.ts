import type { LimitRule } from '../clock/deadline.ts'
import type { ThresholdPolicy } from '../clock/thresholds.ts'

/** A value of a policy with the place that it comes from, so that a screen can show on what a clock rests. */
export type Sourced<Value> = { value: Value; source: string }

/** Satisfaction (满意度), 5 is best. */
export type SatisfactionLevel = 1 | 2 | 3 | 4 | 5

/** From which event the days of silence count: the service, the closing of the case, or its creation. */
export type SilenceBase = 'SERVICE' | 'CLOSING' | 'CREATION'

/** The default rating (默认评价) of a silent citizen; baseEvent null means that this place has none. */
export type SilenceRule = {
  days: number
  unit: 'NATURAL_DAYS' | 'WORKING_DAYS'
  baseEvent: SilenceBase | null
  level: SatisfactionLevel
}

/** Who may declare a rating mistaken or malicious (误评、恶意差评) and so invalid. */
export type InvalidationAuthority = 'PROVINCIAL_BUREAU' | 'MANAGEMENT_BODY'

/** Through what a rating came (评价渠道), in the order of EVALUATE_FORM 1–7. */
export type RatingChannel = 'PORTAL' | 'MOBILE' | 'QR_CODE' | 'WINDOW_DEVICE' | 'TERMINAL' | 'PHONE' | 'SMS'

/**
 * What a channel may and must ask. textLimit is in code points, 0 where no text can be given.
 * reasonRequired: whether an item or a text must be given at levels 1–2 only, or at every level.
 */
export type ChannelRule = {
  textLimit: number
  reasonRequired: 'AT_NEGATIVE_LEVELS' | 'ALWAYS'
  /** Most pictures of one rating; 0 where none can be given. */
  pictureLimit: number
  subRatings: Readonly<Record<SubRatingKind, SubRatingDemand>>
}

/** A question apart from level and items (分项评价): environment, attitude, fees, forced intermediary. */
export type SubRatingKind = 'ENVIRONMENT' | 'ATTITUDE' | 'FEES' | 'INTERMEDIARY'

/** Whether a channel asks a sub-rating. */
export type SubRatingDemand = 'NOT_ASKED' | 'OPTIONAL' | 'REQUIRED'

/** Late invitations by SMS (短消息追评). */
export type SmsInvitationRule = {
  isOffered: boolean
  /** After closing, when nobody has rated. */
  delayMinutes: number
  /** One reminder so much later; null for none. */
  reminderHours: number | null
  /** No message between these hours of the day in Shanghai, e.g. 21 and 8. */
  quietFromHour: number
  quietUntilHour: number
}

/** How much an operator asks on the phone (电话评价表单): everything, or the level alone and the rest by a link in a message. */
export type PhoneFormDepth = 'FULL' | 'LEVEL_THEN_LINK'

/** Lifetimes of the signed rating codes (评价码) and of the form that one opens. */
export type CodeLifetimes = {
  /** A screen asks for its next code after this time. */
  screenRollSeconds: number
  /** A code just rolled away may still be on its way through camera and network. */
  screenGraceSeconds: number
  /** How long a form that was opened in time may be handed in. */
  openedFormMinutes: number
}

/**
 * The rules of one jurisdiction (地方政策) as versioned data: a deadline stores the version it was computed by,
 * and a new version never rewrites a clock that already runs.
 */
export type JurisdictionPolicy = {
  id: string
  name: { zh: string; en: string }
  version: number
  /** First Shanghai day `YYYY-MM-DD` on which this version holds. */
  inForceFrom: string
  verificationLimit: Sourced<LimitRule>
  rectificationLimit: Sourced<LimitRule>
  qualityCheckLimit: Sourced<LimitRule>
  followUpLimit: Sourced<LimitRule>
  citizenAppealLimit: Sourced<LimitRule>
  silence: Sourced<SilenceRule>
  /** Natural days after closing in which a late first rating or a second one is taken. */
  lateWindowDays: Sourced<number>
  /** How long after closing hotline and inviter may offer the case (电话邀评). */
  invitationWindow: Sourced<LimitRule>
  phoneForm: Sourced<PhoneFormDepth>
  invalidation: Sourced<InvalidationAuthority>
  textLimit: Sourced<Readonly<Record<RatingChannel, number>>>
  reasonRequired: Sourced<Readonly<Record<RatingChannel, ChannelRule['reasonRequired']>>>
  pictureLimit: Sourced<Readonly<Record<RatingChannel, number>>>
  subRatings: Sourced<Readonly<Record<RatingChannel, ChannelRule['subRatings']>>>
  smsInvitation: Sourced<SmsInvitationRule>
  deadlineThresholds: Sourced<ThresholdPolicy>
  codeLifetimes: Sourced<CodeLifetimes>
}

/** What one channel may and must ask under a policy. */
export function channelRule(policy: JurisdictionPolicy, channel: RatingChannel): ChannelRule {
  return {
    textLimit: policy.textLimit.value[channel],
    reasonRequired: policy.reasonRequired.value[channel],
    pictureLimit: policy.pictureLimit.value[channel],
    subRatings: policy.subRatings.value[channel],
  }
}

/** The version in force on a Shanghai day, among the versions of one jurisdiction; undefined before the first. */
export function policyInForce(versions: readonly JurisdictionPolicy[], day: string): JurisdictionPolicy | undefined {
  return versions
    .filter(({ inForceFrom }) => inForceFrom <= day)
    .sort((a, b) => a.inForceFrom.localeCompare(b.inForceFrom) || a.version - b.version)
    .at(-1)
}
