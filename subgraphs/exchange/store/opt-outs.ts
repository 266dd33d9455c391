import type { Transaction } from '../../shared/database.ts'

/** Who said that a phone wants no more invitations (退订来源). */
export type OptOutSource = 'REPLY' | 'PAGE' | 'STAFF'

/** Of these hashes those that have opted out. */
export async function optedOut({ query }: Transaction, phoneHashes: readonly string[]): Promise<Set<string>> {
  const rows = await query<{ phoneHash: string }>(
    `select phone_hash as "phoneHash" from exchange.sms_opt_outs where phone_hash = any ($1::text[])`,
    [phoneHashes],
  )
  return new Set(rows.map(({ phoneHash }) => phoneHash))
}

/** Keeps the wish; the first one's time and source stand. */
export async function keepOptOut(
  { query }: Transaction,
  optOut: { phoneHash: string; at: Date; source: OptOutSource },
): Promise<void> {
  await query(
    `insert into exchange.sms_opt_outs (phone_hash, opted_out_at, source) values ($1, $2, $3) on conflict do nothing`,
    [optOut.phoneHash, optOut.at, optOut.source],
  )
}

export async function removeOptOut({ query }: Transaction, phoneHashes: readonly string[]): Promise<void> {
  await query(`delete from exchange.sms_opt_outs where phone_hash = any ($1::text[])`, [phoneHashes])
}
