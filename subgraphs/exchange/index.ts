import { readFileSync } from 'node:fs'
import { parse } from 'graphql'
import { startRelay } from '../../db/relay.ts'
import { startConsumer } from '../shared/events/consumer.ts'
import { createLocalSubgraph } from '../shared/local-subgraph.ts'
import type { SubgraphModule } from '../shared/module.ts'
import { receiveReportedCases } from './actions/receive-reported-case.ts'
import { contextOf } from './context.ts'
import { serviceCaseReportedType } from './domain/reported-case.ts'
import { startMessaging } from './messages/start-messaging.ts'
import { resolvers } from './resolvers/index.ts'

/** What crosses the border: linked systems and what came through them (接入), messages to citizens and their replies (短信). */
export const exchange: SubgraphModule = {
  name: 'exchange',
  port: 4004,
  entities: [],
  async start(dependencies) {
    const { database, bus, log } = dependencies
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
    const { messaging, stop: stopMessaging } = startMessaging(dependencies)
    const subgraph = await createLocalSubgraph({
      name: 'exchange',
      typeDefs: parse(readFileSync(new URL('./schema.graphql', import.meta.url), 'utf8')),
      resolvers,
      contextFor: contextOf({ database, now: dependencies.now, messaging }),
      log,
    })
    return {
      ...subgraph,
      async stop() {
        await subgraph.stop()
        await Promise.all([stopMessaging(), origins.stop()])
        await relay.stop()
      },
    }
  },
}
