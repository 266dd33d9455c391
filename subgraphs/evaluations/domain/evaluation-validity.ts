/** Through what a rating became invalid (无效来源). */
export type InvalidationSource = 'INTEGRITY_SIGNAL' | 'VERIFICATION' | 'APPEAL'

/** One decision about whether a rating counts: it is invalid, or an earlier such decision is revoked. */
export type ValidityDecision = {
  id: string
  evaluationId: string
  source: InvalidationSource
  /** The signal, review or appeal. */
  sourceId: string
  /** The decision that this one revokes; null for one that makes the rating invalid. */
  revokesId: string | null
  reason: string
  decidedAt: Date
  decidedByName: string
}

/** Decisions that hold: nothing revokes them. A rating is invalid while one does. */
export function standing(history: readonly ValidityDecision[]): ValidityDecision[] {
  const revoked = new Set(history.map(({ revokesId }) => revokesId))
  return history.filter(({ id, revokesId }) => revokesId === null && !revoked.has(id))
}
