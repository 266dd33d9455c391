import type { Database } from '../../shared/database.ts'
import { graphError } from '../../shared/graph-error.ts'
import type { Viewer } from '../../shared/viewer.ts'
import { isIdentifier } from '../domain/identifier.ts'
import { sourceSystemOf } from '../store/credential-queries.ts'

/** For evaluations: the source system (来源系统) that a client hands over for; null when it has none. @throws NOT_PERMITTED to anyone but the hub itself */
export async function findSourceSystem(
  clientId: string,
  { database, viewer }: { database: Database; viewer: Viewer },
): Promise<string | null> {
  if (viewer.kind !== 'SYSTEM') throw graphError('NOT_PERMITTED')
  if (!isIdentifier(clientId)) return null
  return database.inScope(viewer.scope, tx => sourceSystemOf(tx, clientId))
}
