import type { Transaction } from '../../shared/database.ts'
import type { IntegrityKind } from '../domain/integrity-signal.ts'
import { lowestIdAt } from './integrity-touched.ts'

/** Windows or people with a day each, and the span of these days. */
export type SubjectDays = { subjects: readonly string[]; days: readonly string[]; from: Date; until: Date }

/** Figures about one window or person on one day, and the ratings that they rest on. */
export type DayFigures = { subject: string; day: string; ids: string[]; from: Date; until: Date }

const onDays = `from unnest($1::uuid[], $2::date[]) as touched (subject, day)
  join evaluations.evaluations e on e.id >= $3 and e.id < $4 and not e.is_probe
    and e.evaluated_at >= touched.day::timestamp at time zone 'Asia/Shanghai'
    and e.evaluated_at < (touched.day + 1)::timestamp at time zone 'Asia/Shanghai'`

/** Ratings that somebody has decided about are no evidence again. */
export const undecided = (kind: IntegrityKind) =>
  `not exists (select from evaluations.integrity_signal_evaluations known
    where known.evaluation_id = e.id and known.kind = '${kind}' and not known.is_open)`

const bounds = ({ subjects, days, from, until }: SubjectDays) => [subjects, days, lowestIdAt(from), lowestIdAt(until)]

/** Whose ratings are counted: a person's, or a window's. */
export type DayColumn = 'staff_member_id' | 'window_id'

/** The densest span of so many minutes of each day, of good and of bad ratings apart, where it holds enough; all ratings of spans that do. */
export function densestSpans(
  { query }: Transaction,
  column: DayColumn,
  touched: SubjectDays,
  { minutes, least }: { minutes: number; least: number },
): Promise<(DayFigures & { isBad: boolean; peak: number; people: number })[]> {
  return query(
    `with rated as (
       select touched.subject, touched.day, e.id, e.evaluated_at, e.staff_member_id, e.level <= 2 as is_bad,
         count(*) over (partition by touched.subject, touched.day, e.level <= 2 order by e.evaluated_at
           range between make_interval(mins => $5) preceding and current row) as reach
       ${onDays} and e.${column} = touched.subject and ${undecided('BURST')}
     ), marked as (
       select *, max(reach) over (partition by subject, day, is_bad order by evaluated_at
         range between current row and make_interval(mins => $5) following) as densest
       from rated
     )
     select subject, day, is_bad as "isBad", max(reach)::int as peak, array_agg(id order by id) as ids, min(evaluated_at) as from,
       max(evaluated_at) as until, count(distinct staff_member_id)::int as people
     from marked where densest >= $6 group by subject, day, is_bad`,
    [...bounds(touched), minutes, least],
  )
}

/**
 * Of each of these windows or people the mean of the spans of so many minutes that had any rating of a leaning, over the days before; those
 * without are left out. Spans that were as dense as a burst are not counted: whoever rigs every day must not make it usual.
 */
export function usualPaces(
  { query }: Transaction,
  column: DayColumn,
  { subjects, from, until }: Omit<SubjectDays, 'days'>,
  { minutes, least }: { minutes: number; least: number },
): Promise<{ subject: string; isBad: boolean; usual: number }[]> {
  return query(
    `select subject, is_bad as "isBad", avg(ratings)::float8 as usual from (
       select ${column} as subject, level <= 2 as is_bad, count(*) as ratings from evaluations.evaluations
       where ${column} = any ($2::uuid[]) and id >= $3 and id < $4 and evaluated_at >= $5 and evaluated_at < $6 and not is_probe
       group by 1, 2, date_bin(make_interval(mins => $1), evaluated_at, 'epoch') having count(*) < $7) as spans
     group by subject, is_bad`,
    [minutes, subjects, lowestIdAt(from), lowestIdAt(until), from, until, least],
  )
}

/** Ratings given at one window less than a second apart, each proved by being there; and how many of them at its device. */
export function ratingsWithinASecond(
  { query }: Transaction,
  touched: SubjectDays,
): Promise<(DayFigures & { ratings: number; atDevice: number })[]> {
  return query(
    `with rated as (
       select touched.subject, touched.day, e.id, e.evaluated_at, p.identified_by,
         e.evaluated_at - lag(e.evaluated_at) over window_day as before, lead(e.evaluated_at) over window_day - e.evaluated_at as after
       ${onDays} and e.window_id = touched.subject and e.level >= 3 and ${undecided('SUB_SECOND')}
       join evaluations.evaluation_people p on p.evaluation_id = e.id and p.identified_by in ('DEVICE', 'SCREEN_CODE')
       window window_day as (partition by touched.subject, touched.day order by e.evaluated_at, e.id)
     )
     select subject, day, count(*)::int as ratings, count(*) filter (where identified_by = 'DEVICE')::int as "atDevice",
       array_agg(id order by id) as ids, min(evaluated_at) as from, max(evaluated_at) as until
     from rated where least(before, after) < interval '1 second' group by subject, day`,
    bounds(touched),
  )
}

/** Good first ratings that came sooner after the closing than so many seconds, or shortly before it; not those of cases beyond their limit. */
export function ratingsAroundClosing(
  { query }: Transaction,
  touched: SubjectDays,
  { seconds, minutesBefore }: { seconds: number; minutesBefore: number },
): Promise<(DayFigures & { ratings: number; soonest: number })[]> {
  return query(
    `select touched.subject, touched.day, count(*)::int as ratings,
       min(extract(epoch from e.evaluated_at - c.closed_at))::float8 as soonest,
       array_agg(e.id order by e.id) as ids, min(e.evaluated_at) as from, max(e.evaluated_at) as until
     ${onDays} and coalesce(e.staff_member_id, e.window_id) = touched.subject and e.level >= 3 and e.round = 1
       and ${undecided('BEFORE_CLOSING')}
     join evaluations.rateable_cases c on c.case_id = e.case_id and e.service_number = 1
       and e.evaluated_at < c.closed_at + make_interval(secs => $5) and e.evaluated_at >= c.closed_at - make_interval(mins => $6)
       and coalesce(e.evaluated_at <= coalesce(c.legal_limit_at, c.promised_at), true)
     group by touched.subject, touched.day`,
    [...bounds(touched), seconds, minutesBefore],
  )
}
