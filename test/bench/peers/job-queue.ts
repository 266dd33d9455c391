import pg from 'pg'
import type { Run } from '../harness/benchmark.ts'
import type { HubUnderTest } from '../harness/hub-under-test.ts'
import { startMeter } from '../harness/meter.ts'
import { sideDatabase } from '../harness/side-database.ts'

const workers = 10

const tables = `
  create table jobs (id bigint generated always as identity primary key, case_id uuid not null, run_at timestamptz not null);
  create index on jobs (run_at, id);
  create table default_evaluations (case_id uuid primary key, city_code text not null, level smallint not null, due_at timestamptz not null,
    made_at timestamptz not null, region_path text not null, department_id uuid not null, hall_id uuid not null, window_id uuid not null)`
const oneDefault = `insert into default_evaluations values ($1, '410100', 3, now(), now(), '/410000/410100/', $1, $1, $1)`

export type JobQueue = {
  /** So many defaults, one delayed job each: taken, done and deleted in a transaction, by ten workers at once. */
  runJobs(count: number): Promise<Run>
  /** So many rows of the same width by one INSERT … SELECT, with nothing checked: what the machine allows. */
  insertSelect(count: number): Promise<Run>
  stop(): Promise<void>
}

/** What one builds from the manual of any job queue on PostgreSQL, on the very same server, without row-level security. */
export async function startJobQueue(hub: HubUnderTest): Promise<JobQueue> {
  const pool = new pg.Pool({ connectionString: await sideDatabase(hub, 'bench_jobs'), max: workers })
  pool.on('error', () => {})
  await pool.query(tables)

  async function timed(count: number, work: () => Promise<unknown>): Promise<Run> {
    const read = await startMeter({ postgres: (await hub.watched()).postgres! })
    const startedAt = performance.now()
    await work()
    const seconds = (performance.now() - startedAt) / 1000
    const { cpuSeconds } = await read()
    const { rows } = await pool.query<{ made: number }>('select count(*)::int as made from default_evaluations')
    await pool.query('truncate default_evaluations, jobs')
    return {
      figures: { perSecond: count / seconds, databaseCpu: (cpuSeconds.postgres! / count) * 1_000_000 },
      faults: rows[0]!.made === count ? [] : [`${rows[0]!.made} defaults were made instead of ${count}`],
    }
  }

  return {
    async runJobs(count) {
      await pool.query(
        'insert into jobs (case_id, run_at) select gen_random_uuid(), now() from generate_series(1, $1::int)',
        [count],
      )
      return timed(count, () => Promise.all(Array.from({ length: workers }, () => work(pool))))
    },
    insertSelect: count =>
      timed(count, () =>
        pool.query(
          `insert into default_evaluations select gen_random_uuid(), '410100', 3, now(), now(), '/410000/410100/', gen_random_uuid(),
             gen_random_uuid(), gen_random_uuid() from generate_series(1, $1::int)`,
          [count],
        ),
      ),
    stop: () => pool.end(),
  }
}

async function work(pool: pg.Pool): Promise<void> {
  const client = await pool.connect()
  try {
    for (;;) {
      await client.query('begin')
      const { rows } = await client.query<{ case_id: string }>(
        `delete from jobs where id = (select id from jobs where run_at <= now() order by run_at, id limit 1 for update skip locked)
         returning case_id`,
      )
      if (rows[0]) await client.query(oneDefault, [rows[0].case_id])
      await client.query('commit')
      if (!rows[0]) return
    }
  } finally {
    client.release()
  }
}
