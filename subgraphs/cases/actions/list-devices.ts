import { graphError } from '../../shared/graph-error.ts'
import { readCursor } from '../../shared/paging.ts'
import type { CasesContext } from '../context.ts'
import { onlineSince } from '../domain/device.ts'
import { isAskable, isIdentifier } from '../domain/identifier.ts'
import {
  type DeviceCursor,
  type DeviceFilter,
  type DeviceRow,
  devicePage,
  type WindowCursor,
  type WindowWithoutDeviceRow,
  windowsWithoutDevicePage,
} from '../store/device-queries.ts'

/** A page of the device ledger (设备台账) in the viewer's scope, one row more than asked for. @throws BAD_CURSOR */
export async function listDevices(
  { read, now }: Pick<CasesContext, 'read' | 'now'>,
  filter: DeviceFilter,
  after: string | null | undefined,
  first: number,
): Promise<DeviceRow[]> {
  const behind = deviceCursor(after)
  if (filter.hallId != null && !isIdentifier(filter.hallId)) return []
  return read(tx => devicePage(tx, filter, onlineSince(now()), behind, first))
}

/**
 * A page of windows without a device in use (未配评价设备的窗口), one row more than asked for. Empty for whoever has no part of the directory
 * as his scope: he would see windows but not their devices. @throws BAD_CURSOR
 */
export async function listWindowsWithoutDevice(
  { read, viewer }: Pick<CasesContext, 'read' | 'viewer'>,
  hallId: string | null,
  after: string | null | undefined,
  first: number,
): Promise<WindowWithoutDeviceRow[]> {
  const behind = windowCursor(after)
  const { scope } = viewer
  if (scope.reach !== 'REGION' || (hallId !== null && !isIdentifier(hallId))) return []
  // Whoever is bound to one window sees the devices of that one alone.
  const windowId = scope.windowId ?? null
  return read(tx => windowsWithoutDevicePage(tx, { hallId, windowId }, behind, first))
}

function deviceCursor(after: string | null | undefined): DeviceCursor | null {
  const values = readCursor(after, 3)
  if (!values) return null
  const [rank, seen, id] = values
  const isRank = rank === 0 || rank === 1 || rank === 2
  if (!isRank || !/^\d{1,17}$/.test(String(seen)) || !isIdentifier(id)) throw graphError('BAD_CURSOR')
  return { rank, seenMicroseconds: String(seen), id }
}

function windowCursor(after: string | null | undefined): WindowCursor | null {
  const values = readCursor(after, 3)
  if (!values) return null
  const [hallName, number, id] = values
  const isText = (value: unknown): value is string => typeof value === 'string' && isAskable(value)
  if (!isText(hallName) || !isText(number) || !isIdentifier(id)) throw graphError('BAD_CURSOR')
  return { hallName, number, id }
}
