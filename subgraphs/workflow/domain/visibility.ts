import { seesWhoRated, startOfHour } from '../../shared/anonymity.ts'
import type { Viewer } from '../../shared/viewer.ts'

/** The case behind a review as this viewer may know it; null where the rater would be given away. */
export function visibleCaseId(viewer: Viewer, review: { caseId?: string | null; isAnonymous: boolean }): string | null {
  return review.isAnonymous && !seesWhoRated(viewer) ? null : (review.caseId ?? null)
}

/** When the rating came, rounded down to the hour where the exact time would tell the unit who gave it. */
export function visibleOpenedAt(viewer: Viewer, review: { openedAt: Date; isAnonymous: boolean }): Date {
  return review.isAnonymous && !seesWhoRated(viewer) ? startOfHour(review.openedAt) : review.openedAt
}
