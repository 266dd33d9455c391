import type { JurisdictionPolicy, RatingChannel, SatisfactionLevel } from '../../shared/policy/policy.ts'
import type { EvaluationsContext } from '../context.ts'
import { caseRefusal } from '../domain/case-refusal.ts'
import { lateOrNotRateable, mayFollowUp, problemsOfRectification } from '../domain/follow-up.ts'
import { editionInForce } from '../domain/item-editions.ts'
import { isSignedInCitizen } from '../domain/permission.ts'
import { policyOfCase } from '../domain/policy-of-case.ts'
import { rateableCase } from '../domain/rateable-case.ts'
import type { RatedSubject } from '../domain/rated-subject.ts'
import type { Rater } from '../domain/rater.ts'
import { askedAbout, type SubRatings } from '../domain/sub-ratings.ts'
import { judgeDraft } from '../domain/submission.ts'
import { type FollowedRating, secondSubjectOf } from '../store/followed-ratings.ts'
import { type Followed, findFollowedRating, type NamedRating } from './find-followed-rating.ts'
import { findPictures } from './find-pictures.ts'
import { type InvalidEvaluation, invalidEvaluation, keepSubmission, type Submitted } from './keep-submission.ts'
import { type Refused, refused } from './refused.ts'

/** A second rating as it was handed in (二次评价, 追评). */
export type SecondRating = NamedRating & {
  level: SatisfactionLevel
  items: string[]
  text: string | null
  subRatings?: Partial<SubRatings> | null
  /** Ids of pictures uploaded with the receipt number, or with a code of the case. */
  pictures: readonly string[]
  isPublic: boolean
  isAnonymous: boolean
  /** It speaks of how a bad first rating was put right (对整改结果的评价). */
  isAboutRectification: boolean
}

export type AppendRefused = Refused<'AlreadyEvaluated' | 'CaseNotRateable' | 'EvaluationNotFound'> | InvalidEvaluation

/**
 * Takes a second rating of a service or visit that was rated (二次评价), once and within the late window; it stays with whoever served. The
 * same content again is answered with the same receipt, another content is refused. A bad one opens a review of its own.
 */
export async function appendEvaluation(
  handedIn: SecondRating,
  context: EvaluationsContext,
): Promise<Submitted | AppendRefused> {
  if (!mayFollowUp(context.viewer)) return refused('EvaluationNotFound', 'NOT_PERMITTED')
  const followed = await findFollowedRating(handedIn, context)
  if (!followed) return refused('EvaluationNotFound', 'EVALUATION_UNKNOWN')
  const { rating: first, keepers } = followed
  if (first.round === 2) return refused('AlreadyEvaluated', 'SECOND_RATING_GIVEN')
  const now = context.now()
  const policy = policyOfCase(first.policyId, now)
  const notRateable = caseNotRateable(first, now, policy)
  if (notRateable) return notRateable

  const { subjectKind, serviceCase, level } = first
  const subject = subjectOfSecond(first)
  const draft = { ...handedIn, channel: followUpChannel(followed), round: 2 }
  const judged = judgeDraft(draft, now, policy, askedAbout(subjectKind, serviceCase))
  const { pictures, problems: pictureProblems } = await findPictures(
    judged.accepted ? handedIn.pictures : [],
    keepers,
    { ...subject, round: 2 },
    context,
  )
  const problems = [
    ...(judged.accepted ? [] : judged.problems),
    ...pictureProblems,
    ...problemsOfRectification(handedIn.isAboutRectification, level),
  ]
  if (!judged.accepted || problems.length > 0) return invalidEvaluation(problems)

  const { isAboutRectification } = handedIn
  const itemEdition = editionInForce(now, subjectKind)?.number ?? 0
  const rater = raterOf(followed, context)
  const kept = await keepSubmission(
    { subject, draft: judged.accepted, itemEdition, rater, pictures, givenAt: null, isAboutRectification },
    context,
  )
  return kept ?? refused('AlreadyEvaluated', 'SECOND_RATING_GIVEN')
}

/** Through what somebody comes back to his rating (评价渠道): signed in at the portal, by a receipt on a phone. */
export function followUpChannel({ by }: Pick<Followed, 'by'>): RatingChannel {
  return by === 'SIGNED_IN' ? 'PORTAL' : 'MOBILE'
}

function caseNotRateable(
  first: FollowedRating,
  now: Date,
  policy: JurisdictionPolicy,
): Refused<'CaseNotRateable'> | null {
  const { serviceCase } = first
  const fault = lateOrNotRateable(first, serviceCase && rateableCase(serviceCase, true), now, policy)
  if (!fault) return null
  const refusal = caseRefusal(fault, { mergedInto: serviceCase?.mergedInto ?? null }, policy)
  return { refusedAs: 'CaseNotRateable', refusal }
}

function subjectOfSecond(first: FollowedRating): RatedSubject {
  const { subjectKind, caseId, serviceNumber, cityCode, policyId, matterId, staticCodeId, placement } = first
  const rated = { subjectKind, subjectId: secondSubjectOf(first), caseId, serviceNumber, cityCode, policyId, matterId }
  // It came by no code; of a visit the static code still says what was rated.
  const isProbe = first.serviceCase?.isProbe ?? false
  return { ...rated, staticCodeId: caseId === null ? staticCodeId : null, terminalNumber: null, isProbe, placement }
}

/** Whoever holds the receipt is the one who rated first; a signed-in agent rates for his organisation. */
function raterOf({ rating, by }: Followed, { viewer }: EvaluationsContext): Rater {
  const citizenId = isSignedInCitizen(viewer) ? viewer.id : null
  const ofSignedIn = viewer.role === 'ORGANISATION_AGENT' ? 'AGENT' : 'APPLICANT'
  const relation = by === 'SIGNED_IN' ? ofSignedIn : rating.relation
  return { identifiedBy: by, relation, citizenId, contactPhone: null }
}
