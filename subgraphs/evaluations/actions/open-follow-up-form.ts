import { channelRule } from '../../shared/policy/policy.ts'
import type { EvaluationsContext } from '../context.ts'
import { appendFault, mayFollowUp, supplementFault } from '../domain/follow-up.ts'
import { policyOfCase } from '../domain/policy-of-case.ts'
import { rateableCase } from '../domain/rateable-case.ts'
import { levelsOfForm, type RatingFormLevel } from '../domain/rating-form.ts'
import { askedAbout, type SubRatingQuestion, subRatingQuestions } from '../domain/sub-ratings.ts'
import { followUpChannel } from './append-evaluation.ts'
import { findFollowedRating, type NamedRating } from './find-followed-rating.ts'

/** What may still be done with a rating (补充评价、追评), and what is asked then. */
export type FollowUpForm = {
  canSupplement: boolean
  canAppend: boolean
  levels: RatingFormLevel[]
  subRatings: SubRatingQuestion[]
  textLimit: number
  pictureLimit: number
}

/** Says what a rater may still do with his rating; null when it is none of his. Changes nothing. */
export async function openFollowUpForm(named: NamedRating, context: EvaluationsContext): Promise<FollowUpForm | null> {
  const followed = await findFollowedRating(named, context)
  if (!followed) return null
  const { rating } = followed
  const { serviceCase, subjectKind } = rating
  const now = context.now()
  const policy = policyOfCase(rating.policyId, now)
  const rateable = serviceCase && rateableCase(serviceCase, true)
  const isAllowed = mayFollowUp(context.viewer)
  const rule = channelRule(policy, followUpChannel(followed))
  return {
    canSupplement: isAllowed && supplementFault(rating, rateable, now, policy) === null,
    canAppend: isAllowed && appendFault(rating, rateable, now, policy) === null,
    levels: levelsOfForm(now, subjectKind, rule.reasonRequired),
    subRatings: subRatingQuestions(rule.subRatings, askedAbout(subjectKind, serviceCase)),
    textLimit: rule.textLimit,
    pictureLimit: rule.pictureLimit,
  }
}
