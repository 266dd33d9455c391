import DataLoader from 'dataloader'
import type { Database, Transaction } from '../../shared/database.ts'
import type { Scope } from '../../shared/viewer.ts'
import type { ValidityDecision } from '../domain/evaluation-validity.ts'
import type { StaticCode } from '../domain/static-code.ts'
import { readingScope } from '../domain/static-code-permission.ts'
import { validityDecisions } from './evaluation-invalidations.ts'
import { linkedCases } from './link-queries.ts'
import { identificationsOfRatings, picturesOfRatings, supplementsOfRatings } from './rating-parts.ts'
import { staticCodesById } from './static-code-queries.ts'

/** Batched reads of what stands beside ratings, each kind only where it is asked for. Whether the looker may see it is not judged here. */
export function createRatingPartLoaders(database: Database, scope: Scope) {
  const batched = <Row extends { evaluationId: string }>(
    read: (transaction: Transaction, ids: readonly string[]) => Promise<Row[]>,
  ) =>
    new DataLoader<string, Row[]>(async ids => {
      const byRating = Map.groupBy(await database.inScope(scope, tx => read(tx, ids)), row => row.evaluationId)
      return ids.map(id => byRating.get(id) ?? [])
    })
  const pictures = batched(picturesOfRatings)
  const supplements = batched(supplementsOfRatings)
  const identifications = batched(identificationsOfRatings)
  const validity = batched<ValidityDecision>(validityDecisions)
  const links = new DataLoader<string, string | null>(async ids => {
    const found = await database.inScope(scope, tx => linkedCases(tx, ids))
    return ids.map(id => found.get(id) ?? null)
  })
  const staticCodes = new DataLoader<string, StaticCode | null>(async ids => {
    const found = await database.inScope(readingScope({ scope }), tx => staticCodesById(tx, ids))
    const byId = new Map(found.map(code => [code.id, code]))
    return ids.map(id => byId.get(id) ?? null)
  })
  return {
    /** The static code that a rating came by; null outside the scope. */
    staticCode: (id: string) => staticCodes.load(id),
    picturesOf: (evaluationId: string) => pictures.load(evaluationId),
    /** Null when nothing was added. */
    supplementOf: async (evaluationId: string) => (await supplements.load(evaluationId))[0] ?? null,
    /** Null when the person was erased. */
    identificationOf: async (evaluationId: string) =>
      (await identifications.load(evaluationId))[0]?.identifiedBy ?? null,
    /** What was decided about whether it counts, the earliest first. */
    validityOf: (evaluationId: string) => validity.load(evaluationId),
    /** The case that an unlinked rating was tied to afterwards (补关联); null when it was not. */
    linkedCaseOf: (evaluationId: string) => links.load(evaluationId),
  }
}
