import type { Viewer } from '../../subgraphs/shared/viewer.ts'
import type { Member } from './member.ts'

/** One client's connection, WebSocket or event stream, as the door keeps it (连接). */
export type LiveConnection = {
  /** As the client sent it; undefined for nobody. */
  credential: string | undefined
  viewer: Viewer
  checkedAt: number
  members: Set<Member>
  /** Ends the connection because its right was lost, changed, or cannot be checked any more. */
  close(reason: 'RIGHT_LOST' | 'NOT_CHECKABLE'): void
}
