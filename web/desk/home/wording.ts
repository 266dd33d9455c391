import type { Language } from '../../kit/language.ts'

const zh = {
  waits: '待办',
  reviews: '待处理差评',
  unseen: '其中未知悉',
  overdue: '其中超期',
  requests: '待审批静态码',
  scanDrops: '扫码骤降',
  faulty: '故障设备',
  silent: '离线设备',
  without: '未配设备的窗口',
  unlinked: '未关联评价',
  reports: '施压举报',
  failed: '发送失败的短信',
  more: (count: number) => `${count}+`,
  nearest: '时限最近的差评',
  nearestEmpty: '没有待处理差评',
  level: '满意度',
  place: '部门、窗口',
  state: '处理',
  clocks: '时限',
  toWall: '打开大屏',
  acknowledged: '已知悉',
  notAcknowledged: '未知悉',
}

const en: typeof zh = {
  waits: 'What waits',
  reviews: 'Open bad ratings',
  unseen: 'of them not seen',
  overdue: 'of them overdue',
  requests: 'Codes applied for',
  scanDrops: 'Scans dropped',
  faulty: 'Faulty devices',
  silent: 'Silent devices',
  without: 'Windows without a device',
  unlinked: 'Unlinked ratings',
  reports: 'Pressure reports',
  failed: 'Messages that failed',
  more: count => `${count}+`,
  nearest: 'Bad ratings, least time left first',
  nearestEmpty: 'No bad ratings to handle',
  level: 'Level',
  place: 'Department, window',
  state: 'Handling',
  clocks: 'Limits',
  toWall: 'Open the wall',
  acknowledged: 'Seen',
  notAcknowledged: 'Not seen',
}

/** What the first page says. */
export const homeWording: Record<Language, typeof zh> = { zh, en }
