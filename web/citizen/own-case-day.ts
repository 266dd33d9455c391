import type { Language } from '../kit/language.ts'

const formats: Record<Language, Intl.DateTimeFormat> = {
  zh: new Intl.DateTimeFormat('zh-CN', {
    timeZone: 'Asia/Shanghai',
    month: 'long',
    day: 'numeric',
    hour: 'numeric',
    hourCycle: 'h23',
  }),
  en: new Intl.DateTimeFormat('en-GB', {
    timeZone: 'Asia/Shanghai',
    month: 'short',
    day: 'numeric',
    hour: '2-digit',
    hourCycle: 'h23',
  }),
}

/** Day and hour in Shanghai by which a person knows his own case, e.g. `11月21日 9时`; nobody else needs the minute. */
export function dayAndHour(instant: string, language: Language): string {
  const text = formats[language].format(new Date(instant))
  return language === 'en' ? `${text}:00` : text.replace(/0(\d时)/, '$1')
}
