import type { DeskViewer } from '../frame/viewer.ts'

/** Who keeps the device ledger; the graph has the last word. */
export function mayKeepDevices({ role }: DeskViewer): boolean {
  return role === 'HALL_SUPERVISOR' || role === 'MANAGEMENT_BODY' || role === 'PROVINCIAL_BUREAU'
}
