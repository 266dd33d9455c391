import DataLoader from 'dataloader'
import type { Database } from '../../shared/database.ts'
import { isId } from '../../shared/uuid.ts'
import type { Viewer } from '../../shared/viewer.ts'
import { type KnownCase, type KnownCaseColumns, knownCaseOf } from './known-case.ts'

/** What is known of cases (可评价办件), one read for all of a request, under the viewer's own scope; null when unknown or outside it. */
export function createKnownCaseLoader(database: Database, viewer: Viewer) {
  const cases = new DataLoader<string, KnownCase | null>(async caseIds => {
    const rows = await database.inScope(viewer.scope, ({ query }) =>
      query<KnownCaseColumns>('select * from evaluations.rateable_cases where case_id = any($1)', [
        caseIds.filter(isId),
      ]),
    )
    const known = new Map(rows.map(row => [row.case_id, knownCaseOf(row)]))
    return caseIds.map(id => known.get(id.toLowerCase()) ?? null)
  })
  return { knownCase: (caseId: string) => cases.load(caseId) }
}
