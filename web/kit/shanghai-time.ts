import type { Language } from './language.ts'

const timeZone = 'Asia/Shanghai'

const dayAndTime: Record<Language, Intl.DateTimeFormat> = {
  zh: new Intl.DateTimeFormat('zh-CN', {
    timeZone,
    month: 'long',
    day: 'numeric',
    hour: '2-digit',
    minute: '2-digit',
    hour12: false,
  }),
  en: new Intl.DateTimeFormat('en-GB', {
    timeZone,
    month: 'short',
    day: 'numeric',
    hour: '2-digit',
    minute: '2-digit',
    hour12: false,
  }),
}

const timeOfDay = new Intl.DateTimeFormat('zh-CN', {
  timeZone,
  hour: '2-digit',
  minute: '2-digit',
  second: '2-digit',
  hourCycle: 'h23',
})

/** Day and minute in Shanghai, e.g. `11月21日 09:30` or `21 Nov, 09:30`. */
export function shanghaiDayAndTime(instant: string | number, language: Language): string {
  return dayAndTime[language].format(new Date(instant))
}

/** Time of day in Shanghai, `HH:MM:SS`. */
export function shanghaiTimeOfDay(instant: string | number): string {
  return timeOfDay.format(new Date(instant))
}
