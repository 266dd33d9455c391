import type { CasesContext } from '../context.ts'
import { isOnline } from '../domain/device.ts'
import type { DeviceRow } from '../store/device-queries.ts'

export const Device = {
  __resolveReference: ({ id }: { id: string }, { load }: CasesContext) => load.device.load(id),
  window: ({ windowId }: DeviceRow, _: unknown, { load }: CasesContext) => load.window.load(windowId),
  hall: ({ hallId }: DeviceRow, _: unknown, { load }: CasesContext) => load.hall.load(hallId),
  isOnline: ({ lastSeenAt }: DeviceRow, _: unknown, { now }: CasesContext) => isOnline(lastSeenAt, now()),
  records: ({ id }: DeviceRow, _: unknown, { load }: CasesContext) => load.recordsOfDevice.load(id),
}
