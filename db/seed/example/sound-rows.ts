import { calendarOf } from '../../../subgraphs/shared/clock/calendar.ts'
import { calendarDaysFromChineseDays } from '../../../subgraphs/shared/clock/calendar-from-chinese-days.ts'
import { addDays, endOfShanghaiDay, shanghaiDay } from '../../../subgraphs/shared/clock/shanghai-day.ts'
import { formatShanghaiTime } from '../../../subgraphs/shared/clock/shanghai-time.ts'
import type { ServiceMatter } from '../directory/matters.ts'
import type { StaffMember } from '../directory/staff.ts'
import { type Directory, makeDirectory } from '../directory.ts'
import { isOpen, momentOfService } from '../history/open-days.ts'
import { inventedApplicant } from '../invented/applicants.ts'
import { type SeededRandom, seededRandom } from '../seeded-random.ts'
import type { CaseReport } from './case-report.ts'

const FIRST_DAY = '2026-11-01'
const DAYS = 20
const MINUTE_MS = 60_000
const SECOND_MS = 1000

/** Closed cases of the main hall, accepted and closed from 1 to 20 November 2026, in the order of acceptance; all sound. */
export function makeSoundRows(count: number): CaseReport[] {
  const directory = makeDirectory()
  const random = seededRandom('example rows')
  const calendar = calendarOf(calendarDaysFromChineseDays([2026]))
  const days = Array.from({ length: DAYS }, (_, i) => addDays(FIRST_DAY, i)).filter(day => isOpen(day, calendar))
  const staff = directory.staff.filter(({ hallId }) => hallId === directory.mainHall.id)
  const moments = Array.from({ length: count }, () => momentOfService(random.pick(days), random))
  const serials = new Map<string, number>()
  return moments
    .sort((a, b) => a.getTime() - b.getTime())
    .map(acceptedAt => {
      const staffMember = random.pick(staff)
      const { matter, closedAt } = course(staffMember, directory, acceptedAt, days, random)
      return soundRow(
        { caseNumber: nextNumber(serials, acceptedAt), acceptedAt, closedAt, staffMember, matter },
        random,
      )
    })
}

/** 22 characters; `02` where the history of the demo province has `01`, so that no number is in both. */
function nextNumber(serials: Map<string, number>, acceptedAt: Date): string {
  const day = shanghaiDay(acceptedAt).replaceAll('-', '')
  const serial = (serials.get(day) ?? 0) + 1
  serials.set(day, serial)
  return `41010002${day}${String(serial).padStart(6, '0')}`
}

type Course = { matter: ServiceMatter; closedAt: Date }

// Decided on the spot, or on a later open day within the promise as long as the period lasts.
function course(
  { departmentId }: StaffMember,
  { matters }: Directory,
  acceptedAt: Date,
  days: readonly string[],
  random: SeededRandom,
): Course {
  const day = shanghaiDay(acceptedAt)
  const offered = matters.filter(matter => matter.departmentId === departmentId)
  const possible = offered.flatMap((matter): Course[] => {
    const { promisedDays } = matter.offer
    const last = addDays(day, promisedDays)
    const later = days.filter(other => other > day && other <= last)
    if (promisedDays > 0 && later.length === 0) return []
    const onTheSpot = new Date(acceptedAt.getTime() + random.between(4 * 60, 30 * 60) * SECOND_MS)
    return [{ matter, closedAt: promisedDays === 0 ? onTheSpot : momentOfService(random.pick(later), random) }]
  })
  // On the last day nothing that takes days can be closed: then it is overtime work on the same evening.
  const inTheEvening = () => new Date(acceptedAt.getTime() + random.between(60, 90) * MINUTE_MS)
  return possible.length > 0 ? random.pick(possible) : { matter: random.pick(offered), closedAt: inTheEvening() }
}

type Served = Course & { caseNumber: string; acceptedAt: Date; staffMember: StaffMember }

function soundRow({ caseNumber, acceptedAt, closedAt, staffMember, matter }: Served, random: SeededRandom): CaseReport {
  const { window } = staffMember
  const { promisedDays, legalDays } = matter.offer
  const applicant = inventedApplicant(random, matter.offer.for, '郑州')
  const limit = (days: number) => {
    // The last second of the day: sources do not write 24:00.
    const end = endOfShanghaiDay(addDays(shanghaiDay(acceptedAt), days))
    return formatShanghaiTime(new Date(end.getTime() - SECOND_MS))
  }
  return {
    caseNumber,
    dataVersion: '1',
    regionCode: window.hall.region.code,
    serviceCode: matter.serviceCode,
    taskItemCode: `${matter.serviceCode}01`,
    hall: window.hall.name,
    windowNumber: window.number,
    staffNumber: staffMember.staffNumber,
    queueNumber: `${window.number[0]}${caseNumber.slice(-3)}`,
    state: '3',
    handlingKind: promisedDays === 0 ? '1' : '2',
    applicantKind: applicant.kind === 'NATURAL_PERSON' ? '1' : '2',
    applicantName: applicant.name,
    documentKind: applicant.documentKind ?? '',
    documentNumber: applicant.documentNumber,
    contactName: applicant.contactName ?? applicant.name,
    contactPhone: applicant.phone,
    acceptedAt: formatShanghaiTime(acceptedAt),
    promisedAt: limit(promisedDays),
    legalLimitAt: limit(legalDays),
    closedAt: formatShanghaiTime(closedAt),
    dataState: '1',
    title: `关于${matter.name}的申请`,
  }
}
