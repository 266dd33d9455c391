import type { EvaluationsContext } from '../context.ts'
import { standing, type ValidityDecision } from '../domain/evaluation-validity.ts'

/** Everything that was decided about whether one rating counts, the earliest first. */
export type ValidityHistory = readonly ValidityDecision[]

const latest = (history: ValidityHistory) => standing(history).at(-1) ?? null

export const EvaluationValidity = {
  state: (history: ValidityHistory) => (latest(history) ? 'INVALID' : 'VALID'),
  reason: (history: ValidityHistory) => latest(history)?.reason ?? null,
  decidedAt: (history: ValidityHistory) => latest(history)?.decidedAt ?? null,
  source: (history: ValidityHistory) => latest(history)?.source ?? null,
  history: (history: ValidityHistory, _: unknown, { viewer }: EvaluationsContext) =>
    history.map(({ id, source, reason, revokesId, decidedAt, decidedByName }) => {
      const decidedBy = viewer.kind === 'STAFF' ? decidedByName : null
      return { id, source, reason, isRevocation: revokesId !== null, decidedAt, decidedBy }
    }),
}
