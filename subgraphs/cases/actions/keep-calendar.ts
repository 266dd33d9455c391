import { recordEvents } from '../../../db/outbox.ts'
import { arrangementFromChineseDays, yearsInChineseDays } from '../../shared/clock/calendar-from-chinese-days.ts'
import type { Database } from '../../shared/database.ts'
import { calendarChangedType } from '../../shared/events/calendar-changed.ts'
import { type InputProblem, inputProblem } from '../../shared/rows/input-problem.ts'
import { newId } from '../../shared/uuid.ts'
import type { Viewer } from '../../shared/viewer.ts'
import { type CalendarYearInput, judgeCalendarYear, mayKeepCalendar } from '../domain/calendar-input.ts'
import { calendarYears, insertCalendarYear, type KeptCalendarYear } from '../store/calendar-rows.ts'

export type CalendarParts = { database: Database; now: () => Date; viewer: Viewer }

const calendarScope = { reach: 'EVERYTHING', name: 'seed' } as const

/** Enters the arrangements that ship with the hub (chinese-days) for years that have none; what was entered by hand stands. */
export async function seedCalendar({ database, now }: Pick<CalendarParts, 'database' | 'now'>): Promise<void> {
  await database.inScope(calendarScope, async tx => {
    const known = new Set((await calendarYears(tx)).map(({ year }) => year))
    for (const year of yearsInChineseDays().filter(each => !known.has(each))) {
      const seed = { version: 1, source: 'chinese-days', savedAt: now(), savedById: null, savedByName: '系统 hub' }
      await insertCalendarYear(tx, { year, days: arrangementFromChineseDays(year) }, seed)
    }
  })
}

/** The arrangements in force (工作日历), by year. */
export function readCalendarYears(database: Database): Promise<KeptCalendarYear[]> {
  return database.inScope(calendarScope, calendarYears)
}

/**
 * Saves a year's official arrangement as a new version (录入放假安排); versions before it are kept. Clocks that already run are not
 * rewritten; those that waited for the year start now.
 */
export async function saveCalendarYear(
  { database, now, viewer }: CalendarParts,
  input: CalendarYearInput,
): Promise<{ saved: KeptCalendarYear } | { refused: 'NOT_PERMITTED' } | { problems: InputProblem[] }> {
  if (!mayKeepCalendar(viewer) || viewer.scope.reach !== 'REGION') return { refused: 'NOT_PERMITTED' }
  const { regionPath } = viewer.scope
  const judged = judgeCalendarYear(input)
  if ('problems' in judged) return judged
  const { year, days, source } = judged.arrangement
  return database.inScope(viewer.scope, async tx => {
    const before = (await calendarYears(tx)).find(each => each.year === year)
    const version = (before?.version ?? 0) + 1
    const savedAt = now()
    const entry = { version, source, savedAt, savedById: viewer.id, savedByName: viewer.name }
    if (!(await insertCalendarYear(tx, { year, days }, entry))) return { problems: [savedMeanwhile] }
    const nowhere = { departmentId: null, lineId: null, hallId: null, windowId: null, staffMemberId: null }
    const payload = { year, version }
    await recordEvents(tx, 'cases', [
      {
        type: calendarChangedType,
        feed: null,
        subjectId: newId(savedAt.getTime()),
        occurredAt: savedAt,
        placement: { regionPath, ...nowhere },
        payload,
      },
    ])
    return { saved: { year, version, source, savedAt, savedByName: viewer.name, days } }
  })
}

const savedMeanwhile = inputProblem(
  'year',
  'SAVED_MEANWHILE',
  '该年刚由他人保存，请刷新后再试',
  'somebody has just saved this year: look again',
)
