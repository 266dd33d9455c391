import { cpuSecondsOf, cpuSecondsOfFamily } from './processor-time.ts'

/** Processes under watch by name; `isFamily` counts one process a connection, as PostgreSQL has. */
export type Watched = Record<string, { pid: number; isFamily?: boolean }>

export type Reading = { seconds: number; cpuSeconds: Record<string, number> }

/** Starts reading clock and processor time; the answer reads both again, and answers the differences. */
export async function startMeter(watched: Watched): Promise<() => Promise<Reading>> {
  const before = await readAll(watched)
  const startedAt = performance.now()
  return async () => {
    const seconds = (performance.now() - startedAt) / 1000
    const after = await readAll(watched)
    const cpuSeconds = Object.fromEntries(Object.keys(watched).map(name => [name, after[name]! - before[name]!]))
    return { seconds, cpuSeconds }
  }
}

/** A load generator that used more of its core than this measured itself, not the server. */
const mostOfOneCore = 0.8

/** The generator's share of one core, and the fault when it was too busy to be believed. */
export function generatorShare(reading: Reading, generator = 'generator'): { share: number; faults: string[] } {
  const share = reading.cpuSeconds[generator]! / reading.seconds
  const faults = share >= mostOfOneCore ? [`the load generator used ${Math.round(share * 100)} % of a core`] : []
  return { share, faults }
}

async function readAll(watched: Watched): Promise<Record<string, number>> {
  const entries = Object.entries(watched).map(async ([name, { pid, isFamily }]) => [
    name,
    await (isFamily ? cpuSecondsOfFamily(pid) : cpuSecondsOf(pid)),
  ])
  return Object.fromEntries(await Promise.all(entries))
}
