import type { Transaction } from '../../shared/database.ts'
import { type PlacementColumns, placementColumns, type ServicePlacement } from '../../shared/placement-columns.ts'
import { channelNumber } from '../domain/channel.ts'

/** Keeps that somebody woke a device by hand (手动唤起) for a case. */
export async function keepManualWake(
  { query }: Transaction,
  wake: { id: string; deviceId: string; caseId: string; wokenAt: Date; placement: ServicePlacement },
): Promise<void> {
  const row: PlacementColumns & Record<string, unknown> = {
    id: wake.id,
    device_id: wake.deviceId,
    case_id: wake.caseId,
    woken_at: wake.wokenAt,
    ...placementColumns(wake.placement),
  }
  await query(
    `insert into evaluations.manual_wakes (${Object.keys(row).join(', ')})
     values (${Object.keys(row).map((_, index) => `$${index + 1}`)})`,
    Object.values(row),
  )
}

export async function manualWakesSince({ query }: Transaction, deviceId: string, since: Date): Promise<number> {
  const [row] = await query<{ wakes: number }>(
    `select count(*)::int as wakes from evaluations.manual_wakes where device_id = $1 and woken_at >= $2`,
    [deviceId, since],
  )
  return row!.wakes
}

/** Ratings that came from a device, by when they were given; not those that had come on a phone already. */
export async function deviceRatingsSince({ query }: Transaction, deviceId: string, since: Date): Promise<number> {
  const [row] = await query<{ ratings: number }>(
    `select count(distinct entry.evaluation_id)::int as ratings
     from evaluations.device_signing_keys k
     join evaluations.device_entries entry on entry.key_id = k.id
     join evaluations.evaluations e on e.id = entry.evaluation_id and e.channel = $3
     where k.device_id = $1 and entry.given_at >= $2`,
    [deviceId, since, channelNumber('WINDOW_DEVICE')],
  )
  return row!.ratings
}
