import { type FeedPage, type FeedSelection, liveFeed, readFeed } from '../../shared/events/feed.ts'
import { graphError } from '../../shared/graph-error.ts'
import type { Scope } from '../../shared/viewer.ts'
import type { CasesContext } from '../context.ts'
import { serviceCaseClosedFeed } from '../events.ts'

/** A page of the closings at one window (办结事件), as the viewer may see them. @throws UNAUTHENTICATED, SCOPE_NOT_COVERED */
export async function readClosings(
  context: CasesContext,
  windowId: string,
  after: string | null,
  first: number,
): Promise<FeedPage> {
  const selection = await closingsAt(context, windowId)
  return context.database.inScope(selection.scope, tx => readFeed(tx, selection, after, first))
}

/** The closings at one window from now on, or behind `after`. @throws UNAUTHENTICATED, SCOPE_NOT_COVERED, FEED_RESET */
export async function followClosings(context: CasesContext, windowId: string, after: string | null) {
  const selection = await closingsAt(context, windowId)
  const read = (from: string | null, first: number) =>
    context.database.inScope(selection.scope, tx => readFeed(tx, selection, from, first))
  if (after !== null && (await read(after, 1)).isReset) throw graphError('FEED_RESET')
  return liveFeed({ selection, after, tail: context.tail, read })
}

/** The viewer's scope narrowed to one window, which must lie in it. */
async function closingsAt(context: CasesContext, windowId: string): Promise<FeedSelection> {
  const { scope } = context.viewer
  if (scope.reach === 'NOTHING') throw graphError('UNAUTHENTICATED')
  const window = await context.load.window.load(windowId)
  if (!window || scope.reach !== 'REGION' || (scope.windowId && scope.windowId !== window.id)) {
    throw graphError('SCOPE_NOT_COVERED')
  }
  const narrowed: Scope = { ...scope, hallId: window.hallId, windowId: window.id }
  return { source: 'cases', feed: serviceCaseClosedFeed, scope: narrowed }
}
