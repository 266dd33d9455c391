import { graphError } from '../../shared/graph-error.ts'
import { connection, pageSize, readCursor } from '../../shared/paging.ts'
import { isId } from '../../shared/uuid.ts'
import type { EvaluationsContext } from '../context.ts'
import { mayReadIntegritySignals } from '../domain/integrity-permission.ts'
import type { IntegritySignal } from '../domain/integrity-signal.ts'
import { evidencePage, type SignalSelection, signalById, signalsPage } from '../store/integrity-signals.ts'

type Page = { first?: number | null; after?: string | null }
type Asked = Pick<EvaluationsContext, 'viewer' | 'database'>

export type IntegritySignalFilter = Partial<SignalSelection>

/** A page of the signals in the viewer's scope (异常评价线索), the strongest first; none for the rated unit. @throws PAGE_TOO_LARGE, BAD_CURSOR */
export async function listIntegritySignals(
  { state = null, kind = null, hallId = null }: IntegritySignalFilter,
  { first, after }: Page,
  { viewer, database }: Asked,
) {
  const size = pageSize(first)
  const position = readPosition(after)
  const isSeen = mayReadIntegritySignals(viewer) && (hallId === null || isId(hallId))
  const rows = isSeen
    ? await database.inScope(viewer.scope, tx => signalsPage(tx, { state, kind, hallId }, position, size + 1))
    : []
  return connection(rows, size, ({ strength, id }) => [strength, id])
}

/** One signal; null when unknown, outside the scope, or not for this viewer. */
export async function readIntegritySignal(id: string, { viewer, database }: Asked): Promise<IntegritySignal | null> {
  if (!mayReadIntegritySignals(viewer) || !isId(id)) return null
  return database.inScope(viewer.scope, tx => signalById(tx, id))
}

/** A page of the ratings that a signal rests on (线索所涉评价), the latest first. @throws PAGE_TOO_LARGE, BAD_CURSOR */
export async function listEvidence(
  { id }: IntegritySignal,
  { first, after }: Page,
  { viewer, database, loaders }: Pick<EvaluationsContext, 'viewer' | 'database' | 'loaders'>,
) {
  const size = pageSize(first)
  const [lastId = null] = readCursor(after, 1) ?? []
  if (lastId !== null && !isId(lastId)) throw graphError('BAD_CURSOR')
  const ids = await database.inScope(viewer.scope, tx => evidencePage(tx, id, lastId, size + 1))
  const found = await Promise.all(ids.map(each => loaders.evaluation(each)))
  const seen = found.filter(evaluation => evaluation !== null)
  return connection(seen, size, evaluation => [evaluation.id])
}

function readPosition(after: string | null | undefined) {
  const values = readCursor(after, 2)
  if (!values) return null
  const [strength, id] = values
  if (!isId(id) || !Number.isInteger(strength)) throw graphError('BAD_CURSOR')
  return { strength: strength as number, id }
}
