import { graphError } from '../../../shared/graph-error.ts'
import { connection, pageSize, readCursor } from '../../../shared/paging.ts'
import { listMandates } from '../../actions/keep-mandates.ts'
import type { CasesContext } from '../../context.ts'
import { isIdentifier } from '../../domain/identifier.ts'

type Arguments = { first?: number | null; after?: string | null }

export async function agentMandates(_: unknown, { first, after }: Arguments, context: CasesContext) {
  const size = pageSize(first)
  const rows = await listMandates(context, cursorOf(after), size)
  return connection(rows, size, row => [row.id])
}

function cursorOf(after: string | null | undefined): string | null {
  const values = readCursor(after, 1)
  if (!values) return null
  const [id] = values
  if (!isIdentifier(id)) throw graphError('BAD_CURSOR')
  return id
}
