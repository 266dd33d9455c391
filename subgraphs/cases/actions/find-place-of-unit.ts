import type { Database } from '../../shared/database.ts'
import { graphError } from '../../shared/graph-error.ts'
import type { Viewer } from '../../shared/viewer.ts'
import { isIdentifier } from '../domain/identifier.ts'
import { placeOfUnit, type UnitPlace } from '../store/unit-place-query.ts'

/** For workflow, as the viewer himself: where a department or hall lies; null when unknown or outside his scope. @throws NOT_PERMITTED to all but staff */
export async function findPlaceOfUnit(
  { departmentId, hallId }: { departmentId?: string | null; hallId?: string | null },
  { database, viewer }: { database: Database; viewer: Viewer },
): Promise<UnitPlace | null> {
  if (viewer.kind !== 'STAFF') throw graphError('NOT_PERMITTED')
  const ids = { departmentId: departmentId ?? null, hallId: hallId ?? null }
  if (Object.values(ids).some(id => id !== null && !isIdentifier(id))) return null
  return (await database.inScope(viewer.scope, tx => placeOfUnit(tx, ids))) ?? null
}
