import { seesWhoRated, startOfHour } from '../../shared/anonymity.ts'
import type { Viewer } from '../../shared/viewer.ts'

/** Who looks at a rating: a viewer by his role, or whoever holds its receipt number (回执编号). */
export type Looker = { viewer: Viewer; hasReceipt: boolean }

type Rated = {
  isAnonymous: boolean
  evaluatedAt: Date
  caseId: string | null
  text: string | null
  isTextSuspectedPersonal: boolean
}

/** What this looker may see of a rating. */
export type VisibleParts = Pick<Rated, 'caseId' | 'evaluatedAt' | 'text'>

/**
 * The rated unit never learns who gave an anonymous rating (匿名评价): no case, the time down to the hour, and no text that seems
 * to name a person. Otherwise the unit reads the text: it is what it has to put right.
 */
export function visibleParts(rated: Rated, { viewer, hasReceipt }: Looker): VisibleParts {
  const { isAnonymous, caseId, evaluatedAt, text, isTextSuspectedPersonal } = rated
  if (!isAnonymous || hasReceipt || seesWhoRated(viewer)) return { caseId, evaluatedAt, text }
  return { caseId: null, evaluatedAt: startOfHour(evaluatedAt), text: isTextSuspectedPersonal ? null : text }
}

/** The instant that the id of a rating carries: ids are shown to the unit and must not tell more than the time that it may see. */
export function instantInId(rated: Pick<Rated, 'isAnonymous' | 'evaluatedAt'>): Date {
  return rated.isAnonymous ? startOfHour(rated.evaluatedAt) : rated.evaluatedAt
}
