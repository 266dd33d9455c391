import { connection, pageSize } from '../../../shared/paging.ts'
import { listDevices } from '../../actions/list-devices.ts'
import type { CasesContext } from '../../context.ts'
import type { DeviceFilter } from '../../store/device-queries.ts'

type Arguments = { filter?: DeviceFilter | null; first?: number | null; after?: string | null }

export async function devices(_: unknown, { filter, first, after }: Arguments, context: CasesContext) {
  const size = pageSize(first)
  const rows = await listDevices(context, filter ?? {}, after, size)
  return connection(rows, size, row => [row.rank, row.seenMicroseconds, row.id])
}
