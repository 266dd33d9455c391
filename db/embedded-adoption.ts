import { setTimeout as pause } from 'node:timers/promises'
import { superuserClient } from './embedded-hub.ts'
import { isRunning, type Postmaster } from './embedded-postmaster.ts'

/** How long a server that refuses connections, or says nothing on one, is given before it counts as lost. */
const PATIENCE_MS = 3000

/** PostgreSQL's `cannot_connect_now`: it is starting, recovering or stopping. */
const CANNOT_CONNECT_NOW = '57P03'

/**
 * Whether a server left over from an earlier run (its application was killed) can be taken on: it answers, with our
 * password, for this very cluster. One that is still recovering is waited for; one that is stopping ends, which is no.
 */
export async function canAdopt(postmaster: Postmaster, cluster: string, password: string): Promise<boolean> {
  const until = performance.now() + PATIENCE_MS
  while (await isRunning(postmaster)) {
    try {
      return (await askDirectory(postmaster.port, password)) === cluster
    } catch (error) {
      const { code } = error as { code?: string }
      const mayStillCome = code === CANNOT_CONNECT_NOW || (code === 'ECONNREFUSED' && performance.now() < until)
      if (!mayStillCome) return false
      await pause(50)
    }
  }
  return false
}

async function askDirectory(port: number, password: string): Promise<string | undefined> {
  const client = superuserClient(port, password, PATIENCE_MS)
  try {
    await client.connect()
    const answer = await client.query<{ data_directory: string }>('SHOW data_directory')
    return answer.rows[0]?.data_directory
  } finally {
    await client.end().catch(() => {})
  }
}
