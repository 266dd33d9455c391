import { seesWhoRated, startOfHour } from '../../shared/anonymity.ts'
import type { Viewer } from '../../shared/viewer.ts'

/** Who looks at a rating: a viewer by his role, or whoever holds its receipt number (回执编号). */
export type Looker = { viewer: Viewer; hasReceipt: boolean }

type Words = { text: string | null; environmentReason: string | null; attitudeReason: string | null }

/** Something said in words, now or later. */
export type Written = Words & { isTextSuspectedPersonal: boolean }

type Rated = Written & { isAnonymous: boolean; evaluatedAt: Date; committedAt: Date; caseId: string | null }

/** What this looker may see of a rating. */
export type VisibleParts = Words & Pick<Rated, 'caseId' | 'evaluatedAt' | 'committedAt'>

/** Whoever rated himself, and those whose task needs it (评价人). */
export function mayKnowRater({ viewer, hasReceipt }: Looker): boolean {
  return hasReceipt || seesWhoRated(viewer)
}

/** The rated unit looks at an anonymous rating (匿名评价): it must not learn who gave it. Pictures, too, may show him. */
export function isWithheld({ isAnonymous }: Pick<Rated, 'isAnonymous'>, looker: Looker): boolean {
  return isAnonymous && !mayKnowRater(looker)
}

/**
 * The rated unit never learns who gave an anonymous rating: no case, times down to the hour, and no words that seem to name
 * a person. Otherwise the unit reads the words: they are what it has to put right.
 */
export function visibleParts(rated: Rated, looker: Looker): VisibleParts {
  return {
    caseId: isWithheld(rated, looker) ? null : rated.caseId,
    evaluatedAt: visibleTime(rated.evaluatedAt, rated, looker),
    committedAt: visibleTime(rated.committedAt, rated, looker),
    ...visibleWords(rated, rated, looker),
  }
}

/** What this looker may read of words that belong to this rating. */
export function visibleWords(written: Written, rated: Pick<Rated, 'isAnonymous'>, looker: Looker): Words {
  const { text, environmentReason, attitudeReason, isTextSuspectedPersonal } = written
  if (isTextSuspectedPersonal && isWithheld(rated, looker)) {
    return { text: null, environmentReason: null, attitudeReason: null }
  }
  return { text, environmentReason, attitudeReason }
}

/** As much of a time of this rating as this looker may know. */
export function visibleTime(at: Date, rated: Pick<Rated, 'isAnonymous'>, looker: Looker): Date {
  return isWithheld(rated, looker) ? startOfHour(at) : at
}

/** The instant that the id of a rating carries: ids are shown to the unit and must not tell more than the time that it may see. */
export function instantInId(rated: Pick<Rated, 'isAnonymous' | 'evaluatedAt'>): Date {
  return rated.isAnonymous ? startOfHour(rated.evaluatedAt) : rated.evaluatedAt
}
