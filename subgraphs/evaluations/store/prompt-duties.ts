import type { Transaction } from '../../shared/database.ts'
import { placementColumns } from '../../shared/placement-columns.ts'
import type { KnownCase } from './known-case.ts'

/** Notes that the clerk was reminded to ask for a rating (提示义务); false when that was done before, by whomever. */
export async function notePromptDuty(
  { query }: Transaction,
  { caseId, placement }: KnownCase,
  serviceNumber: number,
  shown: { at: Date; toId: string },
): Promise<boolean> {
  const place = Object.entries(placementColumns(placement))
  const noted = await query(
    `insert into evaluations.prompt_duties (case_id, service_number, shown_at, shown_to_id, ${place.map(([column]) => column).join(', ')})
     values ($1, $2, $3, $4, ${place.map((_, index) => `$${index + 5}`).join(', ')})
     on conflict do nothing returning case_id`,
    [caseId, serviceNumber, shown.at, shown.toId, ...place.map(([, value]) => value)],
  )
  return noted.length > 0
}
