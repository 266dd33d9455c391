import { connect } from 'node:net'

/**
 * A server that a test needs beyond Node (decision 27): found at its variable or standard port, else the tests are skipped with one line;
 * with `CI=true` a missing one fails.
 */
export async function findServer(name: 'REDIS_URL' | 'MYSQL_URL', standard: string): Promise<string | null> {
  const url = process.env[name] ?? standard
  if (await answers(url)) return url
  if (process.env.CI === 'true') throw new Error(`${name}: no server at ${new URL(url).host}, and CI=true needs one`)
  console.warn(`skipped: no server at ${new URL(url).host} (${name})`)
  return null
}

function answers(url: string): Promise<boolean> {
  const { hostname, port } = new URL(url)
  return new Promise(resolve => {
    const socket = connect({ host: hostname, port: Number(port) })
    socket.once('connect', () => socket.end(() => resolve(true)))
    socket.once('error', () => resolve(false))
  })
}
