import { type FeedArguments, readFeedPage } from '../../actions/follow-feed.ts'
import type { WorkflowContext } from '../../context.ts'
import { deadlinesFeed } from '../../events.ts'

export const deadlineFeed = (
  _: unknown,
  feedArguments: FeedArguments & { first?: number | null },
  context: WorkflowContext,
) => readFeedPage(deadlinesFeed, feedArguments, context)
