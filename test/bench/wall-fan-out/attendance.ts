import { setTimeout as pause } from 'node:timers/promises'
import type { Run } from '../harness/benchmark.ts'
import { type LoadProcess, startLoad } from '../harness/load-process.ts'
import { generatorShare, startMeter } from '../harness/meter.ts'
import { percentile } from '../harness/percentiles.ts'
import { residentBytesOf } from '../harness/processor-time.ts'
import { machineMilliseconds, type ScreenAsk } from '../harness/screen.ts'
import type { ScreensLoad } from './screens-load.ts'

/** A server under attendance, and how to make an event happen at it. */
export type Attended = {
  url: string
  pid: number
  /** Makes ready for so many events, outside of what is measured. */
  prepare?(count: number): Promise<void>
  happen(): Promise<void>
}

export type Attendance = Attended & { asks: ScreenAsk[]; screens: number; events: number }

const eventTimeoutMs = 10_000
/** The feed of a group may still be starting when its connection is acknowledged, milliseconds. */
const settleMs = 2_000
/** The first events meet cold code and growing heaps. */
const warmingEvents = 3
/** Bad ratings do not come back to back; without a rest the load generator would be measured instead, milliseconds. */
const restMs = 250
/** Below this share of the whole what further screens cost drowns in what the event itself costs. */
const leastVisible = 0.2

/** One run: first with few screens, one for each ask, then with all, so that what a further screen costs can be told apart. */
export async function fanOut(attendance: Attendance): Promise<Run> {
  const { asks, screens, events } = attendance
  const few = await attend({ ...attendance, screens: asks.length })
  const all = await attend(attendance)
  const further = all.serverCpu - few.serverCpu
  const isVisible = further > all.serverCpu * leastVisible
  return {
    figures: {
      perCpu: (screens * events) / all.serverCpu,
      eventCpu: (few.serverCpu / events) * 1000,
      ...(isVisible ? { perCpuMore: ((screens - asks.length) * events) / further } : {}),
      p50: percentile(all.milliseconds, 0.5),
      p99: percentile(all.milliseconds, 0.99),
      last: percentile(all.lasts, 0.5),
      spread: percentile(all.spreads, 0.5),
      generator: all.generator,
    },
    faults: [...few.faults, ...all.faults],
  }
}

async function attend({ url, pid, asks, screens, events, prepare, happen }: Attendance) {
  await prepare?.(warmingEvents + events)
  return withScreens({ url, asks, screens }, async load => {
    const faults: string[] = []
    for (let event = 0; event < warmingEvents; event++) faults.push(...(await oneEvent(load, happen)).faults)
    const meter = await startMeter({ server: { pid }, generator: { pid: load.pid } })
    const happened: Awaited<ReturnType<typeof oneEvent>>[] = []
    for (let event = 0; event < events; event++) {
      happened.push(await oneEvent(load, happen))
      await pause(restMs)
    }
    const reading = await meter()
    const { share, faults: shareFaults } = generatorShare(reading)
    return {
      serverCpu: reading.cpuSeconds.server!,
      generator: share,
      milliseconds: happened.flatMap(({ milliseconds }) => milliseconds),
      lasts: happened.map(({ last }) => last),
      spreads: happened.map(({ first, last }) => last - first),
      faults: [...faults, ...happened.flatMap(event => event.faults), ...shareFaults],
    }
  })
}

/** What a connection that hangs there keeps in the server's memory: by the second half of them, since the first fills room left from the start. */
export async function hold({ url, pid, asks, screens }: Omit<Attendance, 'events' | 'happen'>): Promise<Run> {
  const half = { url, asks, screens: Math.ceil(screens / 2) }
  return withScreens(half, async () => {
    const before = await residentBytesOf(pid)
    return withScreens(half, async () => ({
      figures: { kilobytes: ((await residentBytesOf(pid)) - before) / half.screens / 1024 },
      faults: [],
    }))
  })
}

async function withScreens<T>(
  { url, asks, screens }: Pick<Attendance, 'url' | 'asks' | 'screens'>,
  work: (load: LoadProcess<ScreensLoad>) => Promise<T>,
): Promise<T> {
  const load = await startLoad<ScreensLoad>(new URL('./screens-load.ts', import.meta.url))
  try {
    await load.call('open', { url: `${url}/graphql`, asks, count: screens })
    await pause(settleMs)
    return await work(load)
  } finally {
    await load.call('close', null)
    await load.end()
  }
}

async function oneEvent(load: LoadProcess<ScreensLoad>, happen: () => Promise<void>) {
  await load.call('expectEvent', null)
  const startedAt = machineMilliseconds()
  await happen()
  const { at, faults } = await load.call('arrivals', { timeoutMs: eventTimeoutMs })
  const milliseconds = [...at].map(time => time - startedAt)
  const arrived = milliseconds.filter(time => !Number.isNaN(time))
  return { milliseconds: arrived, first: Math.min(...arrived), last: Math.max(...arrived), faults }
}
