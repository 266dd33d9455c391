import DataLoader from 'dataloader'
import { seesWhoRated } from '../../shared/anonymity.ts'
import type { Database } from '../../shared/database.ts'
import { isId } from '../../shared/uuid.ts'
import type { Viewer } from '../../shared/viewer.ts'
import { evaluationsById, evaluationsOfCases, type KeptEvaluation } from './evaluation-queries.ts'

/** Batched reads of one request, always under the viewer's own scope. */
export function createLoaders(database: Database, viewer: Viewer) {
  const evaluations = new DataLoader<string, KeptEvaluation | null>(async ids => {
    const found = await database.inScope(viewer.scope, tx => evaluationsById(tx, ids.filter(isId)))
    const byId = new Map(found.map(evaluation => [evaluation.id, evaluation]))
    return ids.map(id => byId.get(id.toLowerCase()) ?? null)
  })
  // Listing an anonymous rating under its case would tell the rated unit who gave it.
  const ofCases = new DataLoader<string, KeptEvaluation[]>(async caseIds => {
    const found = await database.inScope(viewer.scope, tx =>
      evaluationsOfCases(tx, caseIds.filter(isId), seesWhoRated(viewer)),
    )
    const byCase = Map.groupBy(found, evaluation => evaluation.caseId)
    return caseIds.map(caseId => byCase.get(caseId.toLowerCase()) ?? [])
  })
  return {
    /** Null when unknown or outside the scope. */
    evaluation: (id: string) => evaluations.load(id),
    evaluationsOfCase: (caseId: string) => ofCases.load(caseId),
  }
}

export type Loaders = ReturnType<typeof createLoaders>
