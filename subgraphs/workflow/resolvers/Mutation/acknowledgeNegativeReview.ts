import { refusal } from '../../../shared/error-catalogue.ts'
import { acknowledgeNegativeReview as acknowledge } from '../../actions/acknowledge-negative-review.ts'
import type { WorkflowContext } from '../../context.ts'

const typeOfRefusal = { NOT_PERMITTED: 'NotPermitted', NEGATIVE_REVIEW_NOT_FOUND: 'NegativeReviewNotFound' } as const

export async function acknowledgeNegativeReview(
  _: unknown,
  { input }: { input: { id: string } },
  { database, viewer, now }: WorkflowContext,
) {
  const result = await acknowledge(database, viewer, input.id, now())
  if ('refused' in result) return { __typename: typeOfRefusal[result.refused], ...refusal(result.refused) }
  return { __typename: 'AcknowledgeNegativeReviewSuccess', ...result }
}
