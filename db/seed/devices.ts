import { createHash, randomBytes } from 'node:crypto'
import type { DeviceState } from '../../subgraphs/cases/domain/device.ts'
import type { Transaction } from '../../subgraphs/shared/database.ts'
import { demoAccountId, demoAccountName } from './accounts.ts'
import type { Window } from './directory/windows.ts'
import type { Directory } from './directory.ts'
import { insertRows, insertWholeRows } from './insert-rows.ts'
import { namedId, namedIdAt } from './named-id.ts'

const MINUTE_MS = 60_000
const HOUR_MS = 60 * MINUTE_MS
const DAY_MS = 24 * HOUR_MS

/** What happened to a device, in hours before now. */
type Happening = { hoursAgo: number; state: DeviceState; note: string }

/** Devices of the main hall that something happened to, by window; the last entry is where they stand. */
const happenings: Readonly<Record<string, readonly Happening[]>> = {
  A02: [
    { hoursAgo: 240, state: 'FAULTY', note: '触屏下半部分无反应' },
    { hoursAgo: 236, state: 'IN_REPAIR', note: '已报修，工程师取走检测' },
    { hoursAgo: 190, state: 'IN_SERVICE', note: '更换触控板后恢复' },
  ],
  A05: [{ hoursAgo: 5, state: 'FAULTY', note: '开机后黑屏' }],
  B05: [
    { hoursAgo: 52, state: 'FAULTY', note: '扬声器无声，语音提示播不出' },
    { hoursAgo: 46, state: 'IN_REPAIR', note: '已报修，等待配件' },
  ],
  C02: [{ hoursAgo: 400, state: 'RETIRED', note: '使用满六年，报废停用' }],
}

/** Windows of the main hall whose device was not heard of for so many hours; all others were a minute ago. */
const silentHours: Readonly<Record<string, number>> = { A05: 5, B05: 52, C02: 400, A06: 3, D01: 27 }

/** One window in so many of the main hall has no device yet. */
const WITHOUT_EVERY = 6

/** Name of the demo's client that is the device of the demo window. */
const KIOSK = 'kiosk'

/**
 * Writes the device ledger (设备台账) of the main hall: the kiosk at the demo window, devices in every state at others, and some windows without.
 * The keys of all but the kiosk are known to nobody.
 */
export async function insertDevices(transaction: Transaction, directory: Directory, now: Date): Promise<void> {
  const { windows, mainHall, demoWindow } = directory
  const equipped = windows
    .filter(({ hallId }) => hallId === mainHall.id)
    .filter((window, index) => window === demoWindow || window.number in happenings || index % WITHOUT_EVERY !== 3)
  const devices = equipped.map(window => deviceAt(window, demoWindow, now))
  const unheld = devices.filter(({ name }) => name !== KIOSK)
  await insertRows(
    transaction,
    'cases.api_clients',
    ['id', 'name', 'role', 'regionPath', 'hallId', 'windowId', 'keyHash', 'isActive', 'lastSeenAt'],
    unheld,
  )
  await insertRows(
    transaction,
    'cases.devices',
    ['id', 'owner', 'model', 'state', 'registeredAt', 'regionPath', 'hallId', 'windowId'],
    devices,
  )
  await insertWholeRows(
    transaction,
    'cases.device_records',
    devices.flatMap(({ records }) => records),
  )
}

function deviceAt(window: Window, demoWindow: Window, now: Date) {
  const { number, hallId, regionPath } = window
  const isKiosk = window === demoWindow
  const id = isKiosk ? namedId('client', KIOSK) : namedId('device', number)
  const registeredAt = new Date(now.getTime() - 60 * DAY_MS)
  const told = happenings[number] ?? []
  const state: DeviceState = told.at(-1)?.state ?? 'IN_SERVICE'
  const entries = [
    { at: registeredAt, state: 'IN_SERVICE' as const, note: '登记启用' },
    ...told.map(({ hoursAgo, ...entry }) => ({ at: new Date(now.getTime() - hoursAgo * HOUR_MS), ...entry })),
  ]
  return {
    id,
    name: isKiosk ? KIOSK : `${number} 窗口评价器`,
    role: 'DEVICE',
    owner: '大厅设备管理组',
    model: 'PJQ-10',
    state,
    registeredAt,
    regionPath,
    hallId,
    windowId: window.id,
    keyHash: createHash('sha256').update(randomBytes(32)).digest(),
    isActive: state !== 'RETIRED',
    lastSeenAt: new Date(now.getTime() - (silentHours[number] ?? 0) * HOUR_MS - MINUTE_MS),
    records: entries.map(({ at, ...entry }) => ({
      id: namedIdAt(at, 'device-record', `${number} ${at.getTime() - now.getTime()}`),
      deviceId: id,
      ...entry,
      recordedAt: at,
      recordedById: demoAccountId('supervisor'),
      recordedByName: demoAccountName('supervisor'),
    })),
  }
}
