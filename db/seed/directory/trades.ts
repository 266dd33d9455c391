import type { RegionLevel } from './regions.ts'

export type DepartmentKind = 'GOVERNMENT' | 'PARTY_BODY' | 'AUTHORISED_ORGANISATION' | 'PUBLIC_SERVICE_ENTERPRISE'

/** A matter (事项) as every department of a trade offers it. Days are natural days from acceptance; 0 is 即办. */
export type MatterOffer = {
  name: string
  for: 'PERSON' | 'ORGANISATION'
  promisedDays: number
  legalDays: number
  hasFees?: true
  involvesIntermediary?: true
}

/** A trade (条线): its departments in all divisions, what they offer, and the zone of their windows in a hall. */
export type Trade = {
  line: string
  /** What the windows are called. */
  counter: string
  zone: string
  kind: DepartmentKind
  nameIn: (region: { name: string; level: RegionLevel }) => string
  /** Windows in the main hall. */
  mainHallWindows: number
  offers: readonly MatterOffer[]
}

const bureau =
  (ending: string, provincial = ending.replace(/局$/, '厅')): Trade['nameIn'] =>
  region =>
    `${region.name}${region.level === 'PROVINCE' ? provincial : ending}`

const person = (name: string, promisedDays = 0, legalDays = 1, more: Partial<MatterOffer> = {}): MatterOffer => {
  return { name, for: 'PERSON', promisedDays, legalDays, ...more }
}
const organisation = (name: string, promisedDays = 0, legalDays = 1, more: Partial<MatterOffer> = {}): MatterOffer => {
  return { name, for: 'ORGANISATION', promisedDays, legalDays, ...more }
}
const WITH_FEES = { hasFees: true } as const
const WITH_INTERMEDIARY = { involvesIntermediary: true } as const

/** The trades of the demo province, the largest first. */
export const trades: readonly Trade[] = [
  {
    line: '公安',
    counter: '公安业务',
    zone: 'A',
    kind: 'GOVERNMENT',
    nameIn: bureau('公安局'),
    mainHallWindows: 6,
    offers: [
      person('居民身份证补领', 0, 1, WITH_FEES),
      person('户口迁移审批', 5, 20),
      person('居民身份证换领', 0, 1, WITH_FEES),
      person('出生登记'),
      person('普通护照签发', 7, 15, WITH_FEES),
      person('往来港澳通行证签发', 7, 15, WITH_FEES),
      person('机动车驾驶证期满换证', 0, 1, WITH_FEES),
      person('无犯罪记录证明开具', 3, 5),
    ],
  },
  {
    line: '人力资源和社会保障',
    counter: '社保业务',
    zone: 'B',
    kind: 'GOVERNMENT',
    nameIn: bureau('人力资源和社会保障局'),
    mainHallWindows: 6,
    offers: [
      person('社会保障卡申领'),
      person('养老保险关系转移接续申请', 15, 45),
      person('城镇职工基本养老保险参保登记'),
      person('灵活就业人员参保登记'),
      person('失业保险金申领', 5, 10),
      person('就业创业证申领'),
      person('企业职工正常退休审批', 15, 30),
      organisation('用人单位社会保险登记'),
    ],
  },
  {
    line: '市场监管',
    counter: '企业登记',
    zone: 'C',
    kind: 'GOVERNMENT',
    nameIn: bureau('市场监督管理局', '市场监督管理局'),
    mainHallWindows: 5,
    offers: [
      organisation('公司设立登记', 1, 15),
      person('个体工商户设立登记'),
      organisation('公司变更登记', 1, 15),
      organisation('食品经营许可核发', 5, 20),
      organisation('公司注销登记', 1, 15),
      organisation('营业执照遗失补领'),
      organisation('第二类医疗器械经营备案'),
    ],
  },
  {
    line: '自然资源',
    counter: '不动产登记',
    zone: 'D',
    kind: 'GOVERNMENT',
    nameIn: bureau('自然资源和规划局', '自然资源厅'),
    mainHallWindows: 6,
    offers: [
      person('国有建设用地使用权及房屋所有权转移登记', 3, 30, WITH_FEES),
      person('不动产登记资料查询'),
      person('不动产抵押权首次登记', 2, 30, WITH_FEES),
      person('不动产抵押权注销登记'),
      organisation('国有建设用地使用权首次登记', 3, 30, WITH_FEES),
      organisation('建设工程规划许可证核发', 7, 20, WITH_INTERMEDIARY),
    ],
  },
  {
    line: '税务',
    counter: '办税',
    zone: 'E',
    kind: 'GOVERNMENT',
    nameIn: region => `国家税务总局${region.name}税务局`,
    mainHallWindows: 3,
    offers: [
      person('存量房交易税费申报'),
      organisation('发票领用'),
      person('车辆购置税申报'),
      organisation('增值税专用发票代开'),
      person('完税证明开具'),
    ],
  },
  {
    line: '医疗保障',
    counter: '医保业务',
    zone: 'F',
    kind: 'GOVERNMENT',
    nameIn: bureau('医疗保障局', '医疗保障局'),
    mainHallWindows: 3,
    offers: [
      person('城乡居民基本医疗保险参保登记'),
      person('医疗费用手工报销', 15, 30),
      person('跨省异地就医备案'),
      person('职工医疗保险关系转移接续', 10, 15),
      person('生育津贴支付', 10, 20),
    ],
  },
  {
    line: '住房公积金',
    counter: '公积金业务',
    zone: 'G',
    kind: 'AUTHORISED_ORGANISATION',
    nameIn: region => `${region.name}住房公积金管理中心`,
    mainHallWindows: 3,
    offers: [
      person('购买自住住房提取住房公积金', 1, 3),
      person('离退休提取住房公积金'),
      person('住房公积金个人住房贷款申请', 10, 15),
      organisation('住房公积金缴存登记'),
      person('住房公积金个人账户转移'),
    ],
  },
  {
    line: '民政',
    counter: '民政业务',
    zone: 'H',
    kind: 'GOVERNMENT',
    nameIn: bureau('民政局'),
    mainHallWindows: 2,
    offers: [
      person('内地居民结婚登记'),
      person('高龄津贴申领', 7, 15),
      person('最低生活保障对象认定', 15, 30),
      organisation('社会团体成立登记', 10, 60),
    ],
  },
  {
    line: '供电',
    counter: '用电业务',
    zone: 'K',
    kind: 'PUBLIC_SERVICE_ENTERPRISE',
    nameIn: region => `${region.name}供电公司`,
    mainHallWindows: 1,
    offers: [
      person('居民低压新装用电', 3, 5),
      person('用电过户更名'),
      organisation('高压新装增容用电', 15, 22, WITH_INTERMEDIARY),
    ],
  },
  {
    line: '机构编制',
    counter: '事业单位登记',
    zone: 'J',
    kind: 'PARTY_BODY',
    nameIn: region => `中共${region.name}委机构编制委员会办公室`,
    mainHallWindows: 1,
    offers: [organisation('事业单位法人设立登记', 10, 30), organisation('事业单位法人变更登记', 5, 30)],
  },
  {
    line: '卫生健康',
    counter: '卫生健康',
    zone: 'L',
    kind: 'GOVERNMENT',
    nameIn: bureau('卫生健康委员会', '卫生健康委员会'),
    mainHallWindows: 1,
    offers: [person('护士执业注册', 5, 20), person('医师执业注册', 5, 20), organisation('公共场所卫生许可', 3, 20)],
  },
  {
    line: '住房和城乡建设',
    counter: '工程建设',
    zone: 'M',
    kind: 'GOVERNMENT',
    nameIn: bureau('住房和城乡建设局'),
    mainHallWindows: 1,
    offers: [
      organisation('建筑工程施工许可证核发', 3, 7, WITH_INTERMEDIARY),
      person('房屋租赁登记备案'),
      organisation('商品房预售许可', 5, 10),
    ],
  },
  {
    line: '交通运输',
    counter: '交通运输',
    zone: 'N',
    kind: 'GOVERNMENT',
    nameIn: bureau('交通运输局'),
    mainHallWindows: 1,
    offers: [organisation('道路货物运输经营许可', 3, 20), person('经营性道路货物运输驾驶员从业资格证换发')],
  },
  {
    line: '教育',
    counter: '教育业务',
    zone: 'P',
    kind: 'GOVERNMENT',
    nameIn: bureau('教育局'),
    mainHallWindows: 1,
    offers: [person('教师资格认定', 20, 30), person('中小学生学籍转接', 3, 10)],
  },
  {
    line: '供水',
    counter: '用水业务',
    zone: 'K',
    kind: 'PUBLIC_SERVICE_ENTERPRISE',
    nameIn: region => `${region.name}供水公司`,
    mainHallWindows: 1,
    offers: [person('居民用水报装', 3, 5), person('用水过户')],
  },
  {
    line: '燃气',
    counter: '燃气业务',
    zone: 'K',
    kind: 'PUBLIC_SERVICE_ENTERPRISE',
    nameIn: region => `${region.name}燃气公司`,
    mainHallWindows: 1,
    offers: [person('居民天然气开户', 3, 5), person('燃气过户')],
  },
]

/** The region's government-services authority (主管机构); it has no windows and no matters of its own. */
export const managementBodyName = bureau('政务服务和大数据管理局', '行政审批和政务信息管理局')
