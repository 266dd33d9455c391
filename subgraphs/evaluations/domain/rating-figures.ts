import type { RatingChannel, SatisfactionLevel } from '../../shared/policy/policy.ts'
import { channelNumbered } from './channel.ts'
import { isNegative, ratings } from './rating.ts'

/** Whether a rating is counted in the cleaned figures: neither invalid nor evidence of an open signal. */
export type RatingStanding = 'COUNTED' | 'SUSPECTED' | 'INVALID'

/** So many ratings of one level, channel and standing. */
export type RatingTally = { level: SatisfactionLevel; channel: number; standing: RatingStanding; count: number }

/** On whose initiative people rated: their own, an invitation by SMS, or on the phone with an operator. */
export type RatingInitiative = 'OWN' | 'SMS_INVITED' | 'PHONE'

/** Figures of some ratings; null where there is no base. Percentages and means have two decimals, rounded half up. */
export type PartFigures = {
  total: number
  negativeCount: number
  meanScore: number | null
  positivePercent: number | null
  positivePercentWithoutBasic: number | null
}

export type FigureSet = PartFigures & {
  levels: { level: SatisfactionLevel; count: number; percent: number | null }[]
  channels: (PartFigures & { channel: RatingChannel })[]
  initiatives: (PartFigures & { initiative: RatingInitiative })[]
}

export type CleanedFigures = { raw: FigureSet; cleaned: FigureSet; suspectedCount: number; invalidCount: number }

const initiatives: readonly RatingInitiative[] = ['OWN', 'SMS_INVITED', 'PHONE']

/** Raw and cleaned figures side by side (原始数据与清洗后数据). */
export function ratingFigures(tallies: readonly RatingTally[]): CleanedFigures {
  const of = (standing: RatingStanding) => tallies.filter(tally => tally.standing === standing)
  return {
    raw: figureSet(tallies),
    cleaned: figureSet(of('COUNTED')),
    suspectedCount: sum(of('SUSPECTED')),
    invalidCount: sum(of('INVALID')),
  }
}

function figureSet(tallies: readonly RatingTally[]): FigureSet {
  const total = sum(tallies)
  const byChannel = Map.groupBy(tallies, ({ channel }) => channel)
  const byInitiative = Map.groupBy(tallies, ({ channel }) => initiativeOf(channelNumbered(channel)))
  return {
    ...partFigures(tallies),
    levels: ratings.toReversed().map(({ level }) => {
      const count = sum(tallies.filter(tally => tally.level === level))
      return { level, count, percent: percentOf(count, total) }
    }),
    channels: [...byChannel.entries()]
      .sort(([a], [b]) => a - b)
      .map(([channel, part]) => ({ channel: channelNumbered(channel), ...partFigures(part) })),
    initiatives: initiatives.map(initiative => ({ initiative, ...partFigures(byInitiative.get(initiative) ?? []) })),
  }
}

function partFigures(tallies: readonly RatingTally[]): PartFigures {
  const total = sum(tallies)
  const positive = sum(tallies.filter(({ level }) => !isNegative(level)))
  const basic = sum(tallies.filter(({ level }) => level === 3))
  const score = tallies.reduce((points, { level, count }) => points + level * count, 0)
  return {
    total,
    negativeCount: total - positive,
    meanScore: total === 0 ? null : roundedHalfUp(score, total),
    positivePercent: percentOf(positive, total),
    positivePercentWithoutBasic: percentOf(positive - basic, total),
  }
}

function initiativeOf(channel: RatingChannel): RatingInitiative {
  if (channel === 'PHONE') return 'PHONE'
  return channel === 'SMS' ? 'SMS_INVITED' : 'OWN'
}

/** Null where there is no base: blank is not zero. */
function percentOf(part: number, base: number): number | null {
  return base === 0 ? null : roundedHalfUp(100 * part, base)
}

/** A quotient with two decimals; whole numbers until the last step, so that a half is a half. */
function roundedHalfUp(dividend: number, divisor: number): number {
  return Math.floor((200 * dividend + divisor) / (2 * divisor)) / 100
}

function sum(tallies: readonly RatingTally[]): number {
  return tallies.reduce((total, { count }) => total + count, 0)
}

/** By which formulas the figures are made (计算口径), as they stand beside them. */
export const ratingFigureRules: readonly { zh: string; en: string }[] = [
  {
    zh: '原始数据：期间内收到的全部评价（首次、二次和未关联评价），按评价时间计；不含默认评价、探测办件和对本平台的评价。',
    en: 'Raw: all ratings given in the period (first, second and unlinked); without defaults, probes and ratings of the platform itself.',
  },
  {
    zh: '清洗后：原始数据减去已认定无效的评价和待认定线索涉及的评价；线索不予认定后，所涉评价重新计入。',
    en: 'Cleaned: raw without invalid ratings and without those that an open signal suspects; dismissed, they count again.',
  },
  {
    zh: '好评率 =（非常满意 + 满意 + 基本满意）÷ 评价总数；另列不含“基本满意”的好评率。',
    en: 'Positive share = levels 5, 4 and 3 ÷ all; beside it the share without level 3.',
  },
  {
    zh: '平均分 = 各评价分值（1 至 5）之和 ÷ 评价总数。差评为不满意和非常不满意。',
    en: 'Mean = sum of scores (1 to 5) ÷ number of ratings. Bad ratings are levels 2 and 1.',
  },
  {
    zh: '电话评价和短信邀评单列。百分比和平均分保留两位小数，四舍五入；没有评价时留空。',
    en: 'Ratings by telephone and by SMS invitation stand apart. Two decimals, rounded half up; blank where there is no rating.',
  },
]
