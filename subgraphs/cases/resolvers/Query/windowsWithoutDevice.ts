import { connection, pageSize } from '../../../shared/paging.ts'
import { listWindowsWithoutDevice } from '../../actions/list-devices.ts'
import type { CasesContext } from '../../context.ts'

type Arguments = { hallId?: string | null; first?: number | null; after?: string | null }

export async function windowsWithoutDevice(_: unknown, { hallId, first, after }: Arguments, context: CasesContext) {
  const size = pageSize(first)
  const rows = await listWindowsWithoutDevice(context, hallId ?? null, after, size)
  return connection(rows, size, row => [row.hallName, row.number, row.id])
}
