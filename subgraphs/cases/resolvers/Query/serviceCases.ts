import { connection, pageSize, readCursor } from '../../../shared/paging.ts'
import type { CasesContext } from '../../context.ts'
import { type ServiceCaseFilter, serviceCasePage } from '../../store/service-case-queries.ts'

type Arguments = { filter?: ServiceCaseFilter | null; first?: number | null; after?: string | null }

export async function serviceCases(_: unknown, { filter, first, after }: Arguments, { read }: CasesContext) {
  const size = pageSize(first)
  const cursor = readCursor(after, 2)
  const behind = cursor && { closedAt: cursor[0] as string | null, id: String(cursor[1]) }
  const rows = await read(tx => serviceCasePage(tx, filter ?? {}, behind, size))
  return connection(rows, size, row => [row.closedAtText, row.id])
}
