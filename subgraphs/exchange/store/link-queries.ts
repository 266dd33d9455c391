import type { Transaction } from '../../shared/database.ts'

/** One linked window, queue or business system (接入). */
export type Link = {
  id: string
  sourceSystem: string
  name: string
  mode: 'WHOLE_CENTER' | 'PER_SYSTEM'
  state: 'PLANNED' | 'CONNECTED' | 'TRIAL' | 'LIVE'
  regionId: string
  hallId: string | null
  lastCaseAt: Date | null
  caseCount: number
}

const linkColumns = `l.id, l.source_system as "sourceSystem", l.name, l.mode, l.state, l.region_id as "regionId",
  l.hall_id as "hallId", l.last_case_at as "lastCaseAt", l.case_count::float8 as "caseCount"`

/** Silent longest first; links that never brought a case come before all others. */
const silentLongestFirst = `coalesce(l.last_case_at, '-infinity'), l.id`

export function linksById({ query }: Transaction, ids: readonly string[]): Promise<Link[]> {
  return query<Link>(`select ${linkColumns} from exchange.links l where l.id = any ($1::uuid[])`, [ids])
}

/** @param after the last row of the page before */
export function linksPage(
  { query }: Transaction,
  after: { at: string | null; id: string } | null,
  limit: number,
): Promise<Link[]> {
  return query<Link>(
    `select ${linkColumns} from exchange.links l
     where $2::uuid is null or (${silentLongestFirst}) > (coalesce($1::timestamptz, '-infinity'), $2)
     order by ${silentLongestFirst} limit $3`,
    [after?.at ?? null, after?.id ?? null, limit],
  )
}

/** Of each hall at most a hundred. */
export function linksOfHalls(
  { query }: Transaction,
  hallIds: readonly string[],
): Promise<(Link & { hallId: string })[]> {
  return query(
    `select l.* from unnest($1::uuid[]) as wanted(hall_id) cross join lateral (
       select ${linkColumns} from exchange.links l
       where l.hall_id = wanted.hall_id order by ${silentLongestFirst} limit 100
     ) l`,
    [hallIds],
  )
}

/** The link through which each case came; cases of systems that are not registered have none. */
export function linksOfCases(
  { query }: Transaction,
  caseIds: readonly string[],
): Promise<(Link & { caseId: string })[]> {
  return query(
    `select origin.case_id as "caseId", ${linkColumns}
     from exchange.case_origins origin join exchange.links l on l.source_system = origin.source_system
     where origin.case_id = any ($1::uuid[])`,
    [caseIds],
  )
}
