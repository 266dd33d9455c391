import type { GraphQLFormattedError } from 'graphql'
import type { Viewer } from '../../subgraphs/shared/viewer.ts'
import type { Frame } from './frame.ts'

/** One subscriber of a group (成员). */
export type Member = {
  viewer: Viewer
  /** Where he stands: frames up to here are not sent to him. */
  position: number
  isGone: boolean
  send(frame: Frame): void
  /** Ends his subscription; null is the orderly end. */
  end(errors: readonly GraphQLFormattedError[] | null): void
}

/** Sends what the member has not had yet. */
export function deliver(member: Member, frame: Frame): void {
  if (member.isGone || frame.position <= member.position) return
  member.position = frame.position
  member.send(frame)
}
