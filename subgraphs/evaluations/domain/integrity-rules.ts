import type { Verdict } from './integrity-signal.ts'

/**
 * From which figures on a rule speaks (异常评价线索阈值). A threshold too low costs a person a look, one too high hides rigging:
 * nothing is decided by it. The same everywhere, so that units are comparable.
 */
export const integrityThresholds = {
  /** 短时集中: so many ratings of one leaning within ten minutes, and so many times the usual pace. */
  burstRatings: 10,
  burstMinutes: 10,
  burstTimesUsual: 3,
  /** Days before, from which the usual pace is taken. */
  burstHistoryDays: 28,
  /** 一秒内: at one device two are more than hands can do; by screen codes of one window a third is. */
  subSecondAtDevice: 2,
  subSecondAtWindow: 3,
  /** 办结即评: nobody reads and answers within three seconds of the closing; three a day are no clock that runs ahead. */
  tooSoonSeconds: 3,
  tooSoonRatings: 3,
  /** A rating long before the closing was given to an earlier closing of a case that was taken up again. */
  beforeClosingMinutes: 10,
  /** 同一联系方式: applicants that one telephone or person rated for within a month; a family or a small agency has fewer. */
  sameContactApplicants: 5,
  /** 相同选项: of one window's ratings with two or more items within a week. */
  identicalRatings: 10,
  identicalShare: 0.8,
  /** 话务员占比: of one operator's ratings within a month, against all others. */
  operatorRatings: 30,
  operatorShareAbove: 0.1,
  operatorDeviation: 3,
  /** 差评消失: chance that a week without any bad rating is chance, at the unit's own share of the eight weeks before. */
  noNegativesChance: 0.001,
  noNegativesHistoryRatings: 200,
  noNegativesHistoryDays: 56,
} as const

const limits = integrityThresholds

/** A strength between 1 and 100. */
function strength(value: number): number {
  return Math.max(1, Math.min(100, Math.round(value)))
}

/** Many ratings in a short time (短时集中评价): `peak` within ten minutes, `usual` a mean of the ten-minute spans that had any and were no burst. */
export function judgeBurst({ peak, usual }: { peak: number; usual: number }): Verdict | null {
  if (peak < limits.burstRatings || peak < usual * limits.burstTimesUsual) return null
  const timesLimit = peak / Math.max(limits.burstRatings, usual * limits.burstTimesUsual)
  return { strength: strength(50 * timesLimit), facts: { peak, usual: Math.round(usual * 10) / 10 } }
}

/** Ratings of one window that lie less than a second apart (一秒内多次评价), and how many of them came from its device. */
export function judgeSubSecond({ ratings, atDevice }: { ratings: number; atDevice: number }): Verdict | null {
  if (atDevice < limits.subSecondAtDevice && ratings < limits.subSecondAtWindow) return null
  return { strength: strength(60 + 5 * ratings + 5 * atDevice), facts: { ratings, atDevice } }
}

/** Good ratings of a day that came sooner after the closing than anybody can read (办结前后数秒内评价); `soonest` in seconds, negative before it. */
export function judgeTooSoon({ ratings, soonest }: { ratings: number; soonest: number }): Verdict | null {
  if (ratings < limits.tooSoonRatings) return null
  return { strength: strength(40 + 6 * ratings), facts: { ratings, soonest: Math.round(soonest) } }
}

/** One telephone or signed-in person rates cases of many applicants (同一联系方式评价多名申请人的办件). */
export function judgeSameContact({ applicants, cases }: { applicants: number; cases: number }): Verdict | null {
  if (applicants < limits.sameContactApplicants) return null
  return { strength: strength(20 + 6 * applicants), facts: { applicants, cases } }
}

/** The rater's telephone is that of an operator (工作人员自评). One is enough: there is no good reason for it. */
export function judgeSelfRating({ ratings }: { ratings: number }): Verdict | null {
  return ratings < 1 ? null : { strength: strength(85 + 5 * ratings), facts: { ratings } }
}

/** Ratings by telephone that the caller remembers otherwise or not at all (回访不一致); `raised` is the most levels by which one was recorded higher. */
export function judgeCallBack(figures: { mismatches: number; denied: number; raised: number }): Verdict | null {
  const { mismatches, denied, raised } = figures
  if (mismatches < 1) return null
  return {
    strength: strength(50 + 10 * (mismatches - 1) + 20 * Math.min(denied, 1) + 10 * Math.max(0, raised)),
    facts: { mismatches, denied, raised },
  }
}

/** The same level with the same items again and again at one window (相同选项反复出现); `ratings` are all that name two or more items. */
export function judgeIdenticalSets({ identical, ratings }: { identical: number; ratings: number }): Verdict | null {
  if (identical < limits.identicalRatings || identical < ratings * limits.identicalShare) return null
  const share = identical / ratings
  return {
    strength: strength(30 + 40 * share + identical / 2),
    facts: { identical, ratings, percent: Math.round(share * 100) },
  }
}

type Tally = { ratings: number; fives: number }

/** An operator records 5 far more often than all others do (话务员五星占比异常): two shares compared by their standard error. */
export function judgeOperatorShare(own: Tally, others: Tally): Verdict | null {
  if (own.ratings < limits.operatorRatings || others.ratings < limits.operatorRatings) return null
  const share = own.fives / own.ratings
  const usual = others.fives / others.ratings
  const pooled = (own.fives + others.fives) / (own.ratings + others.ratings)
  const error = Math.sqrt(pooled * (1 - pooled) * (1 / own.ratings + 1 / others.ratings))
  const deviation = error === 0 ? 0 : (share - usual) / error
  if (share - usual < limits.operatorShareAbove || deviation < limits.operatorDeviation) return null
  return {
    strength: strength(30 + 8 * deviation),
    facts: { ratings: own.ratings, percent: Math.round(share * 100), usualPercent: Math.round(usual * 100) },
  }
}

/**
 * A unit's bad ratings on one channel fell to none (差评消失): an alarm that the channel refuses them, not a proof. At the share of
 * the eight weeks before, a week like this one would come about with the chance (1 − share)^ratings.
 */
export function judgeNoNegatives(figures: {
  recentRatings: number
  recentNegatives: number
  historyRatings: number
  historyNegatives: number
}): Verdict | null {
  const { recentRatings, recentNegatives, historyRatings, historyNegatives } = figures
  if (recentNegatives > 0 || historyRatings < limits.noNegativesHistoryRatings) return null
  const share = historyNegatives / historyRatings
  const chance = (1 - share) ** recentRatings
  if (chance > limits.noNegativesChance) return null
  const expected = Math.round(share * recentRatings * 10) / 10
  const usualPercent = Math.round(share * 1000) / 10
  // −log10 of the chance: 3 at the threshold, 10 and more where nobody can doubt it.
  const certainty = chance === 0 ? 10 : -Math.log10(chance)
  return { strength: strength(10 * certainty + 30), facts: { ratings: recentRatings, expected, usualPercent } }
}
