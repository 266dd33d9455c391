import type { GraphQLFormattedError } from 'graphql'
import { graphError } from '../../subgraphs/shared/graph-error.ts'
import type { Log } from '../../subgraphs/shared/log.ts'
import type { Subgraph } from '../../subgraphs/shared/subgraph.ts'
import type { Viewer } from '../../subgraphs/shared/viewer.ts'
import type { Planner } from '../planner.ts'
import type { FeedOperation } from './feed-operation.ts'
import { FeedFailure, type FeedRead, feedPageSize, readFeedPage } from './feed-reader.ts'
import type { Frame } from './frame.ts'
import { createHistory, type History } from './history.ts'
import { jitteredWait } from './jittered-wait.ts'
import { followUpstream } from './upstream.ts'

export type FeedTimes = {
  /** Silence after which members are told that the feed is still there, milliseconds. */
  heartbeatMs: number
  /** The feed is read this often whatever the subgraph tells, milliseconds: a lost wake is repaired then. */
  pollMs: number
  /** After the subgraph was subscribed to, the feed is read once more this much later: the subgraph may have begun a moment after it said so. */
  settleMs: number
}

export type FeedSourceOptions = {
  operation: FeedOperation
  variables: Record<string, unknown>
  /** As whom to read: somebody who is still there. */
  viewer(): Viewer
  subgraph: Subgraph
  planner: Planner
  times: FeedTimes
  log: Log
  onFrame(frame: Frame): void
  onEnd(errors: readonly GraphQLFormattedError[]): void
  onRead(): void
}

export type FeedSource = {
  /** Resolves when the feed's place is known; rejects with the subgraph's refusal. */
  started: Promise<void>
  epoch(): string
  /** All events up to here were given to `onFrame`. */
  position(): number
  history(): History
  /** Reads what is new; resolves when that was tried. */
  pump(): Promise<void>
  readBehind(position: number): Promise<FeedRead>
  /** Whether the feed was read lately without a failure, and the subgraph's time now. */
  isCurrent(): boolean
  serverTime(): string
  stop(): void
}

/**
 * One feed with one selection as one viewer sees it, for ever (事件源): woken by one subscription at the owning subgraph, read by one query per
 * wake. Wakes coalesce, the log's positions decide, and an outage only delays.
 */
export function createFeedSource(options: FeedSourceOptions): FeedSource {
  const { operation, variables, viewer, planner, times, log, onFrame, onEnd, onRead } = options
  const retryWait = jitteredWait()
  const cancels = new Set<() => void>()
  let isStopped = false
  let epoch = ''
  let position = 0
  let history = createHistory(0)
  let clock = { serverTime: 0, at: 0 }
  let lastPumpAt = 0
  let failures = 0
  let isPumpWanted = false
  let pumping: Promise<void> | null = null

  const upstream = followUpstream({
    subgraph: options.subgraph,
    request: { document: operation.wake, variables, viewer: viewer() },
    wake(told) {
      if (told !== null && told <= position) return
      void pump()
      if (told === null) pause(times.settleMs).then(pump)
    },
    refused: end,
  })
  const started = start()
  started.catch(() => {})
  const poll = setInterval(
    () => {
      if (Date.now() - lastPumpAt >= times.pollMs) void pump()
    },
    Math.max(20, times.pollMs / 5),
  )

  async function start(): Promise<void> {
    await upstream.started
    for (let attempt = 1; !isStopped; attempt += 1) {
      const first = await read(null).catch((error: FeedFailure) => {
        if (error.isRefusal !== false) throw error
        return null
      })
      if (first) {
        epoch = first.epoch
        position = first.latestPosition
        history = createHistory(position)
        break
      }
      await waitFor(retryWait(attempt))
    }
    if (isPumpWanted) void pump()
  }

  async function read(after: string | null): Promise<FeedRead> {
    const page = await readFeedPage({ planner, operation, variables, viewer: viewer(), after })
    onRead()
    clock = { serverTime: Date.parse(page.serverTime), at: Date.now() }
    return page
  }

  const readBehind = (from: number) => read(`${epoch}:${from}`)

  function pump(): Promise<void> {
    isPumpWanted = true
    if (epoch === '' || isStopped) return Promise.resolve()
    pumping ??= run()
    return pumping
  }

  async function run(): Promise<void> {
    try {
      while (isPumpWanted && !isStopped) {
        isPumpWanted = false
        await catchUp()
        failures = 0
      }
    } catch (error) {
      recover(error)
    } finally {
      pumping = null
    }
  }

  async function catchUp(): Promise<void> {
    for (;;) {
      const page = await readBehind(position)
      lastPumpAt = Date.now()
      if (isStopped) return
      if (page.isReset) return end([graphError('FEED_RESET').toJSON()])
      for (const frame of page.frames) publish(frame)
      if (page.frames.length < feedPageSize) return
    }
  }

  function publish(frame: Frame): void {
    if (frame.position <= position) return
    position = frame.position
    history.append(frame)
    onFrame(frame)
  }

  // Nobody is sent away: what is missed now is read when the subgraph is back.
  function recover(error: unknown): void {
    if (error instanceof FeedFailure && error.isRefusal) {
      end(error.errors)
      return
    }
    failures += 1
    log.warn({ feed: operation.field.name, error, failures }, 'a live feed could not be read; it will be tried again')
    void waitFor(retryWait(failures)).then(pump)
  }

  function end(errors: readonly GraphQLFormattedError[]): void {
    if (isStopped) return
    stop()
    onEnd(errors)
  }

  async function waitFor(wait: { done: Promise<void>; cancel(): void }): Promise<void> {
    cancels.add(wait.cancel)
    await wait.done
    cancels.delete(wait.cancel)
  }

  function pause(milliseconds: number): Promise<void> {
    const { promise, resolve } = Promise.withResolvers<void>()
    const timer = setTimeout(resolve, milliseconds)
    return waitFor({ done: promise, cancel: () => resolve(clearTimeout(timer)) })
  }

  function stop(): void {
    if (isStopped) return
    isStopped = true
    clearInterval(poll)
    upstream.stop()
    for (const cancel of cancels) cancel()
  }

  return {
    started,
    epoch: () => epoch,
    position: () => position,
    history: () => history,
    pump,
    readBehind,
    isCurrent: () => failures === 0 && Date.now() - lastPumpAt < 2 * times.pollMs,
    serverTime: () => new Date(clock.serverTime + (Date.now() - clock.at)).toISOString(),
    stop,
  }
}
