import type { ExecutionResult, GraphQLFormattedError } from 'graphql'
import { graphError } from '../../subgraphs/shared/graph-error.ts'
import type { Viewer } from '../../subgraphs/shared/viewer.ts'
import type { Planner } from '../planner.ts'
import type { FeedOperation } from './feed-operation.ts'
import { createFrame, type Frame } from './frame.ts'

/** Events per replaying query: the largest page that the graph serves. */
export const feedPageSize = 100

export type FeedRead = {
  epoch: string
  latestPosition: number
  isReset: boolean
  serverTime: string
  frames: Frame[]
}

/** Why a feed could not be read: `isRefusal` when asking again would be answered the same way. */
export class FeedFailure extends Error {
  readonly errors: readonly GraphQLFormattedError[]
  readonly isRefusal: boolean
  constructor(errors: readonly GraphQLFormattedError[]) {
    super(errors[0]?.message ?? 'no answer')
    this.errors = errors
    this.isRefusal = errors.some(({ extensions }) => !passing.has(String(extensions?.code)))
  }
}

const passing = new Set(['SUBGRAPH_UNAVAILABLE', 'INTERNAL'])

type TwinEvent = Record<string, unknown> & { hubPosition?: string }
type TwinFeed = { epoch: string; latestPosition: string; isReset: boolean; serverTime: string; events: TwinEvent[] }

/** Reads one page of a feed through the planner (回放读取), so that other subgraphs' fields are filled in and order comes from the log. */
export async function readFeedPage(options: {
  planner: Planner
  operation: FeedOperation
  variables: Record<string, unknown>
  viewer: Viewer
  after: string | null
}): Promise<FeedRead> {
  const { planner, operation, variables, viewer, after } = options
  const { twin } = operation
  const result = await planner
    .execute({
      document: twin.document,
      text: twin.text,
      operationName: 'HubFeed',
      variables: { ...variables, hubAfter: after, hubFirst: feedPageSize },
      viewer,
    })
    .catch((): ExecutionResult => ({ errors: [graphError('SUBGRAPH_UNAVAILABLE')] }))
  const feed = result.data?.feed as TwinFeed | null | undefined
  if (!feed) throw new FeedFailure(result.errors ?? [graphError('INTERNAL').toJSON()])
  return {
    epoch: feed.epoch,
    latestPosition: Number(feed.latestPosition),
    isReset: feed.isReset,
    serverTime: feed.serverTime,
    frames: feed.events.map((event, index) => eventFrame(event, index, operation.responseKey, result.errors)),
  }
}

function eventFrame(event: TwinEvent, index: number, key: string, errors: ExecutionResult['errors']): Frame {
  const position = Number(event.hubPosition)
  event.hubPosition = undefined
  const concerning = errors?.filter(({ path }) => !(typeof path?.[2] === 'number' && path[2] !== index))
  const payload = concerning?.length
    ? { data: { [key]: event }, errors: concerning.map(error => ({ ...error, path: eventPath(error.path, key) })) }
    : { data: { [key]: event } }
  return createFrame(position, JSON.stringify(payload))
}

// `feed`, `events` and, where the planner tells it, the index come before the path inside the event.
function eventPath(path: readonly (string | number)[] | undefined, key: string): (string | number)[] {
  const inside = (path ?? []).slice(2)
  return [key, ...(typeof inside[0] === 'number' ? inside.slice(1) : inside)]
}
