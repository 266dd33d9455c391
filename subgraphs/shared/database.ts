import { type EntityManager, type EntitySchema, MikroORM } from '@mikro-orm/postgresql'
import pg from 'pg'
import { createPreparedStatements, type PreparedStatements } from './prepared-statements.ts'
import { reclaimEndedConnections } from './reclaim-connections.ts'
import { StartRefusal } from './start-refusal.ts'
import type { Scope } from './viewer.ts'

/** One transaction under one scope: the unit of work for commands, and hand-written SQL on the same connection. */
export type Transaction = {
  em: EntityManager
  /** Runs SQL with `$1` parameters. */
  query<Row extends object = Record<string, unknown>>(sql: string, parameters?: unknown[]): Promise<Row[]>
}

export type Database = {
  /** BEGIN, set the scope, work, COMMIT (decision 3). Everything read or written goes through here. */
  inScope<T>(scope: Scope, work: (transaction: Transaction) => Promise<T>): Promise<T>
  /** Calls back whenever the channel is notified, and once after every reconnect, since notifications may have been missed then. */
  listen(channel: string, wake: () => void): Promise<{ stop(): Promise<void> }>
  /** The pool below, for COPY, advisory locks and health; never for reading rows without a scope. */
  pool(): Promise<pg.Pool>
  close(): Promise<void>
}

/** Opens the application role's connection pool. Refuses a role that could pass by row-level security. */
export async function openDatabase(options: {
  url: string
  entities: EntitySchema[]
  applicationName: string
  poolSize?: number
}): Promise<Database> {
  const statements = createPreparedStatements()
  const orm = await MikroORM.init({
    clientUrl: options.url,
    entities: options.entities,
    discovery: { warnWhenNoEntities: false },
    pool: { min: 0, max: options.poolSize ?? 10 },
    driverOptions: {
      application_name: options.applicationName,
      connectionTimeoutMillis: 5_000,
      keepAlive: true,
      types: { getTypeParser },
      onPoolCreated: reclaimEndedConnections,
      Client: statements.Client,
    },
    forceUtcTimezone: true,
  })
  const native = async () => (await orm.em.getConnection().getNativeClient()) as pg.Pool
  try {
    await refuseBypass(await native())
  } catch (error) {
    await orm.close(true)
    throw error
  }
  return {
    inScope: (scope, work) =>
      orm.em
        .fork()
        .transactional(async em => work({ em: em as EntityManager, query: queryOn(em as EntityManager, statements) }), {
          sessionContext: { variables: { 'hub.scope': JSON.stringify(scope) } },
        } as never),
    listen: (channel, wake) => listen(options.url, channel, wake),
    pool: native,
    close: () => orm.close(true),
  }
}

/** Instants come as `Date`, days as `yyyy-mm-dd`: MikroORM by itself would leave both as text. */
function getTypeParser(oid: number, format?: 'text' | 'binary') {
  return oid === pg.types.builtins.DATE ? (text: string) => text : pg.types.getTypeParser(oid, format as 'text')
}

function queryOn(em: EntityManager, statements: PreparedStatements): Transaction['query'] {
  return async (sql, parameters = []) => {
    statements.keep(sql)
    const context = em.getTransactionContext() as { executeQuery(query: object): Promise<{ rows: never[] }> }
    const compiled = { sql, parameters, query: { kind: 'RawNode' }, queryId: { queryId: '' } }
    const result = await context.executeQuery(compiled).catch(error => {
      statements.renew(sql, error)
      throw error
    })
    return result.rows
  }
}

/** Decision 2: start refuses when the application role owns tables or may bypass row-level security. */
async function refuseBypass(pool: pg.Pool): Promise<void> {
  const { rows } = await pool.query<{ bypasses: boolean; owns: boolean }>(`
    select rolsuper or rolbypassrls as bypasses,
      exists (select 1 from pg_tables where schemaname in ('cases', 'evaluations', 'workflow', 'exchange') and tableowner = current_user) as owns
    from pg_roles where rolname = current_user`)
  if (rows[0]?.bypasses || rows[0]?.owns) throw new ApplicationRoleTooStrong()
}

/** The login of DATABASE_URL could see every row whatever the scope says. */
export class ApplicationRoleTooStrong extends StartRefusal {
  constructor() {
    super(
      'APPLICATION_ROLE_TOO_STRONG',
      'DATABASE_URL 的登录角色拥有数据表或可绕过行级安全，拒绝启动；请另建普通角色，把属主放在 DATABASE_OWNER_URL。',
      'The login of DATABASE_URL owns tables or may bypass row-level security; give it a plain role and put the owner into DATABASE_OWNER_URL.',
    )
  }
}

async function listen(url: string, channel: string, wake: () => void): Promise<{ stop(): Promise<void> }> {
  let client: pg.Client | null = null
  let retry: NodeJS.Timeout | null = null
  let stopped = false
  const attach = async () => {
    const next = new pg.Client({ connectionString: url, application_name: `hub-listen-${channel}`, keepAlive: true })
    const lost = () => {
      if (stopped || client !== next) return
      client = null
      next.end().catch(() => {})
      retry = setTimeout(() => void attach().catch(lostBeforeAttached), 500)
    }
    const lostBeforeAttached = () => {
      if (!stopped) retry = setTimeout(() => void attach().catch(lostBeforeAttached), 500)
    }
    next.on('error', lost)
    next.on('end', lost)
    next.on('notification', () => wake())
    await next.connect()
    await next.query(`listen ${next.escapeIdentifier(channel)}`)
    client = next
    wake()
  }
  await attach()
  return {
    stop: async () => {
      stopped = true
      if (retry) clearTimeout(retry)
      await client?.end().catch(() => {})
    },
  }
}
