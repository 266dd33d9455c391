import type { Transaction } from '../../shared/database.ts'
import { type KnownCase, type KnownCaseColumns, knownCaseOf } from './known-case.ts'
import { type RatedService, type RatedServiceRow, ratedServiceOf } from './rated-service.ts'

const isRated = (service: string) => `exists (
  select from evaluations.evaluation_keys k
  where k.city_code = known.city_code and k.subject_id = known.case_id and k.service_number = ${service} and k.round = 1)`

/** The services of these cases that nobody has rated, within the scope of the transaction, the latest closed first; a default rating counts as none. */
export async function unratedServices(
  { query }: Transaction,
  caseIds: readonly string[],
): Promise<{ serviceCase: KnownCase; serviceNumber: number }[]> {
  const rows = await query<KnownCaseColumns & { service_number: number }>(
    `select known.*, service.service_number from evaluations.rateable_cases known
     cross join lateral (
       select 1::smallint as service_number union
       select c.service_number from evaluations.case_codes c where c.case_id = known.case_id
     ) service
     where known.case_id = any ($1::uuid[]) and known.state = 'CLOSED' and known.is_valid and not known.is_probe
       and not ${isRated('service.service_number')}
     order by known.closed_at desc, known.case_id desc, service.service_number`,
    [caseIds],
  )
  return rows.map(row => ({ serviceCase: knownCaseOf(row), serviceNumber: row.service_number }))
}

/**
 * One service of a case within the scope of the transaction; null when the case is unknown there, or has no such service: all have a first
 * one, further ones are known by their codes. Who served is who stood in the last code, or else in the case.
 */
export async function phoneService(
  { query }: Transaction,
  caseId: string,
  serviceNumber: number,
): Promise<RatedService | null> {
  const [row] = await query<RatedServiceRow>(
    `select $2::smallint as service_number, coalesce(to_json(served), to_json(known)) as served, known.*,
       ${isRated('$2::smallint')} as is_evaluated
     from evaluations.rateable_cases known
     left join evaluations.case_codes code on code.case_id = known.case_id and code.service_number = $2::smallint
     left join lateral (
       select * from evaluations.code_points p where p.handle = code.handle and p.terminal_number is null
       order by p.point desc limit 1
     ) served on true
     where known.case_id = $1 and ($2::smallint = 1 or code.handle is not null)`,
    [caseId, serviceNumber],
  )
  return row ? ratedServiceOf({ ...row, served: { ...row.served, terminal_number: null } }) : null
}
