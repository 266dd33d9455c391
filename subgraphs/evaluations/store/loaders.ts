import DataLoader from 'dataloader'
import { seesWhoRated } from '../../shared/anonymity.ts'
import type { Database } from '../../shared/database.ts'
import { isId } from '../../shared/uuid.ts'
import type { Viewer } from '../../shared/viewer.ts'
import { evaluationsById, evaluationsOfCases, type KeptEvaluation, MOST_OF_A_CASE } from './evaluation-queries.ts'
import { createRatingPartLoaders } from './rating-part-loaders.ts'

const receiptScope = { reach: 'EVERYTHING', name: 'rating-code' } as const

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
    const byCase = Map.groupBy(found, evaluation => evaluation.underCase)
    return caseIds.map(caseId => byCase.get(caseId.toLowerCase())?.slice(0, MOST_OF_A_CASE) ?? [])
  })
  const parts = createRatingPartLoaders(database, viewer.scope)
  // A receipt shows its rating to whoever holds it; who rated is sealed from the reach of a person's own cases by its table.
  const ownParts = createRatingPartLoaders(database, receiptScope)
  return {
    /** Null when unknown or outside the scope. */
    evaluation: (id: string) => evaluations.load(id),
    evaluationsOfCase: (caseId: string) => ofCases.load(caseId),
    /** What stands beside a rating that this viewer was shown, by his scope or by its receipt. */
    partsFor: ({ hasReceipt }: { hasReceipt: boolean }) =>
      hasReceipt || viewer.scope.reach === 'CASES' ? ownParts : parts,
  }
}

export type Loaders = ReturnType<typeof createLoaders>
