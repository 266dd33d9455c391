import type { Transaction } from '../../shared/database.ts'
import { type RatedService, type RatedServiceRow, ratedServiceOf } from './rated-service.ts'

/**
 * The service to which an SMS link (短信链接) invites, by the hashes of its token; null when no invitation has one. Names of window and
 * staff are those of the invitation's day; where the case was handed on since, they are left out.
 */
export async function serviceOfSmsLink(
  { query }: Transaction,
  tokenHashes: readonly string[],
): Promise<RatedService | null> {
  const [row] = await query<RatedServiceRow>(
    `select i.service_number, to_json(served) as served, known.*,
       (select true from evaluations.evaluation_keys k
         where k.city_code = known.city_code and k.subject_id = known.case_id
           and k.service_number = i.service_number and k.round = 1 limit 1) is not null as is_evaluated
     from evaluations.sms_invitations i
     join evaluations.rateable_cases known on known.case_id = i.case_id
     cross join lateral (
       select i.region_path, i.department_id, i.line_id, i.hall_id, i.window_id, i.staff_member_id,
         known.department_name, known.hall_name, null::text as terminal_number,
         case when known.window_id = i.window_id then known.window_number end as window_number,
         case when known.staff_member_id = i.staff_member_id then known.staff_number end as staff_number,
         case when known.staff_member_id = i.staff_member_id then known.staff_name end as staff_name
     ) served
     where i.token_hash = any ($1)`,
    [tokenHashes],
  )
  return row ? ratedServiceOf(row) : null
}
