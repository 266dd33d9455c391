import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { Redis } from 'ioredis'
import { freePort } from './free-port.ts'

export type RedisServer = {
  url: string
  /** Kills it as a power cut would; nothing is kept on disk. */
  kill(): Promise<void>
  /** Starts it again, empty. */
  start(): Promise<void>
  flush(): Promise<void>
}

/** A Redis of the test's own, which it may kill and empty; null with one line where `redis-server` is not installed (with `CI=true` that fails). */
export async function startRedisServer(): Promise<RedisServer | null> {
  const port = await freePort()
  let server: ChildProcess
  const start = async () => {
    server = spawn(
      'redis-server',
      ['--port', String(port), '--bind', '127.0.0.1', '--save', '', '--appendonly', 'no'],
      {
        stdio: 'ignore',
      },
    )
    const failed = once(server, 'error').then(([error]) => Promise.reject(error))
    await Promise.race([failed, command(port, redis => redis.ping())])
  }
  try {
    await start()
  } catch (error) {
    if (process.env.CI === 'true') throw error
    console.warn('skipped: redis-server is not installed')
    return null
  }
  return {
    url: `redis://127.0.0.1:${port}`,
    start,
    async kill() {
      const exited = once(server, 'exit')
      server.kill('SIGKILL')
      await exited
    },
    flush: () => command(port, redis => redis.flushall()),
  }
}

async function command(port: number, run: (redis: Redis) => Promise<unknown>): Promise<void> {
  const redis = new Redis({ port, retryStrategy: () => 50, maxRetriesPerRequest: null })
  redis.on('error', () => {})
  try {
    await run(redis)
  } finally {
    redis.disconnect()
  }
}
