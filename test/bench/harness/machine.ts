import { cpus, loadavg, release, totalmem, type } from 'node:os'

export type Machine = {
  processor: string
  cores: number
  memoryGigabytes: number
  system: string
  node: string
  /** Processes that wanted to run in the last minute before the benchmark began; far from 0 means that others worked, too. */
  loadBefore: number
}

/** What the figures were taken on. */
export function describeMachine(): Machine {
  return {
    processor: cpus()[0]?.model ?? 'unknown',
    cores: cpus().length,
    memoryGigabytes: Math.round(totalmem() / 2 ** 30),
    system: `${type()} ${release()}`,
    node: process.version,
    loadBefore: Number(loadavg()[0]!.toFixed(2)),
  }
}
