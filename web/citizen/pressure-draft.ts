import type { PressureKind } from '../kit/generated/operations.ts'

/** What was filled in of a report. */
export type PressureDraft = { kind: string; text: string; contactPhone: string }

export const emptyPressure: PressureDraft = { kind: '', text: '', contactPhone: '' }

/** What may be reported, the commonest first. */
export const pressureKinds: readonly PressureKind[] = ['PRESSURE', 'INDUCEMENT', 'RETALIATION', 'RATED_BY_STAFF']
