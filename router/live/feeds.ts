import { GraphQLError, type GraphQLSchema } from 'graphql'
import { graphError } from '../../subgraphs/shared/graph-error.ts'
import type { Log } from '../../subgraphs/shared/log.ts'
import type { Subgraph, SubgraphName } from '../../subgraphs/shared/subgraph.ts'
import { type Viewer, visibilityKey } from '../../subgraphs/shared/viewer.ts'
import type { PreparedOperation } from '../documents.ts'
import type { ReadyOperation } from '../operation-runner.ts'
import type { Planner } from '../planner.ts'
import { findFeedFields } from './feed-fields.ts'
import { createFeedGroup, type FeedGroup } from './feed-group.ts'
import { afterOf, type FeedOperation, rewriteSubscription } from './feed-operation.ts'
import type { FeedTimes } from './feed-source.ts'
import type { Member } from './member.ts'
import { readPosition } from './position.ts'

export const defaultFeedTimes: FeedTimes = { heartbeatMs: 10_000, pollMs: 15_000, settleMs: 1_000 }

export type FeedsOptions = {
  schema: GraphQLSchema
  supergraphText: string
  subgraphs: Record<SubgraphName, Subgraph>
  planner: Planner
  times?: Partial<FeedTimes>
  log: Log
  onRead?(): void
}

export type Feeds = {
  /** Lets a member follow a subscription; returns how he leaves, or why he may not. */
  follow(ready: ReadyOperation, member: Member): { leave(): void } | GraphQLError
  /** Groups and members now, for metrics. */
  counts(): { groups: number; members: number }
  stop(): void
}

/** All live feeds of the door (实时流), grouped by what is asked and what may be seen: never is one scope's group another's (F26). */
export function createFeeds(options: FeedsOptions): Feeds {
  const { schema, subgraphs, planner, log, onRead = () => {} } = options
  const fields = findFeedFields(schema, options.supergraphText)
  const times = { ...defaultFeedTimes, ...options.times }
  const rewritten = new WeakMap<PreparedOperation, FeedOperation | GraphQLError>()
  const groups = new Map<string, FeedGroup>()

  function operationOf(ready: ReadyOperation): FeedOperation | GraphQLError {
    const known = rewritten.get(ready.operation) ?? rewriteSubscription(schema, fields, ready)
    rewritten.set(ready.operation, known)
    return known
  }

  function groupOf(operation: FeedOperation, ready: ReadyOperation, viewer: Viewer): FeedGroup {
    const variables = Object.fromEntries(
      operation.variableNames.filter(name => name in ready.variables).map(name => [name, ready.variables[name]]),
    )
    const key = JSON.stringify([operation.twin.text, operation.responseKey, variables, visibilityKey(viewer)])
    const known = groups.get(key)
    if (known) return known
    const group = createFeedGroup({
      operation,
      variables,
      viewer,
      subgraph: subgraphs[operation.field.owner],
      planner,
      schema,
      times,
      log,
      onRead,
      onEmpty: () => groups.get(key) === group && groups.delete(key),
    })
    groups.set(key, group)
    return group
  }

  return {
    follow(ready, member) {
      const operation = operationOf(ready)
      if (operation instanceof GraphQLError) return operation
      const given = afterOf(schema, ready)
      const after = given === null ? null : readPosition(given)
      if (given !== null && after === null) return graphError('FEED_RESET')
      const group = groupOf(operation, ready, member.viewer)
      void group.join(member, after)
      return { leave: () => group.leave(member) }
    },
    counts() {
      let members = 0
      for (const group of groups.values()) members += group.members()
      return { groups: groups.size, members }
    },
    stop() {
      for (const group of [...groups.values()]) group.stop()
    },
  }
}
