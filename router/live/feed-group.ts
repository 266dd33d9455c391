import type { GraphQLFormattedError, GraphQLSchema } from 'graphql'
import { graphError } from '../../subgraphs/shared/graph-error.ts'
import type { Log } from '../../subgraphs/shared/log.ts'
import type { Subgraph } from '../../subgraphs/shared/subgraph.ts'
import type { Viewer } from '../../subgraphs/shared/viewer.ts'
import type { Planner } from '../planner.ts'
import { createCatchUp } from './catch-up.ts'
import type { FeedOperation } from './feed-operation.ts'
import { FeedFailure } from './feed-reader.ts'
import { createFeedSource, type FeedTimes } from './feed-source.ts'
import { createFrame, type Frame } from './frame.ts'
import { heartbeatJson } from './heartbeat.ts'
import { deliver, type Member } from './member.ts'
import type { FeedPosition } from './position.ts'

export type FeedGroupOptions = {
  operation: FeedOperation
  variables: Record<string, unknown>
  viewer: Viewer
  subgraph: Subgraph
  planner: Planner
  schema: GraphQLSchema
  times: FeedTimes
  log: Log
  onRead(): void
  onEmpty(): void
}

export type FeedGroup = {
  /** Brings a member up to date and keeps him there; resolves when he is there, or was refused. */
  join(member: Member, after: FeedPosition | null): Promise<void>
  leave(member: Member): void
  members(): number
  stop(): void
}

/** All subscribers who ask the same and may see the same (共享组): one subscription, one query per wake, one frame per event for everybody. */
export function createFeedGroup(options: FeedGroupOptions): FeedGroup {
  const { operation, variables, schema, times, log, onEmpty } = options
  const members = new Set<Member>()
  let representative: Member | null = null
  let joining = 0
  let isEnded = false
  let endedBecause: readonly GraphQLFormattedError[] | null = null
  let lastSentAt = Date.now()

  const source = createFeedSource({
    ...options,
    viewer: () => representative?.viewer ?? options.viewer,
    onFrame: frame => sendAll(frame, deliver),
    onEnd: endAll,
  })
  const { bringUp } = createCatchUp(source)
  const ticker = setInterval(beat, Math.max(20, times.heartbeatMs / 10))

  function sendAll(frame: Frame, send: (member: Member, frame: Frame) => void): void {
    lastSentAt = Date.now()
    for (const member of members) send(member, frame)
  }

  // A heartbeat says that all up to its position was sent; it moves nobody.
  function beat(): void {
    if (members.size === 0 || !source.isCurrent() || Date.now() - lastSentAt < times.heartbeatMs) return
    const state = { epoch: source.epoch(), position: source.position(), serverTime: source.serverTime() }
    const json = heartbeatJson(schema, operation, variables, state)
    if (json === null) return
    sendAll(createFrame(state.position, json), (member, frame) => {
      if (!member.isGone) member.send(frame)
    })
  }

  async function join(member: Member, after: FeedPosition | null): Promise<void> {
    joining += 1
    try {
      await source.started
      if (after !== null)
        await bringUp(
          member,
          after,
          () => admit(member),
          () => end(member, [graphError('FEED_RESET').toJSON()]),
        )
      else {
        member.position = source.position()
        admit(member)
      }
    } catch (error) {
      if (error instanceof FeedFailure) return end(member, error.errors)
      log.error({ feed: operation.field.name, error }, 'a subscriber could not be brought up to date')
      end(member, [graphError('INTERNAL').toJSON()])
    } finally {
      joining -= 1
      stopWhenEmpty()
    }
  }

  function admit(member: Member): void {
    if (member.isGone) return
    if (isEnded) {
      end(member, endedBecause)
      return
    }
    members.add(member)
    representative ??= member
  }

  function end(member: Member, errors: readonly GraphQLFormattedError[] | null): void {
    if (!member.isGone) member.end(errors)
  }

  function leave(member: Member): void {
    member.isGone = true
    members.delete(member)
    if (representative === member) representative = [...members][0] ?? null
    stopWhenEmpty()
  }

  function endAll(errors: readonly GraphQLFormattedError[]): void {
    const ended = [...members]
    endedBecause = errors
    stop()
    for (const member of ended) end(member, errors)
  }

  function stopWhenEmpty(): void {
    if (members.size === 0 && joining === 0) stop()
  }

  function stop(): void {
    if (isEnded) return
    isEnded = true
    clearInterval(ticker)
    source.stop()
    members.clear()
    onEmpty()
  }

  return { join, leave, members: () => members.size, stop }
}
