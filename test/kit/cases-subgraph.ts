import { type DocumentNode, parse } from 'graphql'
import { cases } from '../../subgraphs/cases/index.ts'
import type { Bus } from '../../subgraphs/shared/bus/bus.ts'
import { createMemoryBus } from '../../subgraphs/shared/bus/memory-bus.ts'
import { type CryptoPort, createCrypto } from '../../subgraphs/shared/crypto/crypto-port.ts'
import { generateSecretKeys } from '../../subgraphs/shared/crypto/secret-keys.ts'
import { type Database, openDatabase } from '../../subgraphs/shared/database.ts'
import type { ServableSubgraph } from '../../subgraphs/shared/local-subgraph.ts'
import type { Viewer } from '../../subgraphs/shared/viewer.ts'
import { seedSmallDirectory } from './small-directory.ts'
import { createTestDatabase } from './test-database.ts'

export type CasesScene = {
  /** Login of the owner, for tests that change the tables themselves. */
  ownerUrl: string
  database: Database
  crypto: CryptoPort
  /** Over which the subgraph hears of others. */
  bus: Bus
  subgraph: ServableSubgraph
  /** The injected clock: tests move it. */
  clock: { now: Date }
  /** How many transactions the subgraph has begun so far. */
  transactions(): number
  /** What the subgraph logged: bugs end there. */
  logged: string[]
  /** Asks as a viewer; the data of the answer, or an error that carries the errors of the answer. */
  ask<Data = Record<string, unknown>>(viewer: Viewer, text: string, variables?: Record<string, unknown>): Promise<Data>
  /** Codes of the top-level errors of an answer. */
  refusedWith(viewer: Viewer, text: string, variables?: Record<string, unknown>): Promise<unknown[]>
  stop(): Promise<void>
}

/** The cases subgraph on a database of its own, with the small directory unless something else is seeded, at 2026-11-20 10:00 in Shanghai. */
export async function openCasesScene({
  seed = seedSmallDirectory,
  crypto = createCrypto(generateSecretKeys()),
}: {
  seed?: (database: Database) => Promise<unknown>
  crypto?: CryptoPort
} = {}): Promise<CasesScene> {
  const server = await createTestDatabase()
  const database = await openDatabase({
    url: server.applicationUrl,
    entities: cases.entities,
    applicationName: 'test-cases',
    poolSize: 12,
  })
  await seed(database)
  const clock = { now: new Date('2026-11-20T02:00:00.000Z') }
  const logged: string[] = []
  const note = (fields: object, text: string) => {
    logged.push(`${text} ${JSON.stringify(fields, (_key, value) => (value instanceof Error ? value.stack : value))}`)
  }
  const bus = createMemoryBus()
  let transactions = 0
  const counted: Database = {
    ...database,
    inScope: (scope, work) => {
      // The relay and the log's follower work on their own.
      if (scope.reach !== 'EVERYTHING') transactions += 1
      return database.inScope(scope, work)
    },
  }
  const subgraph = await cases.start({
    database: counted,
    bus,
    crypto,
    now: () => clock.now,
    log: { info: note, warn: note, error: note },
    publicUrl: 'http://127.0.0.1:4000',
    picturesUrl: 'file:///tmp/hub-test-pictures',
    smsUrl: null,
    peer: () => {
      throw new Error('cases asks no other subgraph')
    },
  })
  const documents = new Map<string, DocumentNode>()
  const execute = (viewer: Viewer, text: string, variables: Record<string, unknown>) => {
    const document = documents.get(text) ?? parse(text)
    documents.set(text, document)
    return subgraph.execute({ document, variables, viewer })
  }
  return {
    ownerUrl: server.ownerUrl,
    database,
    crypto,
    bus,
    subgraph,
    clock,
    transactions: () => transactions,
    logged,
    async ask(viewer, text, variables = {}) {
      const { data, errors } = await execute(viewer, text, variables)
      if (errors) throw new Error(`${text}\n${JSON.stringify(errors)}\n${logged.join('\n')}`)
      return data as never
    },
    async refusedWith(viewer, text, variables = {}) {
      const { errors = [] } = await execute(viewer, text, variables)
      return errors.map(error => error.extensions?.code)
    },
    async stop() {
      await subgraph.stop()
      await database.close()
      await server.drop()
    },
  }
}
