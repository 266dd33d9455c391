import type { RatingChannel } from '../../shared/policy/policy.ts'
import { channels } from '../../shared/policy/policy-words.ts'
import { integrityThresholds } from './integrity-rules.ts'
import type { IntegrityFacts, IntegrityKind, IntegritySignal } from './integrity-signal.ts'

type Words = { zh: string; en: string }

const limits = integrityThresholds
const sources: Record<string, Words> = {
  HOTLINE: { zh: '热线', en: 'hotline' },
  INVITATION: { zh: '电话邀评', en: 'phone invitation' },
}

/** What a kind of signal looks for, with its thresholds (线索规则). */
export const integrityRuleWords: Record<IntegrityKind, Words> = {
  BURST: {
    zh: `同一窗口或人员 ${limits.burstMinutes} 分钟内评价不少于 ${limits.burstRatings} 条，且不低于平时的 ${limits.burstTimesUsual} 倍；好评、差评分开计算`,
    en: `at least ${limits.burstRatings} ratings of one window or person within ${limits.burstMinutes} minutes and ${limits.burstTimesUsual} times the usual pace; good and bad ones apart`,
  },
  SUB_SECOND: {
    zh: `同一窗口现场评价相隔不足 1 秒：评价器 ${limits.subSecondAtDevice} 条，或合计 ${limits.subSecondAtWindow} 条`,
    en: `ratings at one window less than a second apart: ${limits.subSecondAtDevice} at the device, or ${limits.subSecondAtWindow} in all`,
  },
  BEFORE_CLOSING: {
    zh: `一日内 ${limits.tooSoonRatings} 条好评早于办结，或在办结后 ${limits.tooSoonSeconds} 秒内提交（已超时限的办件除外）`,
    en: `${limits.tooSoonRatings} good ratings a day given before the closing or within ${limits.tooSoonSeconds} s of it (not of cases beyond their limit)`,
  },
  SAME_CONTACT: {
    zh: `同一电话或同一实名用户一个月内评价不少于 ${limits.sameContactApplicants} 名申请人的办件`,
    en: `one telephone or signed-in person rates for at least ${limits.sameContactApplicants} applicants within a month`,
  },
  SELF_RATING: {
    zh: '评价人电话与话务员、邀评员登记的电话相同（窗口人员及其亲属的电话不在系统内，无法比对）',
    en: 'the rater’s telephone is that of an operator (those of clerks and relatives are not known to the hub)',
  },
  CALL_BACK_MISMATCH: {
    zh: '回访时评价人所述与话务员记录不一致，或否认评价过',
    en: 'called back, the rater remembers another level than was recorded, or none',
  },
  IDENTICAL_SETS: {
    zh: `同一窗口一周内，满意度与选项完全相同的评价不少于 ${limits.identicalRatings} 条，且占多选项评价的 ${limits.identicalShare * 100}% 以上`,
    en: `at one window within a week at least ${limits.identicalRatings} ratings of the same level and items, ${limits.identicalShare * 100}% or more of those with two or more items`,
  },
  OPERATOR_SHARE: {
    zh: `话务员当月“非常满意”占比高出同类人员 ${limits.operatorShareAbove * 100} 个百分点以上，且偏离 ${limits.operatorDeviation} 个标准误以上（双方各不少于 ${limits.operatorRatings} 条）`,
    en: `an operator’s share of level 5 in a month is ${limits.operatorShareAbove * 100} points and ${limits.operatorDeviation} standard errors above that of the others (${limits.operatorRatings} ratings each at least)`,
  },
  NO_NEGATIVES: {
    zh: `近 7 日该渠道没有差评，而按前 ${limits.noNegativesHistoryDays} 日的差评占比，偶然出现的概率不到 ${limits.noNegativesChance * 100}%；提示该渠道可能无法提交差评`,
    en: `no bad rating on this channel for 7 days, which by the share of the ${limits.noNegativesHistoryDays} days before has a chance below ${limits.noNegativesChance * 100}%: the channel may refuse them`,
  },
}

const findings: Record<IntegrityKind, (facts: IntegrityFacts) => Words> = {
  BURST: ({ peak, usual }) => ({
    zh: `10 分钟内评价 ${peak} 条，平时约 ${usual} 条`,
    en: `${peak} ratings within 10 minutes; usually about ${usual}`,
  }),
  SUB_SECOND: ({ ratings, atDevice }) => ({
    zh: `${ratings} 条评价彼此相隔不足 1 秒，其中评价器 ${atDevice} 条`,
    en: `${ratings} ratings less than a second apart, ${atDevice} of them at the device`,
  }),
  BEFORE_CLOSING: ({ ratings, soonest }) => ({
    zh: `${ratings} 条好评紧挨办结时间，最早为办结${Number(soonest) < 0 ? '前' : '后'} ${Math.abs(Number(soonest))} 秒`,
    en: `${ratings} good ratings right at the closing, the soonest ${Math.abs(Number(soonest))} s ${Number(soonest) < 0 ? 'before' : 'after'} it`,
  }),
  SAME_CONTACT: ({ applicants, cases }) => ({
    zh: `同一联系方式评价了 ${applicants} 名申请人的 ${cases} 件办件`,
    en: `one contact rated ${cases} cases of ${applicants} applicants`,
  }),
  SELF_RATING: ({ ratings, operatorName }) => ({
    zh: `${ratings} 条评价留下的电话与“${operatorName}”登记的电话相同`,
    en: `${ratings} ratings carry the telephone of ${operatorName}`,
  }),
  CALL_BACK_MISMATCH: ({ mismatches, denied, raised, operatorName }) => ({
    zh: `“${operatorName}”记录的 ${mismatches} 条评价回访不一致，其中 ${denied} 条被否认${Number(raised) > 0 ? `，最多记高 ${raised} 级` : ''}`,
    en: `${mismatches} ratings recorded by ${operatorName} were remembered otherwise, ${denied} denied${Number(raised) > 0 ? `, recorded up to ${raised} levels too high` : ''}`,
  }),
  IDENTICAL_SETS: ({ identical, ratings, percent }) => ({
    zh: `${ratings} 条多选项评价中 ${identical} 条完全相同（${percent}%）`,
    en: `${identical} of ${ratings} ratings with several items are identical (${percent}%)`,
  }),
  OPERATOR_SHARE: ({ ratings, percent, usualPercent, operatorName }) => ({
    zh: `“${operatorName}”记录 ${ratings} 条，“非常满意”占 ${percent}%，其他人员为 ${usualPercent}%`,
    en: `${operatorName} recorded ${ratings} ratings, ${percent}% of them level 5; the others ${usualPercent}%`,
  }),
  NO_NEGATIVES: ({ ratings, expected, usualPercent, channel }) => {
    const { zh, en } = channels[channel as RatingChannel]
    return {
      zh: `${zh}渠道近 7 日 ${ratings} 条评价中没有差评；此前差评占 ${usualPercent}%，应约有 ${expected} 条`,
      en: `${en}: no bad one among ${ratings} ratings in 7 days; before it was ${usualPercent}%, about ${expected} were to be expected`,
    }
  },
}

/** What was found, in one sentence (线索内容). */
export function findingWords({ kind, facts, period }: Pick<IntegritySignal, 'kind' | 'facts' | 'period'>): Words {
  const { zh, en } = findings[kind](facts)
  const source = kind === 'OPERATOR_SHARE' ? sources[period.split('/')[1]!] : undefined
  if (source) return { zh: `${source.zh}：${zh}`, en: `${source.en}: ${en}` }
  if (kind === 'BURST' && period.endsWith('/BAD')) return { zh: `差评集中：${zh}`, en: `bad ratings: ${en}` }
  return { zh, en }
}
