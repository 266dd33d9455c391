import type { JurisdictionPolicy } from './policy.ts'

const OURS = '本系统默认值，可由各地修改（default of this hub, each place may change it）'

const NOT_ASKED = {
  ENVIRONMENT: 'NOT_ASKED',
  ATTITUDE: 'NOT_ASKED',
  FEES: 'NOT_ASKED',
  INTERMEDIARY: 'NOT_ASKED',
} as const
const ALL_OPTIONAL = {
  ENVIRONMENT: 'OPTIONAL',
  ATTITUDE: 'OPTIONAL',
  FEES: 'OPTIONAL',
  INTERMEDIARY: 'OPTIONAL',
} as const

const ourDefaults = {
  qualityCheckLimit: { value: { amount: 2, unit: 'WORKING_DAYS' }, source: OURS },
  followUpLimit: { value: { amount: 7, unit: 'NATURAL_DAYS' }, source: OURS },
  citizenAppealLimit: { value: { amount: 15, unit: 'NATURAL_DAYS' }, source: OURS },
  lateWindowDays: { value: 30, source: OURS },
  deadlineThresholds: {
    value: {
      VERIFICATION: [{ left: 'HALF' }, { left: 'HOURS', amount: 4 }, { left: 'HOURS', amount: 1 }],
      RECTIFICATION: [
        { left: 'DAYS', amount: 5 },
        { left: 'DAYS', amount: 3 },
        { left: 'DAYS', amount: 1 },
      ],
    },
    source: OURS,
  },
  phoneForm: {
    value: 'FULL',
    source:
      '电话评价表单必填测评内容、环境、态度（豫 2020 通知附件1）（phone forms ask for items, environment and attitude: Henan 2020, annex 1）',
  },
  pictureLimit: {
    value: { PORTAL: 5, MOBILE: 5, QR_CODE: 5, WINDOW_DEVICE: 0, TERMINAL: 0, PHONE: 0, SMS: 5 },
    source:
      '手机评价页可填文字、传图片（沪 2020 通知二（一）2），张数为本系统默认值（phone page takes text and pictures; five is ours）',
  },
  subRatings: {
    value: {
      PORTAL: ALL_OPTIONAL,
      MOBILE: ALL_OPTIONAL,
      QR_CODE: ALL_OPTIONAL,
      WINDOW_DEVICE: NOT_ASKED,
      TERMINAL: NOT_ASKED,
      PHONE: { ...NOT_ASKED, ENVIRONMENT: 'REQUIRED', ATTITUDE: 'REQUIRED' },
      SMS: ALL_OPTIONAL,
    },
    source:
      '电话评价必填环境、态度（豫 2020 通知附件1）；其他渠道为本系统默认值（phone forms: Henan 2020, annex 1; the rest is ours）',
  },
  smsInvitation: {
    value: { isOffered: true, delayMinutes: 30, reminderHours: 24, quietFromHour: 21, quietUntilHour: 8 },
    source:
      '未当场评价的推送短信链接（沪 2020 通知二（一）3）；时刻为本系统默认值（late invitation: Shanghai 2020; times are ours）',
  },
  codeLifetimes: { value: { screenRollSeconds: 60, screenGraceSeconds: 30, openedFormMinutes: 30 }, source: OURS },
  reasonRequired: {
    value: {
      PORTAL: 'AT_NEGATIVE_LEVELS',
      MOBILE: 'AT_NEGATIVE_LEVELS',
      QR_CODE: 'AT_NEGATIVE_LEVELS',
      WINDOW_DEVICE: 'AT_NEGATIVE_LEVELS',
      TERMINAL: 'AT_NEGATIVE_LEVELS',
      PHONE: 'ALWAYS',
      SMS: 'AT_NEGATIVE_LEVELS',
    },
    source: '电话评价表单必填测评内容（豫 2020 通知附件1）；其他渠道为本系统默认值（phone forms: Henan 2020, annex 1)',
  },
} satisfies Partial<JurisdictionPolicy>

// No text on devices: Shanghai 2020, 二（一）1. Fifty characters on the phone: Henan 2020, annex 1. The rest is ours.
const TEXT_LIMIT = {
  value: { PORTAL: 500, MOBILE: 500, QR_CODE: 500, WINDOW_DEVICE: 0, TERMINAL: 0, PHONE: 50, SMS: 500 },
  source:
    '触摸设备不提供文字编辑（沪 2020 通知二（一）1）；电话评价最多50字（豫 2020 通知附件1）；网页500字为本系统默认值',
} satisfies JurisdictionPolicy['textLimit']

const TWENTY_FOUR_HOURS = { amount: 24, unit: 'HOURS' } as const
const FIFTEEN_NATURAL_DAYS = { amount: 15, unit: 'NATURAL_DAYS' } as const
const FIVE_WORKING_DAYS = { amount: 5, unit: 'WORKING_DAYS' } as const

const HENAN_INVITATION = {
  value: FIVE_WORKING_DAYS,
  source: '办结后5个工作日内未评价的办件可由热线评价、电话邀评（豫 2020 通知附件1）',
} satisfies JurisdictionPolicy['invitationWindow']

/** 河南省: the provincial platform states invitation and invalidation; its other clocks are this hub's defaults. */
export const henan: JurisdictionPolicy = {
  ...ourDefaults,
  id: 'henan',
  name: { zh: '河南省', en: 'Henan Province' },
  version: 1,
  inForceFrom: '2020-01-01',
  verificationLimit: { value: TWENTY_FOUR_HOURS, source: '默认同三门峡办法第十五条（default, as Sanmenxia art. 15）' },
  rectificationLimit: { value: FIFTEEN_NATURAL_DAYS, source: '默认同许昌制度第十条（default, as Xuchang art. 10）' },
  silence: {
    value: { days: 7, unit: 'NATURAL_DAYS', baseEvent: null, level: 3 },
    source: '豫 2020 通知未规定默认评价，只规定电话邀评（no default rating known, phone invitation only）',
  },
  invitationWindow: HENAN_INVITATION,
  invalidation: { value: 'PROVINCIAL_BUREAU', source: '申诉经省大数据局核实后调整（豫 2020 通知三）' },
  textLimit: TEXT_LIMIT,
}

/** 三门峡市: Measures of 19 December 2019. */
export const sanmenxia: JurisdictionPolicy = {
  ...ourDefaults,
  id: 'sanmenxia',
  name: { zh: '三门峡市', en: 'Sanmenxia' },
  version: 1,
  inForceFrom: '2019-12-19',
  verificationLimit: { value: TWENTY_FOUR_HOURS, source: '24小时内核实（三门峡办法第十五条）' },
  rectificationLimit: {
    value: FIFTEEN_NATURAL_DAYS,
    source: '15日内整改（三门峡办法第十五条），“日”按自然日计（days read as natural days）',
  },
  silence: {
    value: { days: 7, unit: 'NATURAL_DAYS', baseEvent: 'SERVICE', level: 3 },
    source: '接受服务后7日内未评价默认基本满意（三门峡办法第十二条）',
  },
  invitationWindow: HENAN_INVITATION,
  invalidation: { value: 'MANAGEMENT_BODY', source: '主管机构复核，误评、恶意差评不予采纳（三门峡办法第十五条）' },
  textLimit: TEXT_LIMIT,
}

/** 许昌市: Rules of 2020, annexed to the city's plan. */
export const xuchang: JurisdictionPolicy = {
  ...ourDefaults,
  id: 'xuchang',
  name: { zh: '许昌市', en: 'Xuchang' },
  version: 1,
  inForceFrom: '2020-01-01',
  verificationLimit: { value: TWENTY_FOUR_HOURS, source: '默认同三门峡办法第十五条（default, as Sanmenxia art. 15）' },
  rectificationLimit: { value: FIFTEEN_NATURAL_DAYS, source: '15个自然日内整改并反馈（许昌制度第十条）' },
  silence: {
    value: { days: 7, unit: 'NATURAL_DAYS', baseEvent: 'CREATION', level: 3 },
    source: '办件生成7个自然日内未评价默认基本满意（许昌制度第九条）',
  },
  invitationWindow: HENAN_INVITATION,
  invalidation: { value: 'MANAGEMENT_BODY', source: '管理机构复核，恶意差评视为无效评价（许昌制度第九条）' },
  textLimit: TEXT_LIMIT,
}

/** 上海市: notice of 2020; its day figures (“1、5、15”) are from the press, not from the notice. */
export const shanghai: JurisdictionPolicy = {
  ...ourDefaults,
  id: 'shanghai',
  name: { zh: '上海市', en: 'Shanghai' },
  version: 1,
  inForceFrom: '2020-09-30',
  verificationLimit: {
    value: { amount: 0, unit: 'WORKING_DAYS' },
    source: '当日联系（“1、5、15”工作日，据媒体报道；same day, from the press）',
  },
  rectificationLimit: {
    value: { amount: 15, unit: 'WORKING_DAYS' },
    source: '15个工作日（“1、5、15”工作日，据媒体报道；from the press）',
  },
  silence: {
    value: { days: 7, unit: 'NATURAL_DAYS', baseEvent: null, level: 3 },
    source: '未当场评价的推送短信链接，未规定默认评价（沪 2020 通知二（一）3；SMS link, no default rating known）',
  },
  invitationWindow: { value: FIVE_WORKING_DAYS, source: OURS },
  invalidation: { value: 'MANAGEMENT_BODY', source: OURS },
  textLimit: TEXT_LIMIT,
}

/** The four jurisdictions that ship with the hub. */
export const policyPresets: readonly JurisdictionPolicy[] = [henan, sanmenxia, xuchang, shanghai]
