import { connection, pageSize, readCursor } from '../../../shared/paging.ts'
import type { CasesContext } from '../../context.ts'
import { hallPage } from '../../store/directory-queries.ts'

type Arguments = { first?: number | null; after?: string | null }

export async function halls(_: unknown, { first, after }: Arguments, { read }: CasesContext) {
  const size = pageSize(first)
  const rows = await read(tx => hallPage(tx, readCursor(after, 2) as [string, string] | null, size))
  return connection(rows, size, row => [row.name, row.id])
}
