import { seesWhoRated } from '../../../shared/anonymity.ts'
import { connection, pageSize, readInstantCursor } from '../../../shared/paging.ts'
import { narrowToViewer } from '../../actions/narrow-to-viewer.ts'
import type { WorkflowContext } from '../../context.ts'
import type { FeedScope } from '../../domain/narrowed-scope.ts'
import { openNegativeReviews as readOpen } from '../../store/open-negative-reviews.ts'

type OpenArguments = {
  scope?: FeedScope | null
  first?: number | null
  after?: string | null
  includesProbes?: boolean | null
}

export async function openNegativeReviews(
  _: unknown,
  { scope, first, after, includesProbes }: OpenArguments,
  { viewer, database }: WorkflowContext,
) {
  const narrowed = narrowToViewer(viewer, scope)
  const size = pageSize(first)
  const behind = readInstantCursor(after)
  const rows = await database.inScope(narrowed.scope, tx =>
    readOpen(tx, narrowed, behind, size + 1, {
      seesMinutes: seesWhoRated(viewer),
      includesProbes: includesProbes ?? false,
    }),
  )
  const { edges, pageInfo } = connection(rows, size, ({ review, nextDueAt }) => [
    nextDueAt?.toISOString() ?? null,
    review.id,
  ])
  return { edges: edges.map(({ cursor, node }) => ({ cursor, node: node.review })), pageInfo }
}
