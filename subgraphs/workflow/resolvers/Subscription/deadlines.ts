import { type FeedArguments, followFeed, orReset } from '../../actions/follow-feed.ts'
import type { WorkflowContext } from '../../context.ts'
import { deadlinesFeed } from '../../events.ts'

export const deadlines = {
  subscribe: (_: unknown, feedArguments: FeedArguments, context: WorkflowContext) =>
    followFeed(deadlinesFeed, feedArguments, context),
  resolve: orReset,
}
