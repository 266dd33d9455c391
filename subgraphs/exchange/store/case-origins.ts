import type { Transaction } from '../../shared/database.ts'

/**
 * Keeps through which system a case came and counts it on that system's link.
 * Answers false when no link is registered for the system: then the origin is kept and nothing is counted.
 */
export async function countReportedCase(
  { query }: Transaction,
  { caseId, sourceSystem, reportedAt }: { caseId: string; sourceSystem: string; reportedAt: string },
): Promise<boolean> {
  const counted = await query(
    `with origin as (
       insert into exchange.case_origins (case_id, source_system) values ($1, $2) on conflict do nothing
     )
     update exchange.links set case_count = case_count + 1, last_case_at = greatest(last_case_at, $3::timestamptz)
     where source_system = $2 returning id`,
    [caseId, sourceSystem, reportedAt],
  )
  return counted.length > 0
}
