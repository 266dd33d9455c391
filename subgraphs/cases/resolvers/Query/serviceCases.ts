import { graphError } from '../../../shared/graph-error.ts'
import { connection, pageSize, readCursor } from '../../../shared/paging.ts'
import type { CasesContext } from '../../context.ts'
import { isAskable, isIdentifier } from '../../domain/identifier.ts'
import { type CaseCursor, type ServiceCaseFilter, serviceCasePage } from '../../store/service-case-queries.ts'
import type { ServiceCaseRow } from '../../store/service-case-row.ts'

type Arguments = { filter?: ServiceCaseFilter | null; first?: number | null; after?: string | null }

export async function serviceCases(_: unknown, { filter, first, after }: Arguments, { read, viewer }: CasesContext) {
  const size = pageSize(first)
  const behind = cursorOf(after)
  const rows = canMatch(filter) ? await read(tx => serviceCasePage(tx, viewer.scope, filter ?? {}, behind, size)) : []
  return connection<ServiceCaseRow>(rows, size, row => [row.closedAtMicroseconds, row.id])
}

function canMatch(filter: ServiceCaseFilter | null | undefined): boolean {
  const ids = [filter?.hallId, filter?.departmentId, filter?.windowId]
  return ids.every(id => id == null || isIdentifier(id)) && isAskable(filter?.caseNumberPrefix ?? '')
}

function cursorOf(after: string | null | undefined): CaseCursor | null {
  const values = readCursor(after, 2)
  if (!values) return null
  const [closedAtMicroseconds, id] = values
  const isTime = closedAtMicroseconds === null || /^\d{1,17}$/.test(String(closedAtMicroseconds))
  if (!isTime || !isIdentifier(id)) throw graphError('BAD_CURSOR')
  return { closedAtMicroseconds: closedAtMicroseconds === null ? null : String(closedAtMicroseconds), id }
}
