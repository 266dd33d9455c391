import type { Transaction } from '../../shared/database.ts'
import type { DeviceState } from '../domain/device.ts'

/** A device of the ledger (设备台账); references are ids. */
export type DeviceRow = {
  id: string
  name: string
  owner: string
  model: string | null
  state: DeviceState
  windowId: string
  hallId: string
  lastSeenAt: Date | null
  registeredAt: Date
  /** Place in the list: the faulty ones first, those in use or repair, the retired ones last. */
  rank: number
  /** `lastSeenAt` in microseconds since 1970, as PostgreSQL keeps it; 0 before the first time. */
  seenMicroseconds: string
}

/** One entry of the ledger. */
export type DeviceRecordRow = {
  deviceId: string
  state: DeviceState
  note: string
  recordedAt: Date
  recordedBy: string
}

const deviceSelect = `
  select * from (
    select d.id, c.name, d.owner, d.model, d.state, d.window_id as "windowId", d.hall_id as "hallId",
      c.last_seen_at as "lastSeenAt", d.registered_at as "registeredAt",
      case d.state when 'FAULTY' then 0 when 'RETIRED' then 2 else 1 end as rank,
      coalesce((extract(epoch from c.last_seen_at) * 1000000)::bigint, 0) as "seenMicroseconds"
    from cases.devices d join cases.api_clients c on c.id = d.id
  ) device`

export function devicesByIds(tx: Transaction, ids: readonly string[]): Promise<DeviceRow[]> {
  return tx.query<DeviceRow>(`${deviceSelect} where id = any($1::uuid[])`, [ids])
}

/** The devices in use at these windows; one a window at most. */
export function devicesOfWindows(tx: Transaction, windowIds: readonly string[]): Promise<DeviceRow[]> {
  return tx.query<DeviceRow>(`${deviceSelect} where "windowId" = any($1::uuid[]) and state <> 'RETIRED'`, [windowIds])
}

export type DeviceFilter = { state?: DeviceState | null; hallId?: string | null; isOnline?: boolean | null }

/** Behind which device a page begins. */
export type DeviceCursor = { rank: number; seenMicroseconds: string; id: string }

/** The faulty ones first, then those silent longest, the retired ones last; one more than asked for. */
export function devicePage(
  tx: Transaction,
  { state, hallId, isOnline }: DeviceFilter,
  onlineSince: Date,
  after: DeviceCursor | null,
  first: number,
): Promise<DeviceRow[]> {
  return tx.query<DeviceRow>(
    `${deviceSelect}
     where ($1::text is null or state = $1) and ($2::uuid is null or "hallId" = $2)
       and ($3::boolean is null or coalesce("lastSeenAt" > $4, false) = $3)
       and ($5::int is null or (rank, "seenMicroseconds", id) > ($5, $6::bigint, $7::uuid))
     order by rank, "seenMicroseconds", id limit $8`,
    [
      state ?? null,
      hallId ?? null,
      isOnline ?? null,
      onlineSince,
      after?.rank ?? null,
      after?.seenMicroseconds ?? null,
      after?.id ?? null,
      first + 1,
    ],
  )
}

/** What happened to these devices, the newest first, at most 100 each; only of devices that the scope shows. */
export function recordsOfDevices(tx: Transaction, deviceIds: readonly string[]): Promise<DeviceRecordRow[]> {
  return tx.query<DeviceRecordRow>(
    `select r.device_id as "deviceId", r.state, r.note, r.recorded_at as "recordedAt", r.recorded_by_name as "recordedBy"
     from cases.devices d
     cross join lateral (select * from cases.device_records where device_id = d.id order by id desc limit 100) r
     where d.id = any($1::uuid[]) order by r.id desc`,
    [deviceIds],
  )
}

export type WindowWithoutDeviceRow = { id: string; hallId: string; number: string; name: string; hallName: string }

/** Behind which window a page begins. */
export type WindowCursor = { hallName: string; number: string; id: string }

/** Windows without a device in use (未配评价设备), by hall and number, one more than asked for. */
export function windowsWithoutDevicePage(
  tx: Transaction,
  { hallId, windowId }: { hallId: string | null; windowId: string | null },
  after: WindowCursor | null,
  first: number,
): Promise<WindowWithoutDeviceRow[]> {
  return tx.query<WindowWithoutDeviceRow>(
    `select w.id, w.hall_id as "hallId", w.number, w.name, h.name as "hallName"
     from cases.windows w join cases.halls h on h.id = w.hall_id
     where not exists (select from cases.devices d where d.window_id = w.id and d.state <> 'RETIRED')
       and ($1::uuid is null or w.hall_id = $1) and ($2::uuid is null or w.id = $2)
       and ($3::text is null or (h.name, w.number, w.id) > ($3, $4, $5::uuid))
     order by h.name, w.number, w.id limit $6`,
    [hallId, windowId, after?.hallName ?? null, after?.number ?? null, after?.id ?? null, first + 1],
  )
}
