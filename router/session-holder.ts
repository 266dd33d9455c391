import { GraphQLError } from 'graphql'
import { anonymousViewer, type Viewer } from '../subgraphs/shared/viewer.ts'
import type { Authentication } from './authentication.ts'

/**
 * Who holds the session of a citizen's pages (会话持有人), asked anew each time: signing out, or acting for somebody else, holds from the next page on,
 * whichever process serves it. Staff do not sign in there, and an ended session is nobody's.
 *
 * @throws SUBGRAPH_UNAVAILABLE while nobody can say
 */
export async function sessionHolder(authentication: Authentication, token: string): Promise<Viewer> {
  const viewer = await authentication.authenticate(token, true)
  if (!(viewer instanceof GraphQLError)) return viewer.kind === 'CITIZEN' ? viewer : anonymousViewer
  if (viewer.extensions.code === 'SUBGRAPH_UNAVAILABLE') throw viewer
  return anonymousViewer
}
