import type { EvaluationsContext } from '../context.ts'
import {
  distancesOf,
  isOutlier,
  LEAST_JUDGED,
  type OperatorCounts,
  OUTLIER_DISTANCE,
} from '../domain/operator-outliers.ts'
import { mayCompareOperators } from '../domain/phone-permission.ts'
import { operatorCounts } from '../store/call-backs.ts'

const MOST_OPERATORS = 200

/** Ratings by telephone per operator of a period beside those of the area (话务员评价统计), the most first; empty for those who may not compare. */
export async function compareOperators(since: Date, until: Date, { viewer, database }: EvaluationsContext) {
  const counts = mayCompareOperators(viewer)
    ? await database.inScope(viewer.scope, tx => operatorCounts(tx, since, until))
    : []
  const distances = distancesOf(counts)
  const total = (of: (each: OperatorCounts) => number) => counts.reduce((sum, each) => sum + of(each), 0)
  const ratings = total(each => each.ratings)
  return {
    ratings,
    shareOfFives:
      ratings === 0
        ? null
        : percent(
            total(each => each.fives),
            ratings,
          ),
    meanLevel: ratings === 0 ? null : twoDecimals(total(each => each.levels) / ratings),
    leastJudged: LEAST_JUDGED,
    outlierDistance: OUTLIER_DISTANCE,
    operators: counts.slice(0, MOST_OPERATORS).map((each, index) => {
      const distance = distances[index]!
      return {
        ...each,
        shareOfFives: percent(each.fives, each.ratings),
        meanLevel: twoDecimals(each.levels / each.ratings),
        distance: distance === null ? null : twoDecimals(distance),
        isOutlier: isOutlier(distance),
      }
    }),
  }
}

const percent = (part: number, whole: number) => Math.round((part / whole) * 10_000) / 100
const twoDecimals = (value: number) => Math.round(value * 100) / 100
