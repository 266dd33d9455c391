import type { WorkflowContext } from '../context.ts'
import { reference } from '../domain/reference.ts'
import { visibleCaseId, visibleOpenedAt } from '../domain/visibility.ts'
import type { NegativeReview as Review } from '../store/negative-review.entity.ts'

export const NegativeReview = {
  __resolveReference: ({ id }: { id: string }, { loaders }: WorkflowContext) => loaders.negativeReview(id),
  openedAt: (review: Review, _: unknown, { viewer }: WorkflowContext) => visibleOpenedAt(viewer, review),
  evaluation: (review: Review) => reference(review.evaluationId),
  serviceCase: (review: Review, _: unknown, { viewer }: WorkflowContext) => reference(visibleCaseId(viewer, review)),
  isUnlinked: (review: Review) => review.caseId == null,
  region: (review: Review) => ({ code: review.regionPath.split('/').at(-2) }),
  department: (review: Review) => reference(review.departmentId),
  hall: (review: Review) => reference(review.hallId),
  window: (review: Review) => reference(review.windowId),
  staffMember: (review: Review) => reference(review.staffMemberId),
  acknowledgedBy: (review: Review) => review.acknowledgedByName,
  deadlines(review: Review, _: unknown, { loaders }: WorkflowContext) {
    loaders.keepNegativeReview(review)
    return loaders.deadlinesOfReview(review.id)
  },
}
