import type { Transaction } from '../../shared/database.ts'
import { undecided } from './integrity-day-figures.ts'
import { lowestIdAt } from './integrity-touched.ts'

type Span = { from: Date; until: Date }

/** Of each window's ratings with two or more items the commonest level and set within the span, where there are enough (相同选项). */
export function commonestSets(
  { query }: Transaction,
  { from, until }: Span,
  least: number,
): Promise<{ subject: string; identical: number; ratings: number; ids: string[]; from: Date; until: Date }[]> {
  return query(
    `with rated as (
       select e.window_id as subject, e.id, e.evaluated_at, e.level, (select array_agg(item order by item) from unnest(e.items) item) as items
       from evaluations.evaluations e
       where e.id >= $1 and e.id < $2 and e.evaluated_at >= $3 and e.evaluated_at < $4 and not e.is_probe
         and e.window_id is not null and cardinality(e.items) >= 2 and ${undecided('IDENTICAL_SETS')}
     ), sets as (
       select subject, count(*)::int as identical, (sum(count(*)) over (partition by subject))::int as ratings,
         array_agg(id order by id) as ids, min(evaluated_at) as from, max(evaluated_at) as until,
         row_number() over (partition by subject order by count(*) desc, min(id::text)) as place
       from rated group by subject, level, items
     )
     select subject, identical, ratings, ids, sets.from, sets.until from sets where place = 1 and identical >= $5`,
    [lowestIdAt(from), lowestIdAt(until), from, until, least],
  )
}

/** A unit on one channel within the span, and before it. */
export type NegativeFigures = {
  subject: string
  channel: number
  recentRatings: number
  recentNegatives: number
  historyRatings: number
  historyNegatives: number
  /** A few of its ratings, to know where it lies. */
  ids: string[]
}

/** Units that had ratings and no bad one on a channel within the span, with what they had before it (差评消失). */
export function unitsWithoutNegatives(
  { query }: Transaction,
  column: 'department_id' | 'hall_id',
  { from, until }: Span,
  { since, least }: { since: Date; least: number },
): Promise<NegativeFigures[]> {
  return query(
    `select e.${column} as subject, e.channel, count(*) filter (where e.evaluated_at >= $4)::int as "recentRatings",
       count(*) filter (where e.evaluated_at >= $4 and e.level <= 2)::int as "recentNegatives",
       count(*) filter (where e.evaluated_at < $4)::int as "historyRatings",
       count(*) filter (where e.evaluated_at < $4 and e.level <= 2)::int as "historyNegatives",
       (array_agg(e.id order by e.id desc))[1:100] as ids
     from evaluations.evaluations e
     where e.id >= $1 and e.id < $2 and e.evaluated_at >= $3 and e.evaluated_at < $5 and not e.is_probe and e.${column} is not null
     group by e.${column}, e.channel
     having count(*) filter (where e.evaluated_at >= $4) > 0 and count(*) filter (where e.evaluated_at >= $4 and e.level <= 2) = 0
       and count(*) filter (where e.evaluated_at < $4) >= $6`,
    [lowestIdAt(since), lowestIdAt(until), since, from, until, least],
  )
}
