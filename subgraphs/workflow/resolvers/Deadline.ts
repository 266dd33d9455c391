import { seesWhoRated } from '../../shared/anonymity.ts'
import type { DayStep } from '../../shared/clock/deadline.ts'
import type { WorkflowContext } from '../context.ts'
import { visibleClock } from '../domain/visible-clock.ts'
import type { Deadline as Clock } from '../store/deadline.entity.ts'

export const Deadline = {
  __resolveReference: ({ id }: { id: string }, { loaders }: WorkflowContext) => loaders.deadline(id),
  policyVersion: ({ policyId, policyVersion }: Clock) => `${policyId}@${policyVersion}`,
  startedAt: async (clock: Clock, _: unknown, context: WorkflowContext) => (await visible(clock, context)).startedAt,
  dueAt: async (clock: Clock, _: unknown, context: WorkflowContext) => (await visible(clock, context)).dueAt,
  explanation: async (clock: Clock, _: unknown, context: WorkflowContext) =>
    (await visible(clock, context)).explanation.map(step),
  negativeReview: ({ negativeReviewId }: Clock, _: unknown, { loaders }: WorkflowContext) =>
    loaders.negativeReview(negativeReviewId),
}

async function visible(clock: Clock, { viewer, loaders }: WorkflowContext) {
  if (seesWhoRated(viewer)) return clock
  return visibleClock(viewer, clock, await loaders.isAnonymous(clock.negativeReviewId))
}

const step = ({ day, counted, why }: DayStep) => ({ day, isCounted: counted, reason: why.zh, reasonEnglish: why.en })
