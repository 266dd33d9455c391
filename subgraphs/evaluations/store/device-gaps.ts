import type { Transaction } from '../../shared/database.ts'

/** Notes the numbers of a range that never came (缺号). */
export async function noteGaps(
  { query }: Transaction,
  key: { id: string; deviceId: string },
  range: { from: number; to: number },
  noticedAt: Date,
): Promise<void> {
  await query(
    `insert into evaluations.device_gaps (key_id, counter, device_id, noticed_at)
     select $1, skipped, $2, $5 from generate_series($3::int, $4::int) skipped
     where not exists (select from evaluations.device_entries e where e.key_id = $1 and e.counter = skipped)
     on conflict do nothing`,
    [key.id, key.deviceId, range.from, range.to, noticedAt],
  )
}

/** Numbers that were missing and have arrived now. */
export async function fillGaps(
  { query }: Transaction,
  keyId: string,
  counters: readonly number[],
  filledAt: Date,
): Promise<void> {
  await query(
    `update evaluations.device_gaps set filled_at = $3 where key_id = $1 and counter = any($2::int[]) and filled_at is null`,
    [keyId, counters, filledAt],
  )
}

/** Numbers of the present key that are still missing, lowest first, at most 100. */
export async function missingOfKey({ query }: Transaction, keyId: string): Promise<number[]> {
  const rows = await query<{ counter: number }>(
    `select counter from evaluations.device_gaps where key_id = $1 and filled_at is null order by counter limit 100`,
    [keyId],
  )
  return rows.map(({ counter }) => counter)
}

/**
 * Numbers that a device never delivered, under whichever key, at most 100, those noticed first before the others. Those of a key
 * that was replaced stay: a new key must not make a lost rating disappear.
 */
export async function missingOfDevice({ query }: Transaction, deviceId: string): Promise<number[]> {
  const rows = await query<{ counter: number }>(
    `select counter from evaluations.device_gaps where device_id = $1 and filled_at is null
     order by noticed_at, counter limit 100`,
    [deviceId],
  )
  return rows.map(({ counter }) => counter)
}
