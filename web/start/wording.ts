import type { Language } from '../kit/language.ts'

const zh = {
  title: '政务服务“好差评”',
  otherLanguage: 'English',
  heading: '从这里开始',
  lead: '办件办结即可评价；每一条差评都会启动一个谁也停不下来的时钟。',
  doors: [
    { name: '大厅值班大屏', address: '/wall', who: '值班长：差评实时上屏，时限倒计时，知悉签收' },
    { name: '窗口评价屏', address: '/kiosk', who: '窗口设备：办结后显示二维码和五级满意度' },
    { name: '查看评价进展', address: '/receipt', who: '评价人：凭回执编号查看办理进展' },
    { name: '数据接口', address: '/graphql', who: '业务系统：一个 GraphQL 接口，含实时订阅' },
    { name: '接口说明', address: '/schema.graphql', who: '开发人员：接口的完整定义' },
  ],
  codeNote: '评价页没有固定网址：请扫描窗口屏幕、业务系统或办件回执上的二维码。',
  demoTitle: '演示账号',
  demoNote: '密码只在首次启动时生成，见启动时的输出；所有演示账号共用。',
  account: '账号',
  role: '身份',
  accounts: [
    ['province', '省级主管机构'],
    ['city', '市级主管机构'],
    ['county', '县级主管机构'],
    ['handler', '部门经办人'],
    ['checker', '质检人员'],
    ['hotline', '12345 话务员'],
    ['inviter', '电话邀评员'],
    ['supervisor', '大厅值班长（大屏用此账号）'],
    ['window', '窗口工作人员'],
    ['analyst', '分析人员'],
    ['auditor', '审计人员'],
    ['liaison', '舆情联络员'],
    ['citizen', '办事群众'],
  ] as [string, string][],
  needsScript: '这个屏幕需要开启 JavaScript。',
  kioskTitle: '窗口评价屏',
  wallTitle: '差评值班大屏',
}

const en: typeof zh = {
  title: 'Government service rating',
  otherLanguage: '中文',
  heading: 'Start here',
  lead: 'A case can be rated once it is closed, and every bad rating starts a clock that nobody can stop.',
  doors: [
    { name: 'Hall wall', address: '/wall', who: 'Supervisors: bad ratings live, their clocks, acknowledgement' },
    {
      name: 'Window device',
      address: '/kiosk',
      who: 'Devices at a window: the code and the five levels after a case closes',
    },
    { name: 'Follow a rating', address: '/receipt', who: 'Raters: what became of it, by receipt number' },
    { name: 'Graph', address: '/graphql', who: 'Systems: one GraphQL interface with live subscriptions' },
    { name: 'Schema', address: '/schema.graphql', who: 'Developers: the whole interface' },
  ],
  codeNote:
    'The rating page has no fixed address: scan the code on the window screen, the window system or the printed receipt.',
  demoTitle: 'Demo accounts',
  demoNote: 'Their one password is made at the first start and printed there.',
  account: 'Account',
  role: 'Role',
  accounts: [
    ['province', 'Provincial bureau'],
    ['city', 'City management body'],
    ['county', 'County management body'],
    ['handler', 'Department handler'],
    ['checker', 'Quality checker'],
    ['hotline', '12345 hotline operator'],
    ['inviter', 'Phone inviter'],
    ['supervisor', 'Hall supervisor (for the wall)'],
    ['window', 'Window staff'],
    ['analyst', 'Analyst'],
    ['auditor', 'Auditor'],
    ['liaison', 'Public-opinion liaison'],
    ['citizen', 'Citizen'],
  ],
  needsScript: 'This screen needs JavaScript.',
  kioskTitle: 'Window device',
  wallTitle: 'Hall wall',
}

/** What the start page and the frames of the screens say. */
export const startWording: Record<Language, typeof zh> = { zh, en }
