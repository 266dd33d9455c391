// Run as a process of its own, because a zone is fixed when Node starts: prints what the clock computes there.
import { calendarOf } from '../../subgraphs/shared/clock/calendar.ts'
import { calendarDaysFromChineseDays } from '../../subgraphs/shared/clock/calendar-from-chinese-days.ts'
import { computeDeadline } from '../../subgraphs/shared/clock/deadline.ts'
import { formatShanghaiTime, parseSourceTime } from '../../subgraphs/shared/clock/shanghai-time.ts'

const days = calendarDaysFromChineseDays([2020])
const parsed = parseSourceTime('2020-04-30 23:59:59')
if (!parsed.ok) throw new Error(parsed.fault)

process.stdout.write(
  JSON.stringify({
    offsetOfTheMachine: new Date('2020-05-01T00:00:00Z').getTimezoneOffset(),
    parsed: parsed.at,
    formatted: formatShanghaiTime(parsed.at),
    fiveWorkingDays: computeDeadline({ amount: 5, unit: 'WORKING_DAYS' }, parsed.at, calendarOf(days)).dueAt,
    holidays: days.filter(({ name }) => name.zh === '劳动节').map(({ day }) => day),
    makeUpSaturday: days.find(({ day }) => day === '2020-05-09')!.kind,
  }),
)
