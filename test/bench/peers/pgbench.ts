import { execFile } from 'node:child_process'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { promisify } from 'node:util'
import pg from 'pg'
import type { Run } from '../harness/benchmark.ts'
import type { HubUnderTest } from '../harness/hub-under-test.ts'
import { startMeter } from '../harness/meter.ts'
import { sideDatabase } from '../harness/side-database.ts'

const execute = promisify(execFile)

/** As many connections as the hub's own pool for ratings has. */
const connections = 10

const statements = {
  freshCase: 'select gen_random_uuid() as case \\gset',
  key: `insert into evaluation_keys values ('410100', :case::uuid, 1, 1, gen_random_uuid(), 'a1b2c3d4e5f60718293a4b5c6d7e8f90', '1');`,
  rating: (caseId: string) =>
    `insert into evaluations select gen_random_uuid(), '410100', ${caseId}, 1, 1, 5, 3, 2, '{}', true, false, now(), null, ` +
    `'/410000/410100/', gen_random_uuid(), null, gen_random_uuid(), gen_random_uuid(), gen_random_uuid();`,
  receipt: 'insert into evaluation_receipts values (:case::text, gen_random_uuid());',
  event:
    'insert into outbox (id, type, subject_id, payload, occurred_at, region_path, hall_id) ' +
    `values (gen_random_uuid(), 'EvaluationSubmitted', gen_random_uuid(), '{"score": 5, "isNegative": false, "policyId": "henan"}', ` +
    `now(), '/410000/410100/', gen_random_uuid());`,
}

/** What the database itself can do: the statements of one rating, from C, without anything in front of it. */
export const pgbenchScripts = {
  'the transaction of a rating': [
    statements.freshCase,
    'begin;',
    statements.key,
    statements.rating(':case::uuid'),
    statements.receipt,
    statements.event,
    'commit;',
  ],
  'one row and no more': [statements.rating('gen_random_uuid()')],
} as const

export type Pgbench = { run(script: keyof typeof pgbenchScripts, seconds: number): Promise<Run>; stop(): Promise<void> }

/** Null where pgbench is not installed. */
export async function preparePgbench(hub: HubUnderTest): Promise<Pgbench | null> {
  if (!(await execute('pgbench', ['--version']).catch(() => null))) return null
  const url = await sideDatabase(hub, 'bench_pgbench')
  const pool = new pg.Pool({ connectionString: url, max: 1 })
  pool.on('error', () => {})
  await copyTables(hub, pool)
  const directory = await mkdtemp(join(tmpdir(), 'hub-pgbench-'))
  return {
    async run(script, seconds) {
      const file = join(directory, 'script.sql')
      await writeFile(file, `${pgbenchScripts[script].join('\n')}\n`)
      const before = await countRows(pool)
      const read = await startMeter({ postgres: (await hub.watched()).postgres! })
      const { stdout } = await execute(
        'pgbench',
        [
          ...['--no-vacuum', '--protocol=prepared', `--client=${connections}`, '--jobs=1'],
          ...[`--time=${seconds}`, `--file=${file}`],
        ],
        { env: { PATH: process.env.PATH, ...connectionEnvironment(url) } },
      )
      const { cpuSeconds } = await read()
      const done = Number(/transactions actually processed: (\d+)/.exec(stdout)?.[1])
      const stored = (await countRows(pool)) - before
      return {
        figures: {
          perSecond: Number(/tps = ([\d.]+)/.exec(stdout)?.[1]),
          p50: Number(/latency average = ([\d.]+)/.exec(stdout)?.[1]),
          databaseCpu: (cpuSeconds.postgres! / done) * 1000,
        },
        faults: stored === done ? [] : [`${stored} rows are stored instead of ${done}`],
      }
    },
    async stop() {
      await pool.end()
      await rm(directory, { recursive: true })
    },
  }
}

/** Not on the command line, where everybody could read the password. */
function connectionEnvironment(url: string) {
  const { hostname, port, username, password, pathname } = new URL(url)
  return { PGHOST: hostname, PGPORT: port, PGUSER: username, PGPASSWORD: password, PGDATABASE: pathname.slice(1) }
}

async function countRows(pool: pg.Pool): Promise<number> {
  const { rows } = await pool.query<{ count: string }>('select count(*) from evaluations')
  return Number(rows[0]!.count)
}

/** Tables with the columns, keys and indexes of the hub's, without policies and partitions: the limit pays for neither. */
async function copyTables(hub: HubUnderTest, pool: pg.Pool): Promise<void> {
  const { rows: columns } = await hub.owner.query<{ table: string; definition: string }>(
    `select c.relname as table, string_agg(format('%I %s%s%s', a.attname, format_type(a.atttypid, a.atttypmod),
       case when a.attidentity <> '' then ' generated always as identity' else '' end,
       case when a.attnotnull then ' not null' else '' end), ', ' order by a.attnum) as definition
     from pg_class c join pg_attribute a on a.attrelid = c.oid and a.attnum > 0 and not a.attisdropped
     where c.relnamespace = 'evaluations'::regnamespace
       and c.relname in ('evaluations', 'evaluation_keys', 'evaluation_receipts', 'outbox')
     group by c.relname`,
  )
  for (const { table, definition } of columns) await pool.query(`create table ${table} (${definition})`)
  const { rows: indexes } = await hub.owner.query<{ definition: string }>(
    `select pg_get_indexdef(i.indexrelid) as definition from pg_index i join pg_class c on c.oid = i.indrelid
     where c.relnamespace = 'evaluations'::regnamespace
       and c.relname in ('evaluations', 'evaluation_keys', 'evaluation_receipts', 'outbox')`,
  )
  for (const { definition } of indexes) {
    await pool.query(definition.replace(/ ON (ONLY )?evaluations\./, ' ON ').replaceAll('evaluations.', ''))
  }
}
