import type { Database, Transaction } from '../../shared/database.ts'
import { type PlacementColumns, placementOf } from '../../shared/placement-columns.ts'
import type { StaticCode, StaticCodeSubject } from '../domain/static-code.ts'
import { createMicroBatch, type MicroBatch } from './micro-batch.ts'

/** A static code (静态评价码) as whoever scans it needs it. */
export type KnownStaticCode = StaticCodeSubject & Pick<StaticCode, 'id' | 'handle' | 'printedId' | 'state'>

type Row = Omit<KnownStaticCode, 'placement'> & PlacementColumns

/** The static codes of these handles, in their order; null for a handle that was never given out. */
async function staticCodesByHandle(
  { query }: Transaction,
  handles: readonly string[],
): Promise<(KnownStaticCode | null)[]> {
  const rows = await query<Row>(
    `select id, encode(handle, 'hex') as handle, printed_id as "printedId", subject_kind as "subjectKind", subject_id as "subjectId", state,
       city_code as "cityCode", policy_id as "policyId", region_name as "regionName", department_name as "departmentName",
       hall_name as "hallName", window_number as "windowNumber", staff_number as "staffNumber", staff_name as "staffName",
       region_path, department_id, line_id, hall_id, window_id, staff_member_id
     from evaluations.static_codes where handle = any (select decode(unnest($1::text[]), 'hex'))`,
    [handles],
  )
  const found = new Map(rows.map(row => [row.handle, staticCodeOf(row)]))
  return handles.map(handle => found.get(handle) ?? null)
}

function staticCodeOf(row: Row): KnownStaticCode {
  const { region_path, department_id, line_id, hall_id, window_id, staff_member_id, ...facts } = row
  const placement = placementOf({ region_path, department_id, line_id, hall_id, window_id, staff_member_id })
  return { ...facts, placement }
}

/** Reads static codes, together for all who scan at the same time; a code may be looked up before anyone is identified. */
export function createStaticCodeReader(database: Database): MicroBatch<string, KnownStaticCode | null> {
  return createMicroBatch({
    largest: 200,
    atOnce: 2,
    work: handles =>
      database.inScope({ reach: 'EVERYTHING', name: 'rating-code' }, tx => staticCodesByHandle(tx, handles)),
    isFaultOfOne: () => false,
  })
}
