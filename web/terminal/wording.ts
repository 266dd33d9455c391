import type { Language } from '../kit/language.ts'

const zh = {
  skip: '暂不评价，打印二维码',
  stillThere: '您还在吗？',
  clearsIn: (seconds: number) => `${seconds} 秒后清空本页，不会自动提交评价`,
  stay: '再等等',
  thanks: '评价已提交，谢谢',
  keepNumber: '请抄下或拍下回执编号，凭它可以查看进展。它相当于密码，请不要告诉别人。',
  printReceipt: '打印回执',
  followAt: '查看进展的网址',
  finish: '结束',
  takeHome: '带回去再评',
  takeHomeHow: '用手机扫描二维码，凭办理时登记的手机号后四位评价。',
  takeHomeSoon: '请现在用手机扫描二维码，在手机上完成评价；这个二维码几分钟内有效。',
  print: '打印二维码',
  back: '返回评价',
  done: '本次评价已结束',
  doneNext: '本页没有保留任何个人信息。',
}

const en: typeof zh = {
  skip: 'Not now: print the code',
  stillThere: 'Are you still there?',
  clearsIn: seconds => `This page is cleared in ${seconds} s; nothing is submitted`,
  stay: 'I need more time',
  thanks: 'Rating submitted, thank you',
  keepNumber: 'Write down or photograph the receipt number: it shows what becomes of it. It works like a password.',
  printReceipt: 'Print receipt',
  followAt: 'Follow it at',
  finish: 'Finish',
  takeHome: 'Rate it later',
  takeHomeHow: 'Scan the code with your phone and rate with the last four digits of the phone registered for the case.',
  takeHomeSoon: 'Scan the code with your phone now and rate there; it works for some minutes.',
  print: 'Print the code',
  back: 'Back to the rating',
  done: 'This rating has ended',
  doneNext: 'Nothing personal is kept on this screen.',
}

export type TerminalWording = typeof zh

/** What the self-service terminal (自助终端) says beyond the words of the citizen's pages. */
export const terminalWording: Record<Language, TerminalWording> = { zh, en }
