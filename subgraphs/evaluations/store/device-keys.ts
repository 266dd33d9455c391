import type { Transaction } from '../../shared/database.ts'
import type { SigningKey } from '../domain/device-entry-key.ts'

/** The key with which a device signs now. */
export type CurrentKey = { id: string; publicKey: SigningKey }

/**
 * The device's present key, locked until the transaction ends: entries of one device are taken one batch after the other, in every
 * process of the hub, so that a number is never given to two ratings. Null before the first one was registered.
 */
export async function lockCurrentKey({ query }: Transaction, deviceId: string): Promise<CurrentKey | null> {
  const [row] = await query<{ id: string; public_key: SigningKey }>(
    `select id, public_key from evaluations.device_signing_keys where device_id = $1 and replaced_at is null for update`,
    [deviceId],
  )
  return row ? { id: row.id, publicKey: row.public_key } : null
}

/** Makes a key the device's present one; answers its id. The same key again stays what it is. */
export async function keepKey(
  transaction: Transaction,
  deviceId: string,
  key: { id: string; publicKey: SigningKey; registeredAt: Date },
): Promise<string> {
  const { query } = transaction
  // Two first registrations at once have no row yet to wait at.
  await query(`select pg_advisory_xact_lock(hashtext('device-signing-key'), hashtext($1))`, [deviceId])
  const current = await lockCurrentKey(transaction, deviceId)
  const { x, y } = key.publicKey
  if (current && current.publicKey.x === x && current.publicKey.y === y) return current.id
  if (current) {
    await query(`update evaluations.device_signing_keys set replaced_at = $2 where id = $1`, [
      current.id,
      key.registeredAt,
    ])
  }
  await query(
    `insert into evaluations.device_signing_keys (id, device_id, public_key, registered_at) values ($1, $2, $3, $4)`,
    [key.id, deviceId, JSON.stringify(key.publicKey), key.registeredAt],
  )
  return key.id
}
