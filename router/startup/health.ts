import type { FastifyInstance } from 'fastify'
import { parse } from 'graphql'
import { collectDefaultMetrics, Registry } from 'prom-client'
import type { Subgraph, SubgraphName } from '../../subgraphs/shared/subgraph.ts'
import { systemViewer } from '../../subgraphs/shared/viewer.ts'
import type { DoorCounts } from '../door.ts'
import { publishDoorCounts } from './door-metrics.ts'

const anyField = parse('{ __typename }')

/** `/livez`: the process answers. `/readyz`: every subgraph does, each named. `/metrics`: for Prometheus. */
export function healthRoutes(options: { subgraphs: Record<SubgraphName, Subgraph>; doorCounts: () => DoorCounts }) {
  const { subgraphs, doorCounts } = options
  return async (server: FastifyInstance): Promise<void> => {
    const registry = new Registry()
    collectDefaultMetrics({ register: registry })
    publishDoorCounts(registry, doorCounts)
    server.get('/livez', async () => 'ok\n')
    server.get('/readyz', async (_request, reply) => {
      const states = await Promise.all(
        Object.values(subgraphs).map(async subgraph => [subgraph.name, await isAnswering(subgraph)] as const),
      )
      const isReady = states.every(([, answers]) => answers)
      return reply.code(isReady ? 200 : 503).send({ ready: isReady, subgraphs: Object.fromEntries(states) })
    })
    server.get('/metrics', async (_request, reply) => reply.type(registry.contentType).send(await registry.metrics()))
  }
}

async function isAnswering(subgraph: Subgraph): Promise<boolean> {
  const result = await subgraph.execute({ document: anyField, viewer: systemViewer('door') }).catch(() => null)
  return result?.errors === undefined && result?.data != null
}
