import { join } from 'node:path'
import { freePort } from '../../kit/free-port.ts'
import type { HubUnderTest } from '../harness/hub-under-test.ts'
import { type ServerProcess, startServer } from '../harness/server-process.ts'
import type { SubgraphUrls } from '../peers/supergraph-at.ts'

export type Gateways = {
  subgraphs: ServerProcess
  hubRouter: ServerProcess
  apollo: ServerProcess
  hiveWithoutRust: ServerProcess
  hiveWithRust: ServerProcess
  proxy: ServerProcess
}

/** The hub's subgraphs behind addresses, and every gateway that shall stand before them. */
export async function startGateways(hub: HubUnderTest, regionPath: string): Promise<Gateways> {
  const keysFile = join(hub.dataDirectory, 'secret-keys.json')
  const subgraphs = await startServer('test/bench/peers/subgraphs-on-ports.ts', {
    DATABASE_URL: hub.applicationUrl,
    SECRET_KEYS_FILE: keysFile,
    PUBLIC_URL: hub.url,
  })
  const urls = JSON.parse(subgraphs.url) as SubgraphUrls
  const peer = (script: string, more: Record<string, string> = {}) =>
    startServer(`test/bench/peers/${script}`, {
      SUBGRAPH_URLS: subgraphs.url,
      SECRET_KEYS_FILE: keysFile,
      REGION_PATH: regionPath,
      NODE_ENV: 'production',
      ...more,
    })
  const hubRouter = await startServer(
    'router/start.ts',
    {
      PORT: String(await freePort()),
      SECRET_KEYS_FILE: keysFile,
      CASES_URL: urls.cases,
      EVALUATIONS_URL: urls.evaluations,
      WORKFLOW_URL: urls.workflow,
      EXCHANGE_URL: urls.exchange,
    },
    ['--router'],
  )
  return {
    subgraphs,
    hubRouter,
    apollo: await peer('apollo-gateway.ts'),
    hiveWithoutRust: await peer('hive-gateway.ts'),
    hiveWithRust: await peer('hive-gateway.ts', { PLANNER: 'rust' }),
    proxy: await peer('hand-written-proxy.ts'),
  }
}

export async function endGateways(gateways: Gateways): Promise<void> {
  // Gateways first: what they stand before must not vanish under them.
  const { subgraphs, ...others } = gateways
  await Promise.all(Object.values(others).map(gateway => gateway.end('SIGKILL')))
  await subgraphs.end('SIGKILL')
}
