import type { OwnCasesQuery, OwnRatingFragment } from '../kit/generated/operations.ts'

export type OwnCase = OwnCasesQuery['serviceCases']['edges'][number]['node']

/** What a person may look at: everything, what he can rate now, what he has rated. */
export const caseFilters = ['all', 'unrated', 'rated'] as const
export type CaseFilter = (typeof caseFilters)[number]

/** Cases on one page of the list. */
export const pageSize = 20

/** The first rating of a case (首次评价); undefined while there is none. */
export const firstRating = ({ evaluations }: OwnCase): OwnRatingFragment | undefined =>
  evaluations?.find(({ round }) => round === 1)

/** The second rating (追评); undefined while there is none. */
export const secondRating = ({ evaluations }: OwnCase): OwnRatingFragment | undefined =>
  evaluations?.find(({ round }) => round === 2)

/** Whether a first rating can be given now; unknown counts as no, so that no button leads nowhere. */
export const isToRate = (own: OwnCase): boolean =>
  own.takesRatings === true && own.evaluations !== null && !firstRating(own)

/** Whether a second rating may still be given. */
export const takesSecond = (own: OwnCase): boolean =>
  own.takesRatings === true && firstRating(own) !== undefined && !secondRating(own)

/** The rater of a bad rating was told how it was put right (已反馈), so that he can judge that. */
export function wasToldOfRectification(rating: {
  isNegative: boolean
  negativeReview: { state: string } | null
}): boolean {
  const state = rating.negativeReview?.state
  return rating.isNegative && (state === 'EVALUATOR_TOLD' || state === 'CLOSED')
}

export type ShownCases = { cases: OwnCase[]; count: number; page: number; pages: number }

/** One page of a person's cases: what he can rate comes first, then the latest. A page beyond the last is the last. */
export function shownCases(own: readonly OwnCase[], filter: CaseFilter, page: number): ShownCases {
  const wanted = own.filter(one => filter === 'all' || (filter === 'unrated' ? isToRate(one) : firstRating(one)))
  const sorted = wanted.toSorted((a, b) => Number(isToRate(b)) - Number(isToRate(a)))
  const pages = Math.max(1, Math.ceil(sorted.length / pageSize))
  const shown = Math.min(Math.max(1, page), pages)
  return { cases: sorted.slice((shown - 1) * pageSize, shown * pageSize), count: sorted.length, page: shown, pages }
}

/** Cases whose number contains what was typed; blanks, dashes and case do not matter. The first page of them. */
export function foundCases(own: readonly OwnCase[], typed: string): { cases: OwnCase[]; count: number } {
  const wanted = bare(typed)
  const found = wanted === '' ? [] : own.filter(({ caseNumber }) => bare(caseNumber).includes(wanted))
  return { cases: found.slice(0, pageSize), count: found.length }
}

const bare = (text: string) => text.normalize('NFKC').toUpperCase().replaceAll(/[\s-]/g, '')
