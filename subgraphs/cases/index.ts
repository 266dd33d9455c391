import { randomBytes } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { hash } from '@node-rs/argon2'
import { parse } from 'graphql'
import { startRelay } from '../../db/relay.ts'
import { startConsumer } from '../shared/events/consumer.ts'
import { followLog } from '../shared/events/log-tail.ts'
import { staticCodesChangedType } from '../shared/events/static-codes-changed.ts'
import { createLocalSubgraph } from '../shared/local-subgraph.ts'
import type { SubgraphModule } from '../shared/module.ts'
import { sweepSilentUploads } from '../shared/uploads/sweep-silent-uploads.ts'
import { caseUploadTables } from './actions/case-uploads.ts'
import { seedCalendar } from './actions/keep-calendar.ts'
import { keepStaticCodeCoverage } from './actions/keep-static-code-coverage.ts'
import { watchCalendar } from './actions/watch-calendar.ts'
import { type CasesContext, type CasesParts, createContext } from './context.ts'
import { resolvers } from './resolvers/index.ts'
import { AccountSchema } from './store/account.entity.ts'
import { SessionSchema } from './store/session.entity.ts'
import { createUnknownNames } from './store/unknown-names.ts'

/** The directory and the service cases (目录与办件): where, by whom, for whom. */
export const cases: SubgraphModule = {
  name: 'cases',
  port: 4001,
  entities: [AccountSchema, SessionSchema],
  async start({ database, bus, crypto, now, log }) {
    const line = (text: string) => log.warn({ subgraph: 'cases' }, text)
    await seedCalendar({ database, now })
    const relay = await startRelay({ source: 'cases', database, bus, log: line })
    const tail = await followLog({ source: 'cases', database, bus, log: line })
    const coverage = await startConsumer({
      name: 'static-code-coverage',
      source: 'evaluations',
      owner: 'cases',
      handlers: { [staticCodesChangedType]: keepStaticCodeCoverage },
      database,
      bus,
      log: line,
    })
    const calendar = watchCalendar({ database, now, log: line })
    const uploads = sweepSilentUploads({ database, now, tables: caseUploadTables, log: line })
    const unknownNames = createUnknownNames()
    const decoyHash = await hash(randomBytes(32))
    const parts: CasesParts = { database, crypto, now, tail, unknownNames, decoyHash }
    const subgraph = await createLocalSubgraph<CasesContext>({
      name: 'cases',
      typeDefs: parse(readFileSync(new URL('schema.graphql', import.meta.url), 'utf8')),
      resolvers,
      contextFor: viewer => createContext(parts, viewer),
      log,
    })
    return {
      ...subgraph,
      async stop() {
        await subgraph.stop()
        await Promise.all([coverage.stop(), tail.stop(), calendar.stop(), uploads.stop()])
        await relay.stop()
      },
    }
  },
}
