import { readFileSync } from 'node:fs'
import { parse } from 'graphql'
import { startRelay } from '../../db/relay.ts'
import { startConsumer } from '../shared/events/consumer.ts'
import { createLocalSubgraph } from '../shared/local-subgraph.ts'
import type { SubgraphModule } from '../shared/module.ts'
import { receiveReportedCases } from './actions/receive-reported-case.ts'
import { contextOf } from './context.ts'
import { serviceCaseReportedType } from './domain/reported-case.ts'
import { resolvers } from './resolvers/index.ts'

/** What crosses the border: linked systems and what came through them (接入). */
export const exchange: SubgraphModule = {
  name: 'exchange',
  port: 4004,
  entities: [],
  async start({ database, bus, log }) {
    const note = (line: string) => log.warn({ subgraph: 'exchange' }, line)
    const relay = await startRelay({ source: 'exchange', database, bus, log: note })
    const origins = await startConsumer({
      name: 'case-origins',
      source: 'cases',
      owner: 'exchange',
      handlers: { [serviceCaseReportedType]: receiveReportedCases(note) },
      database,
      bus,
      log: note,
    })
    const subgraph = await createLocalSubgraph({
      name: 'exchange',
      typeDefs: parse(readFileSync(new URL('./schema.graphql', import.meta.url), 'utf8')),
      resolvers,
      contextFor: contextOf(database),
      log,
    })
    return {
      ...subgraph,
      async stop() {
        await subgraph.stop()
        await origins.stop()
        await relay.stop()
      },
    }
  },
}
