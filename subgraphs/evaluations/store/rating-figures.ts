import type { Transaction } from '../../shared/database.ts'
import type { RatingTally } from '../domain/rating-figures.ts'
import { lowestIdAt } from './integrity-touched.ts'

/** Which ratings are counted; what is null does not narrow it. */
export type FigureSelection = {
  from: Date
  until: Date
  regionCode: string | null
  departmentId: string | null
  hallId: string | null
  windowId: string | null
  staffMemberId: string | null
}

const placed = `($3::text is null or region_path like '%/' || $3 || '/%') and ($4::uuid is null or department_id = $4)
  and ($5::uuid is null or hall_id = $5) and ($6::uuid is null or window_id = $6) and ($7::uuid is null or staff_member_id = $7)`

const parameters = ({ from, until, ...place }: FigureSelection) => [
  from,
  until,
  place.regionCode,
  place.departmentId,
  place.hallId,
  place.windowId,
  place.staffMemberId,
]

/** Ratings that people gave, by level, channel and standing; without probes and ratings of the platform. */
export function ratingTallies({ query }: Transaction, selection: FigureSelection): Promise<RatingTally[]> {
  return query<RatingTally>(
    `with judged as (
       select level, channel, case
         when exists (select from evaluations.evaluation_invalidations i where i.evaluation_id = e.id and i.revokes_id is null
           and not exists (select from evaluations.evaluation_invalidations r where r.revokes_id = i.id)) then 'INVALID'
         when exists (select from evaluations.integrity_signal_evaluations s where s.evaluation_id = e.id and s.is_open) then 'SUSPECTED'
         else 'COUNTED' end as standing
       from evaluations.evaluations e
       where e.id >= $8 and e.id < $9 and evaluated_at >= $1 and evaluated_at < $2 and not is_probe and subject_kind <> 'PLATFORM' and ${placed}
     )
     select level, channel, standing, count(*)::int as count from judged group by level, channel, standing`,
    [...parameters(selection), lowestIdAt(selection.from), lowestIdAt(selection.until)],
  )
}

/** Defaults (默认评价) made in the period whose service nobody has rated since. */
export async function countDefaults({ query }: Transaction, selection: FigureSelection): Promise<number> {
  const [row] = await query<{ count: number }>(
    `select count(*)::int as count from evaluations.default_evaluations d
     where made_at >= $1 and made_at < $2 and ${placed} and not exists (
       select from evaluations.evaluation_keys k
       where k.city_code = d.city_code and k.subject_id = d.case_id and k.service_number = d.service_number and k.round = 1)`,
    parameters(selection),
  )
  return row!.count
}
