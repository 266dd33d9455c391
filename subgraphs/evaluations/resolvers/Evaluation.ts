import type { EvaluationsContext } from '../context.ts'
import { channelNumbered } from '../domain/channel.ts'
import { findItem } from '../domain/item-editions.ts'
import { isNegative, ratingOf } from '../domain/rating.ts'
import { type Looker, visibleParts } from '../domain/visibility.ts'
import type { KeptEvaluation } from '../store/evaluation-queries.ts'

/** A rating and who looks at it. */
export type LookedAt = { evaluation: KeptEvaluation; looker: Looker }

export function lookedAt(evaluation: KeptEvaluation | null, looker: Looker): LookedAt | null {
  return evaluation && { evaluation, looker }
}

const reference = (typename: string, id: string | null) => id && { __typename: typename, id }
const visible = ({ evaluation, looker }: LookedAt) => visibleParts(evaluation, looker)

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
  serviceCase: (parent: LookedAt) => reference('ServiceCase', visible(parent).caseId),
  department: ({ evaluation }: LookedAt) => reference('Department', evaluation.departmentId),
  hall: ({ evaluation }: LookedAt) => reference('Hall', evaluation.hallId),
  window: ({ evaluation }: LookedAt) => reference('Window', evaluation.windowId),
  staffMember: ({ evaluation }: LookedAt) => reference('StaffMember', evaluation.staffMemberId),
}
