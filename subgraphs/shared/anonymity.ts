import type { Role, Viewer } from './viewer.ts'

/** Those who do not belong to the rated unit: only they may learn from which case an anonymous rating came (评价人匿名). */
const outsideTheUnit: readonly (Role | null)[] = [
  'PROVINCIAL_BUREAU',
  'MANAGEMENT_BODY',
  'QUALITY_CHECKER',
  'HOTLINE_OPERATOR',
  'AUDITOR',
]

const hourMilliseconds = 3_600_000

/** True for the hub itself, for whoever follows the case by its receipt, and for those whose task needs it (decision 19); never for the rated unit or its systems. */
export function seesWhoRated(viewer: Viewer): boolean {
  return viewer.kind === 'SYSTEM' || viewer.scope.reach === 'CASES' || outsideTheUnit.includes(viewer.role)
}

/** The hour in which an instant lies: as much of its time as the rated unit may know of an anonymous rating. */
export function startOfHour(at: Date): Date {
  return new Date(Math.floor(at.getTime() / hourMilliseconds) * hourMilliseconds)
}
