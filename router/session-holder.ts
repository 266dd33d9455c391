import { GraphQLError } from 'graphql'
import { anonymousViewer, type Viewer } from '../subgraphs/shared/viewer.ts'
import type { Authentication } from './authentication.ts'

/** Who holds the session of a citizen's pages (会话持有人); staff do not sign in there, and an ended session is nobody's. */
export async function sessionHolder(authentication: Authentication, token: string): Promise<Viewer> {
  const viewer = await authentication.authenticate(token)
  return viewer instanceof GraphQLError || viewer.kind !== 'CITIZEN' ? anonymousViewer : viewer
}
