import { graphError } from '../../../shared/graph-error.ts'
import { connection, pageSize, readCursor } from '../../../shared/paging.ts'
import type { CasesContext } from '../../context.ts'
import { isAskable, isIdentifier } from '../../domain/identifier.ts'
import { hallPage } from '../../store/directory-queries.ts'

type Arguments = { first?: number | null; after?: string | null }

export async function halls(_: unknown, { first, after }: Arguments, { read }: CasesContext) {
  const size = pageSize(first)
  const behind = cursorOf(after)
  const rows = await read(tx => hallPage(tx, behind, size))
  return connection(rows, size, row => [row.name, row.id])
}

function cursorOf(after: string | null | undefined): [string, string] | null {
  const values = readCursor(after, 2)
  if (!values) return null
  const [name, id] = values
  if (typeof name !== 'string' || !isAskable(name) || !isIdentifier(id)) throw graphError('BAD_CURSOR')
  return [name, id]
}
