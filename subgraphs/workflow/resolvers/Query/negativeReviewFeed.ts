import { type FeedArguments, readFeedPage } from '../../actions/follow-feed.ts'
import type { WorkflowContext } from '../../context.ts'
import { negativeReviewsFeed } from '../../events.ts'

export const negativeReviewFeed = (
  _: unknown,
  feedArguments: FeedArguments & { first?: number | null },
  context: WorkflowContext,
) => readFeedPage(negativeReviewsFeed, feedArguments, context)
