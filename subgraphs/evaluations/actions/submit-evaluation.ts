import type { SatisfactionLevel } from '../../shared/policy/policy.ts'
import type { EvaluationsContext } from '../context.ts'
import { caseRefusal } from '../domain/case-refusal.ts'
import { momentOf, problemOfGivenAt } from '../domain/given-at.ts'
import { editionInForce } from '../domain/item-editions.ts'
import { maySubmitEvaluation } from '../domain/permission.ts'
import { type Problem, problem } from '../domain/problem.ts'
import { rateableCase } from '../domain/rateable-case.ts'
import type { RatedSubject } from '../domain/rated-subject.ts'
import { channelOf, type EvaluatorRelation } from '../domain/rater.ts'
import { smsTokenHashes } from '../domain/sms-token.ts'
import { askedAbout, type SubRatings } from '../domain/sub-ratings.ts'
import { type AcceptedDraft, decideSubmission } from '../domain/submission.ts'
import { type Admitted, admitRating } from './admit-rating.ts'
import { findPictures } from './find-pictures.ts'
import { type InvalidEvaluation, invalidEvaluation, keepSubmission, type Submitted } from './keep-submission.ts'
import { proofFault, readRater } from './prove-rater.ts'
import { type Refused, refused } from './refused.ts'

/** A rating as it was handed in with its code (提交评价). */
export type HandedIn = {
  token: string
  formTicket: string | null
  level: SatisfactionLevel
  items: string[]
  text: string | null
  isPublic: boolean
  isAnonymous: boolean
  phoneLastFour: string | null
  subRatings?: Partial<SubRatings> | null
  /** Ids of pictures uploaded with the same token. */
  pictures?: readonly string[]
  relation?: EvaluatorRelation
  contactPhone?: string | null
  /** When a device took it while it was offline (离线评价): code and case are judged as of then. */
  givenAt?: Date | null
}

export type SubmissionRefused =
  | Refused<'AlreadyEvaluated' | 'RatingCodeRefused' | 'CaseNotRateable'>
  | InvalidEvaluation

/**
 * Takes a rating (提交评价): the code is checked before any database read, then the proof, then case and content. The same content
 * for the same service or visit again is answered with the same receipt, another content is refused and the first one kept.
 */
export async function submitEvaluation(
  handedIn: HandedIn,
  context: EvaluationsContext,
): Promise<Submitted | SubmissionRefused> {
  if (!maySubmitEvaluation(context.viewer)) return refused('RatingCodeRefused', 'NOT_PERMITTED')
  const { token, formTicket, phoneLastFour, givenAt } = handedIn
  const now = context.now()
  const at = momentOf(givenAt, now)
  const admitted = await admitRating(token, formTicket, at, context)
  if ('fault' in admitted) {
    const { fault, isEvaluated } = admitted
    if (fault === 'CODE_EXPIRED' && isEvaluated) return refused('AlreadyEvaluated', 'ALREADY_EVALUATED')
    return refused('RatingCodeRefused', fault)
  }
  const { subject, code } = admitted
  if (!subject) return invalidEvaluation([formNotOpened()])
  const unproved = proofFault(admitted, phoneLastFour, context)
  if (unproved) return refused('RatingCodeRefused', unproved)

  const draft = decide(handedIn, admitted, subject, at, context)
  if ('refusedAs' in draft) return draft
  const { rater, problems: raterProblems } = readRater(admitted, handedIn, context)
  const keepers = code ? [code.handle] : smsTokenHashes(token, context.crypto.codeMac)
  const key = { ...subject, round: draft.round }
  const { pictures, problems: pictureProblems } = await findPictures(handedIn.pictures ?? [], keepers, key, context)
  const problems = [...raterProblems, ...pictureProblems, ...problemOfGivenAt(givenAt, code, now)]
  if (!rater || problems.length > 0) return invalidEvaluation(problems)

  const itemEdition = editionInForce(at, subject.subjectKind)?.number ?? 0
  const submission = { subject, draft, itemEdition, rater, pictures, givenAt: givenAt ? at : null }
  const kept = await keepSubmission({ ...submission, isAboutRectification: false }, context)
  return kept ?? refused('AlreadyEvaluated', 'ALREADY_EVALUATED')
}

function decide(
  handedIn: HandedIn,
  { kind, policy, service }: Admitted,
  { subjectKind }: RatedSubject,
  at: Date,
  { viewer }: EvaluationsContext,
): AcceptedDraft | SubmissionRefused {
  const serviceCase = service?.serviceCase ?? null
  const rateable = serviceCase && rateableCase(serviceCase, service!.isEvaluated)
  const draft = { ...handedIn, channel: channelOf(viewer, kind), round: 1 }
  const { accepted, refusal } = decideSubmission(rateable, draft, at, policy, askedAbout(subjectKind, serviceCase))
  if (accepted) return accepted
  if (refusal.kind === 'INVALID_EVALUATION') return invalidEvaluation(refusal.problems)
  return { refusedAs: 'CaseNotRateable', refusal: caseRefusal(refusal.problems[0].code, serviceCase!, policy) }
}

function formNotOpened(): Problem {
  const en = 'at a static code the form has to be opened first; hand its formTicket back'
  return problem('formTicket', 'FORM_NOT_OPENED', '静态评价码须先打开评价页，并交回其 formTicket', en)
}
