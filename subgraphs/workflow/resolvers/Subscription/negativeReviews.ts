import { type FeedArguments, followFeed, orReset } from '../../actions/follow-feed.ts'
import type { WorkflowContext } from '../../context.ts'
import { negativeReviewsFeed } from '../../events.ts'

export const negativeReviews = {
  subscribe: (_: unknown, feedArguments: FeedArguments, context: WorkflowContext) =>
    followFeed(negativeReviewsFeed, feedArguments, context),
  resolve: orReset,
}
