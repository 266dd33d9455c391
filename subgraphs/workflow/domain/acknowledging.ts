import type { Viewer } from '../../shared/viewer.ts'

/** Acknowledging (知悉) is for those who watch the hall or its region; the rated unit's handlers answer in their own way. */
export function mayAcknowledge(viewer: Viewer): boolean {
  return viewer.role === 'HALL_SUPERVISOR' || viewer.role === 'MANAGEMENT_BODY'
}
