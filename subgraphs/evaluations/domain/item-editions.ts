import { shanghaiDay } from '../../shared/clock/shanghai-day.ts'
import type { SatisfactionLevel } from '../../shared/policy/policy.ts'
import type { RatingSubjectKind } from './rated-subject.ts'

/** What an item speaks about: seven dimensions of service (许昌制度第二条), two of the platform (三门峡办法第十一条). */
export type Dimension =
  | 'PROMISE_KEPT'
  | 'ATTITUDE'
  | 'MATERIALS'
  | 'EFFICIENCY'
  | 'TRIPS'
  | 'MECHANISM'
  | 'INTEGRITY'
  | 'PLATFORM_CONVENIENCE'
  | 'PLATFORM_COMPLETENESS'

/** One thing rated (测评内容). Base items come first; the others are extension items. Its dimension is null where unknown. */
export type EvaluationItem = {
  code: string
  level: SatisfactionLevel
  isBase: boolean
  dimension: Dimension | null
  zh: string
  en: string
}

/** The items in force for a time: Shanghai days, `until` excluded; null where open or not known. The platform has items of its own. */
export type ItemEdition = {
  number: number
  isOfPlatform: boolean
  from: string | null
  until: string | null
  items: readonly EvaluationItem[]
}

/** A rating carries at most this many items: a device shows no more on one level. */
export const MOST_ITEMS = 8

type Row = [code: number | `P${number}`, dimension: Dimension | null, zh: string, en: string]

// The first digit of a code is its level, also behind the P of the platform; the first three rows of a level in edition 2 are the national base items.
function level(number: SatisfactionLevel, baseItems: number, rows: Row[]): EvaluationItem[] {
  return rows.map(([code, dimension, zh, en], i) => {
    return { code: String(code), level: number, isBase: i < baseItems, dimension, zh, en }
  })
}

const editionTwoItems = [
  ...level(1, 3, [
    // Conditions added beside the guide are what the licensing law forbids an office: a clue about conduct.
    [108, 'INTEGRITY', '在办事指南之外增加新的审批条件', 'Conditions demanded that the guide does not state'],
    [109, 'MATERIALS', '需提供办事指南之外的申报材料', 'Papers demanded that the guide does not list'],
    [110, 'EFFICIENCY', '无理由超过法定办理时间', 'Took longer than the law allows, without a reason'],
    [111, 'MATERIALS', '办事指南提供样本有错', 'The sample in the guide is wrong'],
    [112, 'PLATFORM_COMPLETENESS', '承诺在线收取申报材料实际无法收取', 'Papers promised to be taken online were not'],
    [113, 'TRIPS', '多头跑窗口和部门', 'Sent from window to window and office to office'],
    [114, 'TRIPS', '跑动次数与承诺的不一致', 'More trips than promised'],
    [115, 'ATTITUDE', '服务态度差效率低', 'Bad attitude, slow'],
  ]),
  ...level(2, 3, [
    [207, 'MATERIALS', '没有提供材料样本', 'No samples of the papers'],
    [208, 'MATERIALS', '没有提供材料清单', 'No list of the papers'],
    [209, 'PROMISE_KEPT', '未在承诺时间内办结', 'Not finished within the promised time'],
    [210, 'MATERIALS', '同样内容的证明材料被要求多次提交', 'The same proof demanded more than once'],
    [211, 'PLATFORM_COMPLETENESS', '承诺网办但无法在线办理', 'Promised online, but could not be done online'],
    [212, 'MECHANISM', '在线预约办理后到实体大厅重复取号排队', 'Booked online, still had to queue in the hall'],
    [213, 'EFFICIENCY', '窗口人员业务不熟练', 'Staff did not know the business well'],
    [214, 'ATTITUDE', '服务态度生硬', 'Curt'],
  ]),
  ...level(3, 3, [
    [307, 'MATERIALS', '一次性告知需要补正的材料', 'Told at once everything that was missing'],
    [308, 'MATERIALS', '提供申报材料样本', 'Samples of the papers were provided'],
    [309, 'PROMISE_KEPT', '在承诺的时间内办结', 'Finished within the promised time'],
    [310, 'MECHANISM', '办事指南指引准确', 'The guide is accurate'],
    [311, 'MATERIALS', '按办事指南要求的材料即可办理', 'The papers in the guide were enough'],
    [312, 'TRIPS', '可以快递送达', 'Can be delivered by courier'],
    [313, 'TRIPS', '跑动次数与承诺的一致', 'No more trips than promised'],
    [314, 'ATTITUDE', '服务态度一般', 'Attitude so-so'],
  ]),
  ...level(4, 3, [
    [406, 'MATERIALS', '填写一张表单就可完成申报', 'One form was enough to apply'],
    [407, 'PLATFORM_CONVENIENCE', '在线提交材料窗口核验', 'Papers sent online, checked at the window'],
    [408, 'MATERIALS', '一张清单告知全部申报材料', 'One list told all papers needed'],
    [409, 'MATERIALS', '用告知承诺减免申报材料', 'Fewer papers thanks to a declaration'],
    [410, 'PLATFORM_CONVENIENCE', '可以在线预约办理', 'Can be booked online'],
    [411, 'TRIPS', '跑大厅一次办完', 'Done with one visit to the hall'],
    [412, 'PLATFORM_CONVENIENCE', '可以使用自助机办理', 'Can be done at a self-service terminal'],
    [413, 'ATTITUDE', '服务态度较好', 'Good attitude'],
  ]),
  ...level(5, 3, [
    [510, 'MECHANISM', '一窗受理一次办结', 'One window, done in one go'],
    [511, 'MATERIALS', '可以先受理后补材料', 'Accepted first, papers brought later'],
    [512, 'MATERIALS', '不用提交证明', 'No proofs needed'],
    [513, 'PLATFORM_CONVENIENCE', '可以全程网上办理', 'Can be done online from start to end'],
    [514, 'PLATFORM_CONVENIENCE', '可以使用手机办理', 'Can be done on a phone'],
    [515, 'TRIPS', '可以就近办理', 'Can be done nearby'],
    [516, 'MATERIALS', '无需材料直接办理', 'No papers needed at all'],
    [517, 'ATTITUDE', '服务热情效率高', 'Friendly and fast'],
  ]),
]

// Retired; known from one published answer of a provincial interface, which lacks 403 and says nothing of base items.
const editionOneItems = [
  ...level(1, 0, [
    [101, 'MATERIALS', '未列明的材料', 'Papers demanded that were not listed'],
    [102, 'PLATFORM_COMPLETENESS', '承诺在线收件而不能', 'Papers promised to be taken online were not'],
    [103, 'PROMISE_KEPT', '未在承诺时间办结', 'Not finished within the promised time'],
    [104, 'TRIPS', '须到大厅以外交件', 'Papers had to be handed in outside the hall'],
    [105, 'TRIPS', '到场次数与承诺不一', 'Not the promised number of visits'],
    [106, 'MECHANISM', '先在大厅外办理再重复', 'Done elsewhere first, then again at the window'],
    [107, 'INTEGRITY', '附加审批条件', 'Conditions added'],
  ]),
  ...level(2, 0, [
    [201, 'MATERIALS', '申报材料没有样本', 'No samples of the papers'],
    [202, 'MATERIALS', '未以清单一次告知材料', 'Papers not told at once in a list'],
    [203, 'MATERIALS', '同样证明要求再次提交', 'The same proof demanded again'],
    [204, 'TRIPS', '需到窗口2次以上', 'More than two visits to the window'],
    [205, 'MECHANISM', '大厅没有排队叫号', 'No queue numbers in the hall'],
    [206, 'MECHANISM', '预约后仍重复取号排队', 'Booked, still had to queue'],
  ]),
  ...level(3, 0, [
    [301, 'MECHANISM', '按办事指南能顺利办理', 'The guide led to the end'],
    [302, 'MATERIALS', '一张清单告知全部材料', 'One list told all papers needed'],
    [303, 'TRIPS', '只进一个大厅办完', 'Done in one hall'],
    [304, 'PROMISE_KEPT', '在承诺时间内办完', 'Finished within the promised time'],
    [305, 'TRIPS', '跑2次窗口办完', 'Done with two visits'],
    [306, 'MECHANISM', '现场排队叫号办理', 'Queue numbers in the hall'],
  ]),
  ...level(4, 0, [
    [401, 'MATERIALS', '一张表单完成申报', 'One form was enough to apply'],
    [402, 'PLATFORM_CONVENIENCE', '在线提交、窗口核验', 'Papers sent online, checked at the window'],
    [403, null, '（内容不详）', '(text not known)'],
    [404, 'PLATFORM_CONVENIENCE', '自助机工作时间可办', 'Self-service terminal in working hours'],
    [405, 'PLATFORM_CONVENIENCE', '可以在线预约', 'Can be booked online'],
  ]),
  ...level(5, 0, [
    [501, 'MECHANISM', '一窗一次办成', 'One window, done in one go'],
    [502, 'MATERIALS', '容缺受理', 'Accepted with papers missing'],
    [503, 'MATERIALS', '免政府部门证明', 'No proofs of other offices needed'],
    [504, 'MATERIALS', '免证照批文', 'No licences or permits needed'],
    [505, 'PLATFORM_CONVENIENCE', '全程在线', 'Online from start to end'],
    [506, 'PLATFORM_CONVENIENCE', '自助机随时办', 'Self-service terminal at any hour'],
    [507, 'TRIPS', '全市就近办', 'At any hall of the city'],
    [508, 'TRIPS', '全省就近办', 'At any hall of the province'],
    [509, 'TRIPS', '全国就近办', 'At any hall of the country'],
  ]),
]

// No published set speaks of the platform alone; the dimensions are those of 三门峡办法第十一条, the words are ours.
const platformItems = [
  ...level(1, 4, [
    ['P11', 'PLATFORM_CONVENIENCE', '无法登录或打不开页面', 'Could not sign in or open pages'],
    ['P12', 'PLATFORM_CONVENIENCE', '提交失败填写内容丢失', 'Sending failed, what was filled in was lost'],
    ['P13', 'PLATFORM_COMPLETENESS', '找不到要办的事项', 'The matter could not be found'],
    ['P14', 'PLATFORM_COMPLETENESS', '内容有错误误导办事', 'Wrong content that misled'],
  ]),
  ...level(2, 4, [
    ['P21', 'PLATFORM_CONVENIENCE', '操作步骤繁琐', 'Too many steps'],
    ['P22', 'PLATFORM_CONVENIENCE', '打开缓慢经常等待', 'Slow, often kept waiting'],
    ['P23', 'PLATFORM_COMPLETENESS', '缺少需要的功能', 'Functions are missing'],
    ['P24', 'PLATFORM_COMPLETENESS', '信息过时或不完整', 'Out of date or incomplete'],
  ]),
  ...level(3, 4, [
    ['P31', 'PLATFORM_CONVENIENCE', '操作基本方便', 'Convenient enough'],
    ['P32', 'PLATFORM_CONVENIENCE', '打开速度一般', 'Speed so-so'],
    ['P33', 'PLATFORM_COMPLETENESS', '功能基本够用', 'Functions are sufficient'],
    ['P34', 'PLATFORM_COMPLETENESS', '信息基本准确', 'Mostly accurate'],
  ]),
  ...level(4, 4, [
    ['P41', 'PLATFORM_CONVENIENCE', '操作比较方便', 'Convenient'],
    ['P42', 'PLATFORM_CONVENIENCE', '打开速度较快', 'Fast'],
    ['P43', 'PLATFORM_COMPLETENESS', '功能比较齐全', 'Most functions are there'],
    ['P44', 'PLATFORM_COMPLETENESS', '办事指引清楚', 'Clear guidance'],
  ]),
  ...level(5, 4, [
    ['P51', 'PLATFORM_CONVENIENCE', '界面清晰容易操作', 'Clear and easy to use'],
    ['P52', 'PLATFORM_CONVENIENCE', '一次登录处处可用', 'One sign-in works everywhere'],
    ['P53', 'PLATFORM_COMPLETENESS', '要办的事都能找到', 'Everything needed is there'],
    ['P54', 'PLATFORM_COMPLETENESS', '信息准确更新及时', 'Accurate and up to date'],
  ]),
]

// The first published answer that has edition 2 in force and edition 1 retired is of this day.
const EDITION_TWO_SEEN_ON = '2020-05-22'

/** Every edition of the items; codes are never used twice. Editions of the platform count from 101, so that the national ones can go on. */
export const itemEditions: readonly ItemEdition[] = [
  { number: 1, isOfPlatform: false, from: null, until: EDITION_TWO_SEEN_ON, items: editionOneItems },
  { number: 2, isOfPlatform: false, from: EDITION_TWO_SEEN_ON, until: null, items: editionTwoItems },
  { number: 101, isOfPlatform: true, from: '2026-01-01', until: null, items: platformItems },
]

/** The edition by which a rating of such a subject is given at that moment; undefined where none is known. */
export function editionInForce(
  at: Date,
  subjectKind: RatingSubjectKind = 'CASE',
  editions = itemEditions,
): ItemEdition | undefined {
  const day = shanghaiDay(at)
  const own = editions.filter(({ isOfPlatform }) => isOfPlatform === (subjectKind === 'PLATFORM'))
  return own.find(({ from, until }) => from !== null && from <= day && (until === null || day < until))
}

/** The item of a code in any edition, for showing old rows; undefined for a code that never was. */
export function findItem(code: string, editions = itemEditions): EvaluationItem | undefined {
  return editions.flatMap(({ items }) => items).find(item => item.code === code)
}

/** The items of one level, base items first. */
export function itemsOfLevel(edition: ItemEdition, wanted: SatisfactionLevel): EvaluationItem[] {
  return edition.items.filter(item => item.level === wanted)
}
