import { graphError } from '../../shared/graph-error.ts'
import type { Viewer } from '../../shared/viewer.ts'
import { type FeedScope, type NarrowedScope, narrowScope } from '../domain/narrowed-scope.ts'

/** The part of the viewer's own scope that he asks to be shown. Throws UNAUTHENTICATED for nobody, SCOPE_NOT_COVERED for what is not his. */
export function narrowToViewer(viewer: Viewer, wanted: FeedScope | null | undefined): NarrowedScope {
  if (viewer.kind === 'ANONYMOUS') throw graphError('UNAUTHENTICATED')
  const narrowed = narrowScope(viewer.scope, wanted ?? {})
  if (!narrowed) throw graphError('SCOPE_NOT_COVERED')
  return narrowed
}
