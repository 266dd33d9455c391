import DataLoader from 'dataloader'
import { seesWhoRated } from '../../shared/anonymity.ts'
import type { Database } from '../../shared/database.ts'
import { isId } from '../../shared/uuid.ts'
import type { Viewer } from '../../shared/viewer.ts'
import { type DefaultEvaluation, defaultsOfCases } from './default-evaluations.ts'

/** Default ratings of cases, read together, under the viewer's scope. That one is there, or missing, tells whether a person rated: not for the rated unit. */
export function createDefaultEvaluationLoader(database: Database, viewer: Viewer) {
  const defaults = new DataLoader<string, DefaultEvaluation | null>(async caseIds => {
    if (!seesWhoRated(viewer)) return caseIds.map(() => null)
    const found = await database.inScope(viewer.scope, tx => defaultsOfCases(tx, caseIds.filter(isId)))
    const byCase = new Map(found.map(each => [each.caseId, each]))
    return caseIds.map(caseId => byCase.get(caseId.toLowerCase()) ?? null)
  })
  return { defaultEvaluation: (caseId: string) => defaults.load(caseId) }
}
