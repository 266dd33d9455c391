import type { LimitRule, LimitUnit } from '../clock/deadline.ts'
import type { ThresholdRule } from '../clock/thresholds.ts'
import type { JurisdictionPolicy, RatingChannel, SilenceBase, SmsInvitationRule, SubRatingKind } from './policy.ts'

type Words = { zh: string; en: string }

/** A rule of a policy as people read it (政策条文), with its source. */
export type PolicyRule = { key: string; label: Words; value: Words; source: string }

const units: Record<LimitUnit, Words> = {
  HOURS: { zh: '小时', en: 'hours' },
  NATURAL_DAYS: { zh: '个自然日', en: 'natural days' },
  WORKING_DAYS: { zh: '个工作日', en: 'working days' },
}
/** Channels (评价渠道) in words. */
export const channels: Record<RatingChannel, Words> = {
  PORTAL: { zh: '政务服务网', en: 'portal' },
  MOBILE: { zh: '移动端', en: 'mobile' },
  QR_CODE: { zh: '二维码', en: 'QR code' },
  WINDOW_DEVICE: { zh: '窗口评价器', en: 'window device' },
  TERMINAL: { zh: '自助终端', en: 'terminal' },
  PHONE: { zh: '电话', en: 'phone' },
  SMS: { zh: '短信', en: 'SMS' },
}
const levels: Record<1 | 2 | 3 | 4 | 5, Words> = {
  5: { zh: '非常满意', en: 'very satisfied' },
  4: { zh: '满意', en: 'satisfied' },
  3: { zh: '基本满意', en: 'basically satisfied' },
  2: { zh: '不满意', en: 'dissatisfied' },
  1: { zh: '非常不满意', en: 'very dissatisfied' },
}
const silenceBases: Record<SilenceBase, Words> = {
  SERVICE: { zh: '接受服务', en: 'the service' },
  CLOSING: { zh: '办结', en: 'the closing' },
  CREATION: { zh: '办件生成', en: 'the case came into being' },
}
const questions: Record<SubRatingKind, Words> = {
  ENVIRONMENT: { zh: '环境', en: 'environment' },
  ATTITUDE: { zh: '态度', en: 'attitude' },
  FEES: { zh: '收费', en: 'fees' },
  INTERMEDIARY: { zh: '中介', en: 'intermediary' },
}

const limit = ({ amount, unit }: LimitRule): Words =>
  amount === 0
    ? unit === 'WORKING_DAYS'
      ? { zh: '当日（非工作日顺延至首个工作日）', en: 'the same day, or the first working day after it' }
      : { zh: '当日', en: 'the same day' }
    : { zh: `${amount}${units[unit].zh}`, en: `${amount} ${units[unit].en}` }

function listed(parts: readonly Words[]): Words {
  return { zh: parts.map(({ zh }) => zh).join('；'), en: parts.map(({ en }) => en).join('; ') }
}

const perChannel = <Value>(values: Readonly<Record<RatingChannel, Value>>, say: (value: Value) => Words): Words =>
  listed(
    Object.entries(values).map(([channel, value]) => {
      const said = say(value)
      const { zh, en } = channels[channel as RatingChannel]
      return { zh: `${zh}：${said.zh}`, en: `${en}: ${said.en}` }
    }),
  )

const upTo =
  (unit: Words) =>
  (most: number): Words =>
    most === 0 ? { zh: '不可填', en: 'none' } : { zh: `最多${most}${unit.zh}`, en: `at most ${most} ${unit.en}` }

function threshold(each: ThresholdRule): Words {
  if (each.left === 'HALF') return { zh: '剩余一半时间', en: 'half the time left' }
  return each.left === 'HOURS'
    ? { zh: `剩余${each.amount}小时`, en: `${each.amount} h left` }
    : { zh: `剩余${each.amount}天`, en: `${each.amount} days left` }
}

function invitation({
  isOffered,
  delayMinutes,
  reminderHours,
  quietFromHour,
  quietUntilHour,
}: SmsInvitationRule): Words {
  if (!isOffered) return { zh: '不推送', en: 'none' }
  const reminder =
    reminderHours === null
      ? { zh: '不提醒', en: 'no reminder' }
      : { zh: `${reminderHours}小时后提醒一次`, en: `one reminder after ${reminderHours} h` }
  return {
    zh: `办结${delayMinutes}分钟后推送，${reminder.zh}，${quietFromHour}时至次日${quietUntilHour}时不发`,
    en: `${delayMinutes} min after closing, ${reminder.en}, none from ${quietFromHour}:00 to ${quietUntilHour}:00`,
  }
}

function subRatings(demands: JurisdictionPolicy['subRatings']['value'][RatingChannel]): Words {
  const asked = Object.entries(demands).filter(([, demand]) => demand !== 'NOT_ASKED')
  if (asked.length === 0) return { zh: '不询问', en: 'not asked' }
  const parts = asked.map(([kind, demand]) => {
    const { zh, en } = questions[kind as SubRatingKind]
    return demand === 'REQUIRED' ? { zh: `${zh}必填`, en: `${en} required` } : { zh: `${zh}选填`, en: `${en} optional` }
  })
  return { zh: parts.map(({ zh }) => zh).join('、'), en: parts.map(({ en }) => en).join(', ') }
}

/** Every rule of a policy in words, Chinese and English, each with its source (政策公开). */
export function policyRules(policy: JurisdictionPolicy): PolicyRule[] {
  const rule = <Key extends Sources>(
    key: Key,
    zh: string,
    en: string,
    say: (value: JurisdictionPolicy[Key]['value']) => Words,
  ) => ({
    key,
    label: { zh, en },
    value: say(policy[key].value),
    source: policy[key].source,
  })
  return [
    rule('verificationLimit', '核实时限', 'Verification', limit),
    rule('rectificationLimit', '整改时限', 'Rectification', limit),
    rule('qualityCheckLimit', '质检时限', 'Quality check', limit),
    rule('followUpLimit', '回访时限', 'Follow-up', limit),
    rule('citizenAppealLimit', '评价人申诉时限', 'Appeal of the citizen', limit),
    rule('silence', '默认评价', 'Default rating', ({ days, unit, baseEvent, level }) =>
      baseEvent === null
        ? { zh: '不设默认评价', en: 'none' }
        : {
            zh: `${silenceBases[baseEvent].zh}后${days}${units[unit].zh}内未评价的，默认为${levels[level].zh}`,
            en: `${levels[level].en}, when nobody rated within ${days} ${units[unit].en} after ${silenceBases[baseEvent].en}`,
          },
    ),
    rule('lateWindowDays', '评价期限', 'Late ratings', days => ({
      zh: `办结后${days}个自然日内可评价、可二次评价`,
      en: `first and second ratings within ${days} natural days after closing`,
    })),
    rule('invitationWindow', '电话邀评期限', 'Phone invitation', value => ({
      zh: `办结后${limit(value).zh}内`,
      en: `within ${limit(value).en} after closing`,
    })),
    rule('phoneForm', '电话评价表单', 'Phone form', depth =>
      depth === 'FULL'
        ? { zh: '在电话中填写全部内容', en: 'everything is asked on the phone' }
        : {
            zh: '电话中只问满意度，其余通过短信链接补充',
            en: 'the level alone on the phone, the rest by a link in an SMS',
          },
    ),
    rule('invalidation', '无效评价认定', 'Invalidation', authority =>
      authority === 'PROVINCIAL_BUREAU'
        ? { zh: '由省级主管机构认定', en: 'by the provincial bureau' }
        : { zh: '由同级主管机构认定', en: 'by the management body of the region' },
    ),
    rule('textLimit', '文字评价', 'Text', value => perChannel(value, upTo({ zh: '字', en: 'characters' }))),
    rule('pictureLimit', '图片', 'Pictures', value => perChannel(value, upTo({ zh: '张', en: 'pictures' }))),
    rule('reasonRequired', '测评内容或文字', 'Items or text', value =>
      perChannel(value, demand =>
        demand === 'ALWAYS' ? { zh: '必填', en: 'always' } : { zh: '差评必填', en: 'at bad levels' },
      ),
    ),
    rule('subRatings', '分项评价', 'Sub-ratings', value => perChannel(value, subRatings)),
    rule('smsInvitation', '短消息追评', 'Invitation by SMS', invitation),
    rule('deadlineThresholds', '到期提醒', 'Warnings of deadlines', ({ VERIFICATION, RECTIFICATION }) => {
      const verification = listed(VERIFICATION.map(threshold))
      const rectification = listed(RECTIFICATION.map(threshold))
      return {
        zh: `核实：${verification.zh}。整改：${rectification.zh}`,
        en: `verification: ${verification.en}. Rectification: ${rectification.en}`,
      }
    }),
    rule(
      'codeLifetimes',
      '评价码有效期',
      'Lifetime of codes',
      ({ screenRollSeconds, screenGraceSeconds, openedFormMinutes }) => ({
        zh: `动态码每${screenRollSeconds}秒更换，宽限${screenGraceSeconds}秒；打开后${openedFormMinutes}分钟内可提交`,
        en: `screen codes roll every ${screenRollSeconds} s with ${screenGraceSeconds} s of grace; an opened form lasts ${openedFormMinutes} min`,
      }),
    ),
  ]
}

/** The parts of a policy that carry a source. */
type Sources = {
  [Key in keyof JurisdictionPolicy]: JurisdictionPolicy[Key] extends { source: string } ? Key : never
}[keyof JurisdictionPolicy]
