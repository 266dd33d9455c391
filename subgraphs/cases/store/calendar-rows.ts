import type { ArrangedDay, CalendarYear } from '../../shared/clock/calendar-year.ts'
import type { Transaction } from '../../shared/database.ts'

/** One version of a year's arrangement (放假安排). */
export type KeptCalendarYear = {
  year: number
  version: number
  source: string
  savedAt: Date
  savedByName: string
  days: ArrangedDay[]
}

/** The arrangements in force, by year: of each the latest version. */
export async function calendarYears({ query }: Transaction): Promise<KeptCalendarYear[]> {
  return query<KeptCalendarYear>(
    `select y.year, y.version, y.source, y.saved_at as "savedAt", y.saved_by_name as "savedByName",
       coalesce((select json_agg(json_build_object('day', d.day, 'isWorkday', d.is_workday,
           'name', json_build_object('zh', d.name_zh, 'en', d.name_en)) order by d.day)
         from cases.calendar_days d where d.year = y.year and d.version = y.version), '[]') as days
     from (select distinct on (year) * from cases.calendar_years order by year, version desc) y order by y.year`,
  )
}

/** Adds a version of a year; false when another one took its number meanwhile. */
export async function insertCalendarYear(
  { query }: Transaction,
  { year, days }: CalendarYear,
  saved: { version: number; source: string; savedAt: Date; savedById: string | null; savedByName: string },
): Promise<boolean> {
  const inserted = await query(
    `insert into cases.calendar_years (year, version, source, saved_at, saved_by_id, saved_by_name)
     values ($1, $2, $3, $4, $5, $6) on conflict do nothing returning year`,
    [year, saved.version, saved.source, saved.savedAt, saved.savedById, saved.savedByName],
  )
  if (inserted.length === 0) return false
  await query(
    `insert into cases.calendar_days (year, version, day, is_workday, name_zh, name_en)
     select $1, $2, d.day, d."isWorkday", d.name ->> 'zh', d.name ->> 'en'
     from json_to_recordset($3::json) as d (day date, "isWorkday" boolean, name json)`,
    [year, saved.version, JSON.stringify(days)],
  )
  return true
}
