import type { Placement } from '../../shared/events/event.ts'

/** What speaks for rigging or malice (异常评价线索种类); the rules stand in `integrity-rules.ts`. */
export type IntegrityKind =
  | 'BURST'
  | 'SUB_SECOND'
  | 'BEFORE_CLOSING'
  | 'SAME_CONTACT'
  | 'SELF_RATING'
  | 'CALL_BACK_MISMATCH'
  | 'IDENTICAL_SETS'
  | 'OPERATOR_SHARE'
  | 'NO_NEGATIVES'

export type IntegrityState = 'OPEN' | 'CONFIRMED' | 'DISMISSED'

/** About whom or what a signal is. The key of a CONTACT is a keyed hash or a citizen's id and never leaves the hub. */
export type IntegritySubject = {
  kind: 'STAFF_MEMBER' | 'WINDOW' | 'HALL' | 'DEPARTMENT' | 'OPERATOR' | 'CONTACT'
  key: string
}

/** Figures that a rule judged, and names that its sentence needs. */
export type IntegrityFacts = Record<string, number | string>

/** What a rule makes of its figures: how strongly it speaks, 1 to 100. */
export type Verdict = { strength: number; facts: IntegrityFacts }

/** A signal as the sweep finds it; the same kind, subject and period is the same signal. */
export type Finding = Verdict & {
  kind: IntegrityKind
  subject: IntegritySubject
  /** Names the period within kind and subject, e.g. `2026-11-20/GOOD`. */
  period: string
  from: Date
  until: Date
  evaluationIds: string[]
}

/** A signal as it is kept. */
export type IntegritySignal = Omit<Finding, 'evaluationIds'> & {
  id: string
  state: IntegrityState
  evidenceCount: number
  noticedAt: Date
  updatedAt: Date
  decidedAt: Date | null
  decidedByName: string | null
  decisionReason: string | null
  placement: Placement
}
