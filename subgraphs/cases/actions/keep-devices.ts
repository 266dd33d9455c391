import { randomBytes } from 'node:crypto'
import type { Database } from '../../shared/database.ts'
import { type InputProblem, inputProblem } from '../../shared/rows/input-problem.ts'
import { newId } from '../../shared/uuid.ts'
import type { Viewer } from '../../shared/viewer.ts'
import { credentialHash } from '../domain/credential.ts'
import { type DeviceState, judgeDevice, judgeDeviceNote, mayKeepDevices } from '../domain/device.ts'
import { isIdentifier } from '../domain/identifier.ts'
import {
  insertDevice,
  insertDeviceRecord,
  lockDevice,
  placeOfWindow,
  setDeviceKey,
  setDeviceState,
} from '../store/device-writes.ts'

export type DeviceParts = { database: Database; now: () => Date; viewer: Viewer }

export type DeviceRefusal = { refused: 'NOT_PERMITTED' | 'DEVICE_UNKNOWN' } | { problems: InputProblem[] }

export type DeviceInput = { windowId: string; name: string; owner: string; model?: string | null }

const newDeviceKey = () => `hub_d_${randomBytes(32).toString('base64url')}`

/** Puts a device at a window of the viewer's scope that has none in use (登记评价设备), and answers its key, which is stored hashed only. */
export async function registerDevice(
  { database, now, viewer }: DeviceParts,
  input: DeviceInput,
): Promise<{ id: string; deviceKey: string } | DeviceRefusal> {
  if (!mayKeepDevices(viewer)) return { refused: 'NOT_PERMITTED' }
  const judged = judgeDevice(input)
  return database.inScope(viewer.scope, async tx => {
    const { windowId } = input
    const place = isIdentifier(windowId) ? await placeOfWindow(tx, windowId) : null
    if (!place || 'problems' in judged) {
      return { problems: [...(place ? [] : [windowUnknown]), ...('problems' in judged ? judged.problems : [])] }
    }
    const registeredAt = now()
    const id = newId(registeredAt.getTime())
    const deviceKey = newDeviceKey()
    const keyHash = credentialHash(deviceKey)
    const isPlaced = await insertDevice(tx, { id, ...judged.device, keyHash, windowId, registeredAt, ...place })
    if (!isPlaced) return { problems: [windowHasDevice] }
    const note = '登记启用 Registered'
    const entry = { deviceId: id, state: 'IN_SERVICE', note, recordedAt: registeredAt, recordedBy: viewer } as const
    await insertDeviceRecord(tx, entry)
    return { id, deviceKey }
  })
}

/**
 * Writes where a device stands and what happened to it into the ledger (故障、报修、恢复、停用). To retire it is final: its key is void and
 * its window free for another one.
 */
export async function recordDevice(
  { database, now, viewer }: DeviceParts,
  { id, state, note: text }: { id: string; state: DeviceState; note: string },
): Promise<{ id: string } | DeviceRefusal> {
  if (!mayKeepDevices(viewer)) return { refused: 'NOT_PERMITTED' }
  const judged = judgeDeviceNote(text)
  return database.inScope(viewer.scope, async tx => {
    const before = isIdentifier(id) ? await lockDevice(tx, id) : null
    if (!before) return { refused: 'DEVICE_UNKNOWN' }
    if ('problems' in judged) return judged
    if (before === 'RETIRED') return { problems: [alreadyRetired] }
    await setDeviceState(tx, id, state)
    const { note } = judged
    await insertDeviceRecord(tx, { deviceId: id, state, note, recordedAt: now(), recordedBy: viewer })
    return { id }
  })
}

/**
 * Makes a new key for a device that is not retired (更换设备密钥). The one before is void at once; the router, which keeps its knowledge of
 * keys for 10 seconds, may let it in until then.
 */
export async function renewDeviceKey(
  { database, now, viewer }: DeviceParts,
  id: string,
): Promise<{ id: string; deviceKey: string } | { refused: 'NOT_PERMITTED' | 'DEVICE_UNKNOWN' }> {
  if (!mayKeepDevices(viewer)) return { refused: 'NOT_PERMITTED' }
  return database.inScope(viewer.scope, async tx => {
    const state = isIdentifier(id) ? await lockDevice(tx, id) : null
    if (!state || state === 'RETIRED') return { refused: 'DEVICE_UNKNOWN' }
    const deviceKey = newDeviceKey()
    await setDeviceKey(tx, id, credentialHash(deviceKey))
    const note = '更换密钥 New key'
    await insertDeviceRecord(tx, { deviceId: id, state, note, recordedAt: now(), recordedBy: viewer })
    return { id, deviceKey }
  })
}

const windowUnknown = inputProblem(
  'windowId',
  'WINDOW_UNKNOWN',
  '没有该窗口，或不在本账号的范围内',
  'no such window lies in your scope',
)

const windowHasDevice = inputProblem(
  'windowId',
  'WINDOW_HAS_DEVICE',
  '该窗口已有在用设备，请先停用原设备',
  'this window has a device in use: retire that one first',
)

const alreadyRetired = inputProblem(
  'state',
  'DEVICE_RETIRED',
  '设备已停用，如需再用请重新登记',
  'the device was retired: register it anew to use it again',
)
