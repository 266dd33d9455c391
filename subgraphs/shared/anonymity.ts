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

/** False for the rated unit and its systems, and for whoever else has no task that needs it (decision 19). */
export function seesWhoRated(viewer: Viewer): boolean {
  return viewer.kind === 'SYSTEM' || outsideTheUnit.includes(viewer.role)
}

/** The hour in which an instant lies: as much of its time as the rated unit may know of an anonymous rating. */
export function startOfHour(at: Date): Date {
  return new Date(Math.floor(at.getTime() / hourMilliseconds) * hourMilliseconds)
}
