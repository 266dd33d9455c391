import { parse } from 'graphql'
import { logTopic } from '../../../db/relay.ts'
import type { Bus } from '../bus/bus.ts'
import { calendarChangedType } from '../events/calendar-changed.ts'
import type { Subgraph } from '../subgraph.ts'
import { systemViewer } from '../viewer.ts'
import { type CalendarDay, calendarOf, type WorkCalendar } from './calendar.ts'
import { calendarDaysFromChineseDays, yearsInChineseDays } from './calendar-from-chinese-days.ts'
import { type CalendarYear, daysOfArrangement } from './calendar-year.ts'

/** The official calendar as it is now: another function after each change, so that what was counted by an older one can be told. */
export type KeptCalendar = {
  current(): WorkCalendar
  /** Calls back after each change. */
  onChange(listen: () => void): void
  stop(): Promise<void>
}

const calendarQuery = parse('query WorkCalendar { workCalendar }')
const RETRY_MS = 5_000
/** A fact may be lost on the bus; nobody waits longer than this for a year that was entered. */
const REFRESH_MS = 10 * 60_000

/**
 * Keeps the calendar of the table of cases (工作日历): read over the internal hop at the start, again when a year was saved, and every ten
 * minutes. Until cases answers, the arrangements that ship with the hub hold, from which that table was seeded.
 */
export async function keepCalendar(options: {
  cases: () => Subgraph
  bus: Bus
  log: (line: string) => void
}): Promise<KeptCalendar> {
  const { cases, bus, log } = options
  const listeners: (() => void)[] = []
  let calendar = calendarOf(daysOf([]))
  let known = ''
  let faults = 0
  let timer: NodeJS.Timeout | null = null
  let isStopped = false

  async function refresh() {
    if (timer) clearTimeout(timer)
    try {
      const { data, errors } = await cases().execute({
        document: calendarQuery,
        variables: {},
        viewer: systemViewer('consumer'),
      })
      if (errors || typeof data?.workCalendar !== 'string') throw new Error(errors?.[0]?.message ?? 'no answer')
      faults = 0
      take(data.workCalendar)
    } catch (error) {
      faults += 1
      if (faults === 2) log(`the calendar could not be read from cases: ${(error as Error).message}`)
    }
    if (timer) clearTimeout(timer)
    if (!isStopped) timer = setTimeout(() => void refresh(), faults > 0 ? RETRY_MS : REFRESH_MS)
  }

  function take(text: string) {
    if (text === known) return
    known = text
    calendar = calendarOf(daysOf(JSON.parse(text) as CalendarYear[]))
    for (const listen of listeners) listen()
  }

  const subscription = await bus.subscribe(logTopic('cases'), text => {
    if (text.includes(calendarChangedType)) void refresh()
  })
  await refresh()
  return {
    current: () => calendar,
    onChange: listen => {
      listeners.push(listen)
    },
    async stop() {
      isStopped = true
      if (timer) clearTimeout(timer)
      await subscription.stop()
    },
  }
}

function daysOf(kept: readonly CalendarYear[]): CalendarDay[] {
  const keptYears = new Set(kept.map(({ year }) => year))
  const shipped = calendarDaysFromChineseDays(yearsInChineseDays().filter(year => !keptYears.has(year)))
  return [...shipped, ...kept.flatMap(({ year, days }) => daysOfArrangement(year, days))]
}
