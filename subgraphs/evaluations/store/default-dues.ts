import type { Transaction } from '../../shared/database.ts'
import type { DefaultDue, SilenceLimit } from '../domain/silence-limit.ts'
import { type KnownCase, type KnownCaseColumns, knownCaseOf } from './known-case.ts'

/** A service by its case and number. */
export type ServiceKey = { caseId: string; serviceNumber: number }

/**
 * Plans the default of a silent service, or moves it when its case was corrected. The first count stands while its base does: a policy or
 * calendar that comes later rewrites nothing. A service that has its rating or its default is not planned.
 */
export async function planDefault(
  { query }: Transaction,
  { cityCode, caseId, serviceNumber }: ServiceKey & { cityCode: string },
  due: DefaultDue,
): Promise<void> {
  await query(
    `with counted as (
       insert into evaluations.default_limits (id, policy_id, policy_version, base_event, base_day, level, ends_at, explanation)
       select "id", "policyId", "policyVersion", "baseEvent", "baseDay", "level", "endsAt", "explanation"
       from json_to_record($1::json) as l ("id" uuid, "policyId" text, "policyVersion" int, "baseEvent" text, "baseDay" date,
         "level" smallint, "endsAt" timestamptz, "explanation" jsonb)
       where $1 is not null on conflict do nothing
     )
     insert into evaluations.default_dues as kept (case_id, service_number, due_at, limit_id, base_at)
     select $2, $3, $4, $5, $6
     where not exists (select from evaluations.default_evaluations d where d.case_id = $2 and d.service_number = $3 and d.city_code = $7)
       and not exists (select from evaluations.evaluation_keys k
         where k.city_code = $7 and k.subject_id = $2 and k.service_number = $3 and k.round = 1)
     on conflict (case_id, service_number) do update set
       base_at = excluded.base_at,
       limit_id = case when kept.base_at = excluded.base_at then coalesce(kept.limit_id, excluded.limit_id) else excluded.limit_id end,
       due_at = case when kept.base_at = excluded.base_at and kept.limit_id is not null
         then greatest((select l.ends_at from evaluations.default_limits l where l.id = kept.limit_id), $8::timestamptz)
         else excluded.due_at end`,
    [
      due.limit && JSON.stringify(due.limit satisfies SilenceLimit),
      caseId,
      serviceNumber,
      due.dueAt,
      due.limit?.id ?? null,
      due.baseAt,
      cityCode,
      due.closedAt,
    ],
  )
}

/** The case was opened again or voided: no default is due. */
export async function dropDefault({ query }: Transaction, { caseId, serviceNumber }: ServiceKey): Promise<void> {
  await query(`delete from evaluations.default_dues where case_id = $1 and service_number = $2`, [
    caseId,
    serviceNumber,
  ])
}

/** Services whose days could not be counted yet, with their cases, by case, behind the one given; each locked for this transaction. */
export async function waitingDefaults(
  { query }: Transaction,
  after: string | null,
  limit: number,
): Promise<{ serviceNumber: number; serviceCase: KnownCase }[]> {
  const rows = await query<{ silent_number: number } & KnownCaseColumns>(
    `select d.service_number as silent_number, known.*
     from evaluations.default_dues d join evaluations.rateable_cases known on known.case_id = d.case_id
     where d.due_at is null and ($1::uuid is null or d.case_id > $1) order by d.case_id limit $2 for update of d skip locked`,
    [after, limit],
  )
  return rows.map(row => ({ serviceNumber: row.silent_number, serviceCase: knownCaseOf(row) }))
}

/** Where a pass over what is due has got to. */
export type SweepPosition = { dueAt: Date; caseId: string; serviceNumber: number }

/** The earliest first of all: every due default lies behind it. */
export const beforeAll: SweepPosition = {
  dueAt: new Date(0),
  caseId: '00000000-0000-0000-0000-000000000000',
  serviceNumber: 0,
}

/**
 * Makes the defaults that are due behind a position, in one statement: taken from the queue, written once each unless somebody rated the
 * service or the case is void, open or a probe. Each table is entered by its key, whatever the planner believes of its size. Rows that another copy is at are passed over. Answers how many were taken and made, and the last one.
 *
 * @param limit most of one transaction
 */
export async function makeDueDefaults(
  { query }: Transaction,
  { now, after, limit }: { now: Date; after: SweepPosition; limit: number },
): Promise<{ taken: number; made: number; last: SweepPosition | null }> {
  // Of what is due a chunk is the first entries of the index; left to itself the planner sorts the whole million for each (measured).
  await query(`select set_config('enable_sort', 'off', true), set_config('enable_bitmapscan', 'off', true)`)
  const [answer] = await query<{
    taken: number
    made: number
    due_at: Date | null
    case_id: string | null
    service_number: number | null
  }>(
    `with due as materialized (
       select *, ctid as place from evaluations.default_dues
       where due_at <= $1 and (due_at, case_id, service_number) > ($2, $3, $4)
       order by due_at, case_id, service_number limit $5 for update skip locked
     ), gone as (
       delete from evaluations.default_dues where ctid = any (array(select place from due))
     ), made as (
       insert into evaluations.default_evaluations (case_id, service_number, city_code, level, base_at, due_at, made_at, limit_id,
         region_path, department_id, line_id, hall_id, window_id, staff_member_id)
       select due.case_id, due.service_number, known.city_code, counted.level, due.base_at, due.due_at, $1, due.limit_id,
         known.region_path, known.department_id, known.line_id, known.hall_id, known.window_id, known.staff_member_id
       from due
       cross join lateral (select level from evaluations.default_limits l where l.id = due.limit_id limit 1) counted
       cross join lateral (select * from evaluations.rateable_cases r where r.case_id = due.case_id limit 1) known
       where known.state = 'CLOSED' and known.is_valid and not known.is_probe
         and (select true from evaluations.evaluation_keys k
           where k.city_code = known.city_code and k.subject_id = due.case_id and k.service_number = due.service_number and k.round = 1
           limit 1) is null
       on conflict do nothing returning case_id
     ), last as (
       select due_at, case_id, service_number from due order by due_at desc, case_id desc, service_number desc limit 1
     )
     select (select count(*)::int from due) as taken, (select count(*)::int from made) as made, last.* from (select) one left join last on true`,
    [now, after.dueAt, after.caseId, after.serviceNumber, limit],
  )
  const { taken, made, due_at, case_id, service_number } = answer!
  return {
    taken,
    made,
    last: due_at && { dueAt: due_at, caseId: case_id!, serviceNumber: service_number! },
  }
}
