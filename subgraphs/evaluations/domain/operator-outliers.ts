/** Ratings by telephone of one operator (话务员). */
export type OperatorCounts = {
  operatorId: string
  operatorName: string
  ratings: number
  fives: number
  levels: number
  confirmed: number
  mismatches: number
}

/** Fewer ratings than these tell nothing of an operator. */
export const LEAST_JUDGED = 30
/** Three standard deviations: of operators who do nothing wrong, about one in four hundred is named. */
export const OUTLIER_DISTANCE = 3

/**
 * How far the share of fives of each operator lies from what is usual in the area (离群), in standard deviations of a binomial count. Usual is the
 * median of the operators' shares: the mean of all ratings would follow one who fills in half of them. One five and one other rating are added to each
 * share, so that an area of fives alone still has a spread. Null with fewer than 30 ratings, or with nobody else to compare with.
 */
export function distancesOf(operators: readonly OperatorCounts[]): (number | null)[] {
  const judged = operators.filter(({ ratings }) => ratings >= LEAST_JUDGED)
  if (judged.length < 2) return operators.map(() => null)
  const share = median(judged.map(({ ratings, fives }) => (fives + 1) / (ratings + 2)))
  return operators.map(({ ratings, fives }) =>
    ratings < LEAST_JUDGED ? null : (fives - ratings * share) / Math.sqrt(ratings * share * (1 - share)),
  )
}

/** An outlier in either direction: too many fives may be filled in by himself, too few may be malice. */
export function isOutlier(distance: number | null): boolean {
  return distance !== null && Math.abs(distance) >= OUTLIER_DISTANCE
}

function median(numbers: readonly number[]): number {
  const sorted = numbers.toSorted((a, b) => a - b)
  const middle = sorted.length / 2
  return (sorted[Math.ceil(middle) - 1]! + sorted[Math.floor(middle)]!) / 2
}
