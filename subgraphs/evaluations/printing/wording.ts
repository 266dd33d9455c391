/** Texts that are the same on every sheet, Chinese first. */
export const wording = {
  service: '政务服务“好差评”',
  title: { zh: '请您评价本次服务', en: 'Rate this service' },
  how: { zh: '微信、支付宝或手机浏览器扫一扫', en: 'Scan with WeChat, Alipay or a phone browser' },
  printedId: { zh: '本码编号', en: 'Code no.' },
  host: { zh: '本码只通向', en: 'This code leads only to' },
  hotline: { zh: '便民热线', en: 'Hotline' },
  hotlineNumber: '12345',
  warning: {
    zh: '评价自愿、免费。扫码后如被索要钱款或密码，请勿填写，并拨打 12345 举报。',
    en: 'Rating is voluntary and free. If the page asks for money or a password, report it to 12345.',
  },
  staffNumber: (number: string) => `工号 ${number}`,
  windowNumber: (number: string) => `${number} 窗口`,
} as const

/** Texts of the receipt alone. */
export const receiptWording = {
  title: { zh: '办件回执', en: 'Service receipt' },
  matter: { zh: '事项', en: 'Matter' },
  caseNumber: { zh: '办件编号', en: 'Case number' },
  department: { zh: '办理单位', en: 'Department' },
  place: { zh: '大厅、窗口', en: 'Hall, window' },
  staff: { zh: '工作人员', en: 'Served by' },
  acceptedAt: { zh: '受理时间', en: 'Accepted' },
  closedAt: { zh: '办结时间', en: 'Closed' },
  notClosed: '尚未办结  Not closed yet',
  proof: {
    zh: '打开后填写办理时登记的手机号后四位',
    en: 'You will be asked for the last four digits of the phone number given for this case',
  },
  until: ({ zh, en }: { zh: string; en: string }) => ({
    zh: `请在 ${zh} 前评价`,
    en: `Open until ${en} (Beijing time)`,
  }),
} as const
