import type { EvaluationsContext } from '../context.ts'
import { channelNumbered } from '../domain/channel.ts'
import { findItem } from '../domain/item-editions.ts'
import { isNegative, ratingOf } from '../domain/rating.ts'
import { isWithheld, type Looker, mayKnowRater, visibleParts } from '../domain/visibility.ts'
import type { KeptEvaluation } from '../store/evaluation-queries.ts'
import { answersShown } from './SubRatings.ts'

/** A rating and who looks at it. */
export type LookedAt = { evaluation: KeptEvaluation; looker: Looker }

export function lookedAt(evaluation: KeptEvaluation | null, looker: Looker): LookedAt | null {
  return evaluation && { evaluation, looker }
}

const reference = (typename: string, id: string | null) => id && { __typename: typename, id }
const visible = ({ evaluation, looker }: LookedAt) => visibleParts(evaluation, looker)
const partsOf = ({ looker }: LookedAt, { loaders }: EvaluationsContext) => loaders.partsFor(looker)

/** Ratings of a case are never tied to another one: asking would cost every list a query. */
const linkedCaseOf = async (parent: LookedAt, context: EvaluationsContext) =>
  parent.evaluation.subjectKind === 'CASE' ? null : partsOf(parent, context).linkedCaseOf(parent.evaluation.id)

export const Evaluation = {
  __resolveReference: async ({ id }: { id: string }, context: EvaluationsContext) =>
    lookedAt(await context.loaders.evaluation(id), { viewer: context.viewer, hasReceipt: false }),

  id: ({ evaluation }: LookedAt) => evaluation.id,
  level: ({ evaluation }: LookedAt) => ratingOf(evaluation.level).name,
  score: ({ evaluation }: LookedAt) => evaluation.level,
  isNegative: ({ evaluation }: LookedAt) => isNegative(evaluation.level),
  items: ({ evaluation }: LookedAt) => evaluation.items.map(code => findItem(code)).filter(item => item !== undefined),
  text: (parent: LookedAt) => visible(parent).text,
  isPublic: ({ evaluation }: LookedAt) => evaluation.isPublic,
  isAnonymous: ({ evaluation }: LookedAt) => evaluation.isAnonymous,
  channel: ({ evaluation }: LookedAt) => channelNumbered(evaluation.channel),
  round: ({ evaluation }: LookedAt) => evaluation.round,
  serviceNumber: ({ evaluation }: LookedAt) => evaluation.serviceNumber,
  evaluatedAt: (parent: LookedAt) => visible(parent).evaluatedAt,
  committedAt: (parent: LookedAt) => visible(parent).committedAt,
  async serviceCase(parent: LookedAt, _: unknown, context: EvaluationsContext) {
    if (isWithheld(parent.evaluation, parent.looker)) return null
    return reference('ServiceCase', parent.evaluation.caseId ?? (await linkedCaseOf(parent, context)))
  },
  isLinkedLater: async (parent: LookedAt, _: unknown, context: EvaluationsContext) =>
    (await linkedCaseOf(parent, context)) !== null,
  department: ({ evaluation }: LookedAt) => reference('Department', evaluation.departmentId),
  hall: ({ evaluation }: LookedAt) => reference('Hall', evaluation.hallId),
  window: ({ evaluation }: LookedAt) => reference('Window', evaluation.windowId),
  staffMember: ({ evaluation }: LookedAt) => reference('StaffMember', evaluation.staffMemberId),
  subjectKind: ({ evaluation }: LookedAt) => evaluation.subjectKind,
  subRatings: ({ evaluation, looker }: LookedAt) => answersShown(evaluation, evaluation, looker),
  staticCode: (parent: LookedAt, _: unknown, context: EvaluationsContext) =>
    parent.evaluation.staticCodeId && partsOf(parent, context).staticCode(parent.evaluation.staticCodeId),
  terminalNumber: ({ evaluation }: LookedAt) => evaluation.terminalNumber,
  isProbe: ({ evaluation }: LookedAt) => evaluation.isProbe,
  isAboutRectification: ({ evaluation }: LookedAt) => evaluation.isAboutRectification,
  pictures: async (parent: LookedAt, _: unknown, context: EvaluationsContext) =>
    isWithheld(parent.evaluation, parent.looker) ? [] : partsOf(parent, context).picturesOf(parent.evaluation.id),
  async supplement(parent: LookedAt, _: unknown, context: EvaluationsContext) {
    const supplement = await partsOf(parent, context).supplementOf(parent.evaluation.id)
    return supplement && { ...parent, supplement }
  },
  validity: (parent: LookedAt, _: unknown, context: EvaluationsContext) =>
    partsOf(parent, context).validityOf(parent.evaluation.id),
  identifiedBy: async (parent: LookedAt, _: unknown, context: EvaluationsContext) =>
    mayKnowRater(parent.looker) ? partsOf(parent, context).identificationOf(parent.evaluation.id) : null,
}
