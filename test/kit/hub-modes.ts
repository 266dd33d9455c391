import { startHubProcess } from './hub-process.ts'
import { startHubProcesses } from './hub-processes.ts'
import { startRedisServer } from './redis-server.ts'

export type RunningHub = {
  url: string
  key(name: 'window-system' | 'frontend' | 'kiosk'): Promise<string>
  /** Kills the process that clients are connected to and starts it again. */
  restartRouter(): Promise<void>
  stop(): Promise<void>
}

async function inOneProcess(): Promise<RunningHub> {
  const hub = await startHubProcess()
  return { ...hub, restartRouter: () => hub.restart('SIGKILL') }
}

async function inFiveProcesses(): Promise<RunningHub | null> {
  const redis = await startRedisServer()
  if (!redis) return null
  const hub = await startHubProcesses(redis.url)
  return {
    ...hub,
    async restartRouter() {
      await hub.kill('router', 'SIGKILL')
      await hub.start('router')
    },
    async stop() {
      await hub.stop()
      await redis.kill()
    },
  }
}

/** The two ways in which the hub runs; starting answers null where Redis is not installed. */
export const hubModes: [string, () => Promise<RunningHub | null>][] = [
  ['in one process', inOneProcess],
  ['in five processes with Redis between', inFiveProcesses],
]
