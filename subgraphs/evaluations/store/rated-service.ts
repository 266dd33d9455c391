import type { Database, Transaction } from '../../shared/database.ts'
import { type PlacementColumns, placementOf, type ServicePlacement } from '../../shared/placement-columns.ts'
import type { RatingCode } from '../domain/rating-code.ts'
import { type KnownCase, type KnownCaseColumns, knownCaseOf } from './known-case.ts'
import { createMicroBatch, type MicroBatch } from './micro-batch.ts'

/** Who served where, as it stood when a code was made. */
export type ServedBy = {
  departmentName: string
  hallName: string | null
  windowNumber: string | null
  staffNumber: string | null
  staffName: string | null
  /** 自助终端编号; null unless the code was made for a terminal. */
  terminalNumber: string | null
  placement: ServicePlacement
}

/** What a scanned code leads to (评价对象): one service, who gave it, and the case as it is now. */
export type RatedService = {
  serviceNumber: number
  servedBy: ServedBy
  serviceCase: KnownCase
  /** A first rating by a person is there. */
  isEvaluated: boolean
}

/** A service as a query answers it. */
export type RatedServiceRow = {
  service_number: number
  is_evaluated: boolean
  served: PlacementColumns & {
    department_name: string
    hall_name: string | null
    window_number: string | null
    staff_number: string | null
    staff_name: string | null
    terminal_number: string | null
  }
} & KnownCaseColumns

/**
 * What each of these codes leads to, in their order; null for a handle or point that was never given out.
 * Each table is entered by its key, whatever the planner believes of its size: in a young database it would read whole tables that
 * have grown since (measured 4.7 ms against 0.2 ms).
 */
export async function ratedServices(
  { query }: Transaction,
  codes: readonly Pick<RatingCode, 'handle' | 'point'>[],
): Promise<(RatedService | null)[]> {
  const rows = await query<RatedServiceRow & { wanted: string }>(
    `select wanted.number as wanted, code.service_number, to_json(served) as served, known.*,
       (select true from evaluations.evaluation_keys k
         where k.city_code = known.city_code and k.subject_id = known.case_id
           and k.service_number = code.service_number and k.round = 1 limit 1) is not null as is_evaluated
     from unnest($1::text[], $2::int[]) with ordinality as wanted (handle, point, number)
     cross join lateral (select * from evaluations.case_codes c where c.handle = decode(wanted.handle, 'hex') limit 1) code
     cross join lateral (
       select * from evaluations.code_points p where p.handle = code.handle and p.point = wanted.point limit 1) served
     cross join lateral (select * from evaluations.rateable_cases r where r.case_id = code.case_id limit 1) known`,
    [codes.map(code => code.handle), codes.map(code => code.point)],
  )
  const found = new Map(rows.map(row => [Number(row.wanted), row]))
  return codes.map((_, index) => {
    const row = found.get(index + 1)
    return row ? ratedServiceOf(row) : null
  })
}

export function ratedServiceOf(row: RatedServiceRow): RatedService {
  const { served } = row
  return {
    serviceNumber: row.service_number,
    servedBy: {
      departmentName: served.department_name,
      hallName: served.hall_name,
      windowNumber: served.window_number,
      staffNumber: served.staff_number,
      staffName: served.staff_name,
      terminalNumber: served.terminal_number,
      placement: placementOf(served),
    },
    serviceCase: knownCaseOf(row),
    isEvaluated: row.is_evaluated,
  }
}

/** Reads what codes lead to, together for all who ask at the same time; a code may be looked up before anyone is identified. */
export function createRatedServiceReader(
  database: Database,
): MicroBatch<Pick<RatingCode, 'handle' | 'point'>, RatedService | null> {
  return createMicroBatch({
    largest: 200,
    atOnce: 2,
    work: codes => database.inScope({ reach: 'EVERYTHING', name: 'rating-code' }, tx => ratedServices(tx, codes)),
    isFaultOfOne: () => false,
  })
}
