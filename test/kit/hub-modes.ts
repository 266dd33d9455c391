import { readFileSync } from 'node:fs'
import { composedFiles } from '../../router/compose.ts'
import { startApolloStandIn } from '../router/fixtures/apollo-stand-in.ts'
import { freePort } from './free-port.ts'
import { startHubProcess } from './hub-process.ts'
import { startHubProcesses, subgraphNames } from './hub-processes.ts'
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

/**
 * Queries and mutations planned by Apollo: by a real Apollo Router on this supergraph where `APOLLO_ROUTER_URL` names one, with the subgraphs
 * on the standard ports; else, as one printed line says, by Apollo's own JavaScript runtime.
 */
async function withApolloPlanning(): Promise<RunningHub> {
  const given = process.env.APOLLO_ROUTER_URL
  if (given) {
    const hub = await startHubProcess({ APOLLO_ROUTER_URL: given })
    return { ...hub, restartRouter: () => hub.restart('SIGKILL') }
  }
  console.warn('no Apollo Router at APOLLO_ROUTER_URL: Apollo’s own JavaScript runtime plans instead')
  const urls = Object.fromEntries(
    await Promise.all(subgraphNames.map(async name => [name, `http://127.0.0.1:${await freePort()}/graphql`] as const)),
  )
  const supergraphText = readFileSync(composedFiles.supergraph, 'utf8')
  const apollo = await startApolloStandIn({ supergraphText, urls })
  const addresses = Object.fromEntries(subgraphNames.map(name => [`${name.toUpperCase()}_URL`, urls[name]!]))
  const hub = await startHubProcess({ APOLLO_ROUTER_URL: apollo.url, ...addresses })
  return {
    ...hub,
    restartRouter: () => hub.restart('SIGKILL'),
    async stop() {
      await hub.stop()
      await apollo.stop()
    },
  }
}

/** The ways in which the hub runs; starting answers null where Redis is not installed. */
export const hubModes: [string, () => Promise<RunningHub | null>][] = [
  ['in one process', inOneProcess],
  ['in five processes with Redis between', inFiveProcesses],
  ['with an Apollo Router planning', withApolloPlanning],
]
