import { dayText, isRealDate } from './shanghai-day.ts'

/** Why a time that a source system wrote cannot be read. */
export type SourceTimeFault =
  | 'TIME_EMPTY'
  | 'TIME_WITHOUT_CLOCK'
  | 'TIME_SHAPE_UNKNOWN'
  | 'DATE_NOT_REAL'
  | 'CLOCK_NOT_REAL'
  | 'ZONE_NOT_REAL'
  | 'YEAR_OUT_OF_RANGE'

export type SourceTime = { ok: true; at: Date } | { ok: false; fault: SourceTimeFault }

/** What each fault says to the person who has to correct the row: the fault and what is accepted. */
export const sourceTimeFaults: Readonly<Record<SourceTimeFault, { zh: string; en: string }>> = {
  TIME_EMPTY: {
    zh: '时间为空，应形如 2020-05-21 08:48:14',
    en: 'the time is empty; accepted is for example 2020-05-21 08:48:14',
  },
  TIME_WITHOUT_CLOCK: {
    zh: '只有日期，缺少时分，应形如 2020-05-21 08:48:14',
    en: 'a date without hour and minute; accepted is for example 2020-05-21 08:48:14',
  },
  TIME_SHAPE_UNKNOWN: {
    zh: '时间格式无法识别，应形如 2020-05-21 08:48:14、2020-05-21T08:48:14+08:00、20200521T084814 或 2020/05/21 08:48',
    en: 'unknown shape of time; accepted are 2020-05-21 08:48:14, 2020-05-21T08:48:14+08:00, 20200521T084814 and 2020/05/21 08:48',
  },
  DATE_NOT_REAL: {
    zh: '日期不存在：月份应为 01–12，日应在当月之内',
    en: 'no such date: the month is 01–12 and the day must exist in that month',
  },
  CLOCK_NOT_REAL: {
    zh: '时刻不存在：时应为 00–23，分和秒应为 00–59',
    en: 'no such time of day: the hour is 00–23, minute and second are 00–59',
  },
  ZONE_NOT_REAL: {
    zh: '时区偏移不存在，应在 -12:00 与 +14:00 之间',
    en: 'no such zone offset: accepted are -12:00 to +14:00',
  },
  YEAR_OUT_OF_RANGE: {
    zh: '年份应在 1992 与 2099 之间',
    en: 'the year must lie between 1992 and 2099',
  },
}

// China had summer time until September 1991, so before 1992 "+08:00" would be a guess.
const FIRST_YEAR = 1992
const LAST_YEAR = 2099
const SHANGHAI_OFFSET_MINUTES = 8 * 60
const MILLISECONDS_PER_MINUTE = 60_000

// A fraction is read because java.sql.Timestamp prints `.0`; seconds may be absent because spreadsheets drop them.
const CLOCK = String.raw`(\d{1,2}):(\d{2})(?::(\d{2})(?:\.(\d{1,9}))?)?`
const ZONE = String.raw`(Z|[+-]\d{2}(?::?\d{2})?)?`
const SHAPES = [
  new RegExp(String.raw`^(\d{4})-(\d{2})-(\d{2})(?: |T)?${CLOCK}${ZONE}$`, 'i'),
  new RegExp(String.raw`^(\d{4})(\d{2})(\d{2})T(\d{2})(\d{2})(?:(\d{2})(?:\.(\d{1,9}))?)?${ZONE}$`, 'i'),
  new RegExp(String.raw`^(\d{4})/(\d{1,2})/(\d{1,2}) ${CLOCK}$`),
]
const DATE_ALONE = /^\d{4}([-/]?)\d{1,2}\1\d{1,2}$/

/**
 * Reads a time as source systems write it. Without a zone it is Shanghai time, whatever the machine's own zone is.
 * The exchange annex prints dates and clock without a blank between them, and a sample row carries `08:48:74`:
 * such a value is named, never rolled over into the next minute.
 */
export function parseSourceTime(text: string): SourceTime {
  const trimmed = text.trim()
  if (trimmed === '') return { ok: false, fault: 'TIME_EMPTY' }
  if (DATE_ALONE.test(trimmed)) return { ok: false, fault: 'TIME_WITHOUT_CLOCK' }
  const match = SHAPES.map(shape => shape.exec(trimmed)).find(found => found !== null)
  if (!match) return { ok: false, fault: 'TIME_SHAPE_UNKNOWN' }

  const [year, month, day, hour, minute, second] = match.slice(1, 7).map(part => Number(part ?? 0)) as SixNumbers
  const millisecond = Number((match[7] ?? '').padEnd(3, '0').slice(0, 3))
  const offset = offsetMinutes(match[8])
  if (!isRealDate(year, month, day)) return { ok: false, fault: 'DATE_NOT_REAL' }
  if (year < FIRST_YEAR || year > LAST_YEAR) return { ok: false, fault: 'YEAR_OUT_OF_RANGE' }
  if (hour > 23 || minute > 59 || second > 59) return { ok: false, fault: 'CLOCK_NOT_REAL' }
  if (offset === undefined) return { ok: false, fault: 'ZONE_NOT_REAL' }

  const asUtc = Date.UTC(year, month - 1, day, hour, minute, second, millisecond)
  return { ok: true, at: new Date(asUtc - offset * MILLISECONDS_PER_MINUTE) }
}

/** `yyyy-mm-dd hh:mm:ss` on the Shanghai clock; a fraction of a second is cut off. */
export function formatShanghaiTime(at: Date): string {
  const shifted = new Date(at.getTime() + SHANGHAI_OFFSET_MINUTES * MILLISECONDS_PER_MINUTE)
  return `${dayText(shifted)} ${shifted.toISOString().slice(11, 19)}`
}

type SixNumbers = [number, number, number, number, number, number]

function offsetMinutes(zone: string | undefined): number | undefined {
  if (zone === undefined) return SHANGHAI_OFFSET_MINUTES
  if (zone.toUpperCase() === 'Z') return 0
  const hours = Number(zone.slice(1, 3))
  const minutes = Number(zone.slice(3).replace(':', '') || 0)
  const offset = (zone.startsWith('-') ? -1 : 1) * (hours * 60 + minutes)
  return minutes > 59 || offset < -12 * 60 || offset > 14 * 60 ? undefined : offset
}
