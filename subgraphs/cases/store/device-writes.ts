import type { Transaction } from '../../shared/database.ts'
import { newId } from '../../shared/uuid.ts'
import type { DeviceDraft, DeviceState } from '../domain/device.ts'

export type NewDevice = DeviceDraft & {
  id: string
  keyHash: Buffer
  regionPath: string
  hallId: string
  windowId: string
  registeredAt: Date
}

/** Writes a device in use with its key; false when its window has one already, and then nothing is written. */
export async function insertDevice(tx: Transaction, device: NewDevice): Promise<boolean> {
  const { id, name, owner, model, keyHash, regionPath, hallId, windowId, registeredAt } = device
  // One statement: the key is written only for a device that found its window free, and the reference holds at its end.
  const rows = await tx.query(
    `with placed as (
       insert into cases.devices (id, owner, model, state, registered_at, region_path, hall_id, window_id)
       values ($1, $2, $3, 'IN_SERVICE', $4, $5, $6, $7)
       on conflict (window_id) where state <> 'RETIRED' do nothing
       returning id
     )
     insert into cases.api_clients (id, name, role, region_path, hall_id, window_id, key_hash, is_active)
     select id, $8, 'DEVICE', $5, $6::uuid, $7::uuid, $9, true from placed returning id`,
    [id, owner, model, registeredAt, regionPath, hallId, windowId, name, keyHash],
  )
  return rows.length === 1
}

/** The state of a device that the scope shows, locked; null when there is none. */
export async function lockDevice(tx: Transaction, id: string): Promise<DeviceState | null> {
  const [row] = await tx.query<{ state: DeviceState }>('select state from cases.devices where id = $1 for update', [id])
  return row?.state ?? null
}

/** Who writes what happened to a device, and when. */
export type DeviceEntry = {
  deviceId: string
  state: DeviceState
  note: string
  recordedAt: Date
  recordedBy: { id: string; name: string }
}

/** Adds an entry to the ledger; entries are never changed. */
export async function insertDeviceRecord(tx: Transaction, entry: DeviceEntry): Promise<void> {
  const { deviceId, state, note, recordedAt, recordedBy } = entry
  await tx.query(
    `insert into cases.device_records (id, device_id, state, note, recorded_at, recorded_by_id, recorded_by_name)
     values ($1, $2, $3, $4, $5, $6, $7)`,
    [newId(recordedAt.getTime()), deviceId, state, note, recordedAt, recordedBy.id, recordedBy.name],
  )
}

/** Sets where a device stands; the key of a retired one is void. */
export async function setDeviceState(tx: Transaction, id: string, state: DeviceState): Promise<void> {
  await tx.query('update cases.devices set state = $2 where id = $1', [id, state])
  if (state === 'RETIRED') await tx.query('update cases.api_clients set is_active = false where id = $1', [id])
}

/** Puts a new key in the place of the one before. */
export async function setDeviceKey(tx: Transaction, id: string, keyHash: Buffer): Promise<void> {
  await tx.query(`update cases.api_clients set key_hash = $2 where id = $1 and role = 'DEVICE'`, [id, keyHash])
}

/** Where a window stands, as far as the scope shows it. */
export async function placeOfWindow(
  tx: Transaction,
  windowId: string,
): Promise<{ hallId: string; regionPath: string } | null> {
  const [row] = await tx.query<{ hallId: string; regionPath: string }>(
    'select hall_id as "hallId", region_path as "regionPath" from cases.windows where id = $1',
    [windowId],
  )
  return row ?? null
}
