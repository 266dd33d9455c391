const timeZone = 'Asia/Shanghai'
const minute = { timeZone, hour: '2-digit', minute: '2-digit', hourCycle: 'h23' } as const
const zh = new Intl.DateTimeFormat('zh-CN', { ...minute, year: 'numeric', month: 'long', day: 'numeric' })
const en = new Intl.DateTimeFormat('en-GB', { ...minute, year: 'numeric', month: 'short', day: 'numeric' })

/** Day and minute in Shanghai for paper, with the year: `2026年11月21日 09:30` and `21 Nov 2026, 09:30`. */
export function shanghaiMinute(at: Date): { zh: string; en: string } {
  return { zh: zh.format(at), en: en.format(at) }
}

/** The same for an end: midnight belongs to the day that ends with it (`2026年12月6日 24:00`), as people understand it. */
export function shanghaiEnd(at: Date): { zh: string; en: string } {
  const text = shanghaiMinute(at)
  if (!text.zh.endsWith('00:00')) return text
  const before = shanghaiMinute(new Date(at.getTime() - 60_000))
  return { zh: before.zh.replace('23:59', '24:00'), en: before.en.replace('23:59', '24:00') }
}
