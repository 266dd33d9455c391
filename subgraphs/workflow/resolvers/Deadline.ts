import type { DayStep } from '../../shared/clock/deadline.ts'
import type { WorkflowContext } from '../context.ts'
import type { Deadline as Clock } from '../store/deadline.entity.ts'

export const Deadline = {
  __resolveReference: ({ id }: { id: string }, { loaders }: WorkflowContext) => loaders.deadline(id),
  policyVersion: ({ policyId, policyVersion }: Clock) => `${policyId}@${policyVersion}`,
  explanation: ({ explanation }: Clock) => explanation.map(step),
  negativeReview: ({ negativeReviewId }: Clock, _: unknown, { loaders }: WorkflowContext) =>
    loaders.negativeReview(negativeReviewId),
}

const step = ({ day, counted, why }: DayStep) => ({ day, isCounted: counted, reason: why.zh, reasonEnglish: why.en })
