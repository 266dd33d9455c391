import type pg from 'pg'
import { newId } from '../../../subgraphs/shared/uuid.ts'
import type { ServicePoint } from '../harness/service-points.ts'

/** Silent cases that turn seven days old together, and the last of them in the order of the sweep. */
export type SilentCases = { limitId: string; count: number; lastCaseId: string }

/** Ids as cases have them: the milliseconds of a working day seven days ago, then random. */
const caseId = `(lpad(to_hex((extract(epoch from now() - interval '7 days 8 hours') * 1000)::bigint + n * 28), 12, '0')
  || '7' || substr(md5(random()::text), 1, 3) || '8' || substr(md5(random()::text), 1, 15))::uuid`

/** Writes closed cases at these points as the consumer of their facts would have, with how their days were counted; none is due yet. */
export async function prepareSilentCases(owner: pg.Pool, points: ServicePoint[], count: number): Promise<SilentCases> {
  const limitId = newId()
  await owner.query(
    `insert into evaluations.default_limits (id, policy_id, policy_version, base_event, base_day, level, ends_at, explanation)
     values ($1, 'sanmenxia', 1, 'SERVICE', (now() - interval '8 days')::date, 3, now(), '[]')`,
    [limitId],
  )
  await owner.query(
    `insert into evaluations.rateable_cases (case_id, city_code, case_number, data_version, is_valid, state, accepted_at, closed_at, reported_at,
       policy_id, matter_id, matter_name, department_name, region_path, department_id, hall_id, window_id)
     select ${caseId}, '410100', $2 || n, 1, true, 'CLOSED', now() - interval '8 days', now() - interval '8 days', now() - interval '8 days',
       'sanmenxia', gen_random_uuid(), '养老保险待遇核定', '市人社局', point.region_path, point.department_id, point.hall_id, point.window_id
     from generate_series(1, $1::int) n
     join unnest($3::text[], $4::uuid[], $5::uuid[], $6::uuid[]) with ordinality
       as point (region_path, department_id, hall_id, window_id, number) on point.number = n % $7 + 1`,
    [
      count,
      `S${limitId.slice(-12)}`,
      points.map(({ regionPath }) => regionPath),
      points.map(({ departmentId }) => departmentId),
      points.map(({ hallId }) => hallId),
      points.map(({ windowId }) => windowId),
      points.length,
    ],
  )
  const { rows } = await owner.query<{ last: string }>(
    `select case_id as last from evaluations.rateable_cases where case_number like $1 order by case_id desc limit 1`,
    [`S${limitId.slice(-12)}%`],
  )
  return { limitId, count, lastCaseId: rows[0]!.last }
}

/** Midnight: all of them are due from the commit on. `beforeCommit` runs when everything but the commit is done. */
export async function strikeMidnight(
  owner: pg.Pool,
  { limitId }: SilentCases,
  beforeCommit: () => void,
): Promise<void> {
  const client = await owner.connect()
  try {
    await client.query('begin')
    await client.query(
      `insert into evaluations.default_dues (case_id, service_number, due_at, limit_id, base_at)
       select case_id, 1, now(), $1, closed_at from evaluations.rateable_cases where case_number like $2`,
      [limitId, `S${limitId.slice(-12)}%`],
    )
    beforeCommit()
    await client.query('commit')
  } finally {
    client.release()
  }
}

/** Faults of what the sweep left: every silent case must have exactly one default, and nothing may be due any more. */
export async function defaultFaults(owner: pg.Pool, { limitId, count }: SilentCases): Promise<string[]> {
  const { rows } = await owner.query<{ made: number; services: number; due: number }>(
    `select count(*)::int as made, count(distinct (case_id, service_number))::int as services,
       (select count(*)::int from evaluations.default_dues where limit_id = $1) as due
     from evaluations.default_evaluations where limit_id = $1`,
    [limitId],
  )
  const { made, services, due } = rows[0]!
  return made === count && services === count && due === 0
    ? []
    : [`${made} defaults of ${services} services were made instead of ${count}, ${due} are still due`]
}
