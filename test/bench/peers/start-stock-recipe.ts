import { randomBytes, randomUUID } from 'node:crypto'
import { MikroORM } from '@mikro-orm/postgresql'
import pg from 'pg'
import { mintRatingCode } from '../../../subgraphs/evaluations/domain/rating-code.ts'
import { hmacSha256Ring } from '../../../subgraphs/shared/crypto/mac-ring.ts'
import type { HubUnderTest } from '../harness/hub-under-test.ts'
import type { Rateable } from '../harness/rating-supply.ts'
import { type ServerProcess, startServer } from '../harness/server-process.ts'
import { sideDatabase } from '../harness/side-database.ts'
import { stockEntities } from './stock-entities.ts'

export type StockRecipe = {
  server: ServerProcess
  supply(count: number): Promise<Rateable[]>
  storedFaults(caseNumbers: string[]): Promise<string[]>
  stop(): Promise<void>
}

/** Starts the stock recipe on a database of its own in the hub's PostgreSQL server. */
export async function startStockRecipe(hub: HubUnderTest): Promise<StockRecipe> {
  const url = await sideDatabase(hub, 'bench_stock_recipe')
  const orm = await MikroORM.init({ clientUrl: url, entities: stockEntities })
  await orm.schema.create()
  await orm.close()
  const pool = new pg.Pool({ connectionString: url, max: 2 })
  pool.on('error', () => {})
  const key = randomBytes(32)
  const ring = hmacSha256Ring({ current: '1', keys: { 1: key } })
  const server = await startServer('test/bench/peers/stock-recipe.ts', {
    DATABASE_URL: url,
    CODE_KEY: key.toString('base64'),
    NODE_ENV: 'production',
  })
  return {
    server,
    async supply(count) {
      const handles = Array.from({ length: count }, () => randomBytes(6).toString('hex'))
      await pool.query(
        `insert into rateable_cases (id, handle, case_number, department_id)
         select gen_random_uuid(), handle, handle, $2 from unnest($1::text[]) as handle`,
        [handles, randomUUID()],
      )
      const issuedAt = new Date()
      return handles.map(handle => ({
        caseNumber: handle,
        token: mintRatingCode({ kind: 'SCREEN', handle, point: 0, issuedAt }, ring),
      }))
    },
    async storedFaults(caseNumbers) {
      const { rows } = await pool.query<{ ratings: string; events: string }>(
        `with rated as (select e.id from rateable_cases c join evaluations e on e.case_id = c.id where c.case_number = any($1))
         select (select count(*) from rated) as ratings,
           (select count(*) from outbox where payload ->> 'evaluationId' in (select id::text from rated)) as events`,
        [caseNumbers],
      )
      const { ratings, events } = rows[0]!
      const isWhole = Number(ratings) === caseNumbers.length && Number(events) === caseNumbers.length
      return isWhole ? [] : [`${ratings} ratings and ${events} events are stored instead of ${caseNumbers.length}`]
    },
    async stop() {
      await server.end()
      await pool.end()
    },
  }
}
