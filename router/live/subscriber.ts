import { GraphQLError, type GraphQLFormattedError } from 'graphql'
import type { ReadyOperation } from '../operation-runner.ts'
import type { LiveConnection } from './connection.ts'
import type { Feeds } from './feeds.ts'
import type { Frame } from './frame.ts'
import type { Member } from './member.ts'

export type Subscriber = {
  /** Resolves at the orderly end, rejects with a GraphQLError when the feed refused or ended him. */
  ended: Promise<void>
  leave(): void
}

/** Makes a member of one subscription on a connection (订阅者); frames go straight to the socket by `send`. */
export function subscribeMember(options: {
  feeds: Feeds
  ready: ReadyOperation
  connection: LiveConnection
  send(frame: Frame): void
}): Subscriber {
  const { feeds, ready, connection, send } = options
  const { promise, resolve, reject } = Promise.withResolvers<void>()
  promise.catch(() => {})
  let leaveGroup = () => {}

  const member: Member = {
    viewer: connection.viewer,
    position: 0,
    isGone: false,
    send,
    end(errors) {
      if (errors?.length) reject(graphQLError(errors[0]!))
      leave()
    },
  }

  function leave(): void {
    if (member.isGone) return
    member.isGone = true
    connection.members.delete(member)
    leaveGroup()
    resolve()
  }

  connection.members.add(member)
  const followed = feeds.follow(ready, member)
  if (followed instanceof GraphQLError) member.end([followed.toJSON()])
  else leaveGroup = followed.leave
  return { ended: promise, leave }
}

function graphQLError({ message, extensions, path }: GraphQLFormattedError): GraphQLError {
  return new GraphQLError(message, { extensions, path })
}
