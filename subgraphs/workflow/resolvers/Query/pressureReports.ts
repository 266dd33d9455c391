import { graphError } from '../../../shared/graph-error.ts'
import { connection, pageSize, readCursor } from '../../../shared/paging.ts'
import { isId } from '../../../shared/uuid.ts'
import type { WorkflowContext } from '../../context.ts'
import { mayReadPressureReports } from '../../domain/report-readers.ts'
import { pressureReportsBehind } from '../../store/pressure-report-rows.ts'

export async function pressureReports(
  _: unknown,
  { first, after }: { first?: number | null; after?: string | null },
  { viewer, database }: WorkflowContext,
) {
  if (viewer.kind === 'ANONYMOUS') throw graphError('UNAUTHENTICATED')
  if (!mayReadPressureReports(viewer)) throw graphError('NOT_PERMITTED')
  const size = pageSize(first)
  const [behind = null] = readCursor(after, 1) ?? []
  if (behind !== null && !isId(behind)) throw graphError('BAD_CURSOR')
  const rows = await database.inScope(viewer.scope, tx => pressureReportsBehind(tx, behind, size + 1))
  return connection(rows, size, ({ id }) => [id])
}
