import { parse } from 'graphql'
import { graphError } from '../../shared/graph-error.ts'
import { isId } from '../../shared/uuid.ts'
import { systemViewer } from '../../shared/viewer.ts'
import type { EvaluationsContext } from '../context.ts'
import { mayLinkEvaluations } from '../domain/link-permission.ts'
import { DAYS_BEFORE_RATING, HOURS_AFTER_RATING, type LinkScore, linkScore } from '../domain/link-score.ts'
import { casesNear, type LinkableEvaluation, linkableEvaluation } from '../store/link-queries.ts'

/** A case that an unlinked rating may belong to (补关联候选). */
export type LinkCandidate = LinkScore & { caseId: string }

const HOUR_MS = 3_600_000
// More than are shown: the nearest in time need not be the likeliest.
const MOST_WEIGHED = 200
const MOST_SHOWN = 20

/** Column for which the contact of a rating is sealed. */
export const contactPhoneColumn = 'evaluations.evaluation_people.contact_phone_sealed'

/**
 * Cases that an unlinked rating may belong to, the likeliest first: those closed in the thirty days before at the same place, and those
 * whose applicant has the phone that the rater left. Without the answer of the cases subgraph the phone does not count.
 */
export async function findLinkCandidates(evaluationId: string, context: EvaluationsContext): Promise<LinkCandidate[]> {
  const { viewer, database } = context
  if (!mayLinkEvaluations(viewer) || !isId(evaluationId)) return []
  const evaluation = await database.inScope(viewer.scope, tx => linkableEvaluation(tx, evaluationId))
  if (!evaluation || !isLinkable(evaluation) || evaluation.linkedCaseId !== null) return []
  const rated = evaluation.evaluatedAt.getTime()
  const from = new Date(rated - DAYS_BEFORE_RATING * 24 * HOUR_MS)
  const until = new Date(rated + HOURS_AFTER_RATING * HOUR_MS)
  const ofPhone = await casesOfContact(evaluation, from, context)
  const near = await database.inScope(viewer.scope, tx =>
    casesNear(tx, evaluation, { from, until }, [...ofPhone], MOST_WEIGHED),
  )
  return near
    .map(({ caseId, closedAt, placement }) => {
      const { staffMemberId, windowId } = evaluation.placement
      const score = linkScore({
        isPhoneEqual: ofPhone.has(caseId),
        isSameStaffMember: staffMemberId !== null && staffMemberId === placement.staffMemberId,
        isSameWindow: windowId !== null && windowId === placement.windowId,
        minutesAfterClosing: Math.round((rated - closedAt!.getTime()) / 60_000),
      })
      return { caseId, ...score }
    })
    .sort((a, b) => b.score - a.score)
    .slice(0, MOST_SHOWN)
}

/** Ratings of the platform are about no case; a second rating follows its first. */
export function isLinkable({ subjectKind, round }: Pick<LinkableEvaluation, 'subjectKind' | 'round'>): boolean {
  return subjectKind !== 'CASE' && subjectKind !== 'PLATFORM' && round === 1
}

const contactQuery = parse(`query CasesOfContact($phone: String!, $since: DateTime!, $regionPath: String!) {
  casesOfContact(phone: $phone, since: $since, regionPath: $regionPath) { caseId }
}`)

async function casesOfContact(
  { contactPhoneSealed, placement }: LinkableEvaluation,
  since: Date,
  { crypto, cases, log }: EvaluationsContext,
): Promise<Set<string>> {
  if (contactPhoneSealed === null) return new Set()
  const phone = crypto.open(contactPhoneColumn, contactPhoneSealed)
  const variables = { phone, since: since.toISOString(), regionPath: placement.regionPath }
  try {
    const { data, errors } = await cases().execute({
      document: contactQuery,
      variables,
      viewer: systemViewer('rating-code'),
    })
    if (errors || !data) throw graphError('SUBGRAPH_UNAVAILABLE')
    return new Set((data.casesOfContact as { caseId: string }[]).map(({ caseId }) => caseId))
  } catch (error) {
    log.warn({ error }, 'cases could not be asked, candidates are weighed without the phone')
    return new Set()
  }
}
