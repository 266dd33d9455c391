import type { WorkCalendar } from '../../../subgraphs/shared/clock/calendar.ts'
import { addDays, endOfShanghaiDay, shanghaiDay } from '../../../subgraphs/shared/clock/shanghai-day.ts'
import { MAIN_CITY } from '../directory/departments.ts'
import type { Hall } from '../directory/halls.ts'
import type { ServiceMatter } from '../directory/matters.ts'
import type { StaffMember } from '../directory/staff.ts'
import type { Window } from '../directory/windows.ts'
import type { Directory } from '../directory.ts'
import { type InventedApplicant, inventedApplicant } from '../invented/applicants.ts'
import { namedIdAt } from '../named-id.ts'
import { type SeededRandom, seededRandom } from '../seeded-random.ts'
import { type Link, linkOfHall } from './links.ts'
import { momentOfService, openDayFrom, openDays } from './open-days.ts'

/** Where a row lies for scope. */
export type Placement = {
  regionPath: string
  departmentId: string
  lineId: string | null
  hallId: string | null
  windowId: string | null
  staffMemberId: string | null
}

/** A case (办件) of the past weeks with who served whom. */
export type PastCase = Placement & {
  id: string
  cityCode: string
  caseNumber: string
  dataVersion: number
  state: 'PENDING' | 'ACCEPTED' | 'CLOSED'
  handlingKind: 'INSTANT' | 'PROMISED'
  isValid: boolean
  /** 办结方式; completed while open. */
  outcome: 'COMPLETED' | 'REFUSED' | 'RETURNED' | 'WITHDRAWN'
  regionId: string
  matterId: string
  taskItemCode: string
  queueNumber: string | null
  title: string
  acceptedAt: Date | null
  promisedAt: Date | null
  legalLimitAt: Date | null
  closedAt: Date | null
  sourceSystem: string
  reportedAt: Date
  updatedAt: Date
  hall: Hall
  window: Window
  staffMember: StaffMember
  matter: ServiceMatter
  applicant: InventedApplicant
}

/** What a history needs to know of its time. */
export type Times = { now: Date; calendar: WorkCalendar }

const MINUTE_MS = 60_000
const SOURCE_REPORTS_AFTER_MS = 20_000

// Visitors a day. A hall on trial hands in only what its first windows do.
function visitorsADay({ kind, region }: Hall, { state }: Link, random: SeededRandom): number {
  if (kind === 'STATION') return random.chance(0.4) ? 1 : 0
  if (region.code === MAIN_CITY) return random.between(40, 56)
  if (state === 'TRIAL') return random.between(1, 5)
  return region.level === 'COUNTY' ? random.between(1, 4) : random.between(6, 12)
}

/** Six weeks of cases of all halls that are linked up, none later than `now`. */
export function makePastCases(directory: Directory, links: readonly Link[], times: Times): PastCase[] {
  const days = openDays(times.now, times.calendar)
  const serials = new Map<string, number>()
  const staffOf = Map.groupBy(directory.staff, ({ window }) => window)
  const mattersOf = Map.groupBy(directory.matters, ({ departmentId }) => departmentId)
  const windowsOf = Map.groupBy(directory.windows, ({ hall }) => hall)
  return directory.halls.flatMap(hall => {
    const link = linkOfHall(links, hall)
    if (!link) return []
    return days.flatMap(day => {
      const random = seededRandom(`cases ${hall.region.code} ${day}`)
      const moments = Array.from({ length: visitorsADay(hall, link, random) }, () => momentOfService(day, random))
      return moments
        .filter(moment => moment < times.now)
        .sort((a, b) => a.getTime() - b.getTime())
        .map(moment => {
          const window = random.pick(windowsOf.get(hall)!)
          const staffMember = random.pick(staffOf.get(window)!)
          const matter = pickMatter(mattersOf.get(window.department.id)!, random)
          const caseNumber = nextNumber(serials, hall, day)
          return pastCase({ caseNumber, moment, link, window, staffMember, matter }, random, times)
        })
    })
  })
}

// Most visitors come for what is done on the spot.
function pickMatter(matters: readonly ServiceMatter[], random: SeededRandom): ServiceMatter {
  const instant = matters.filter(({ offer }) => offer.promisedDays === 0)
  return random.pick(instant.length > 0 && random.chance(0.6) ? instant : matters)
}

/** 22 characters: division 6, kind of reception 2, day 8, serial 6. */
function nextNumber(serials: Map<string, number>, { region }: Hall, day: string): string {
  const prefix = `${region.code.slice(0, 6)}01${day.replaceAll('-', '')}`
  const serial = (serials.get(prefix) ?? 0) + 1
  serials.set(prefix, serial)
  return prefix + String(serial).padStart(6, '0')
}

/** Someone came to a window for a matter. */
export type Visit = {
  caseNumber: string
  moment: Date
  link: Link
  window: Window
  staffMember: StaffMember
  matter: ServiceMatter
}

function pastCase(visit: Visit, random: SeededRandom, times: Times): PastCase {
  const { moment, matter, window } = visit
  const course = courseOf(matter, moment, random, times)
  const isValid = !random.chance(0.004)
  const applicant = inventedApplicant(random, matter.offer.for, window.hall.region.name.slice(0, 2))
  return caseOfVisit(visit, { course, outcome: outcomeOf(visit, course), isValid, applicant })
}

// Of what is not decided on the spot a few end without what was asked for.
function outcomeOf({ caseNumber, matter }: Visit, { closedAt }: Course): PastCase['outcome'] {
  if (closedAt === null || matter.offer.promisedDays === 0) return 'COMPLETED'
  const draw = seededRandom(`outcome ${caseNumber}`).below(100)
  return draw < 3 ? 'REFUSED' : draw < 5 ? 'RETURNED' : draw < 6 ? 'WITHDRAWN' : 'COMPLETED'
}

/** What became of a visit, and whose it was. */
type Told = Pick<PastCase, 'outcome' | 'isValid' | 'applicant'> & { course: Course }

/** The case that a visit made, as its window system reported it. */
export function caseOfVisit(visit: Visit, { course, outcome, isValid, applicant }: Told): PastCase {
  const { caseNumber, moment, link, window, staffMember, matter } = visit
  const { hall, department } = window
  // An application that came in online lies with the department until a window takes it.
  const isAtWindow = course.state !== 'PENDING'
  const reportedAt = new Date(moment.getTime() + SOURCE_REPORTS_AFTER_MS)
  return {
    id: namedIdAt(reportedAt, 'case', caseNumber),
    cityCode: hall.region.cityCode,
    caseNumber,
    dataVersion: course.closedAt ? 2 : 1,
    handlingKind: matter.offer.promisedDays === 0 ? 'INSTANT' : 'PROMISED',
    isValid,
    outcome,
    regionId: hall.regionId,
    regionPath: hall.regionPath,
    departmentId: department.id,
    lineId: department.lineId,
    hallId: isAtWindow ? hall.id : null,
    windowId: isAtWindow ? window.id : null,
    staffMemberId: isAtWindow ? staffMember.id : null,
    matterId: matter.id,
    taskItemCode: `${matter.serviceCode}01`,
    queueNumber: isAtWindow ? `${window.number[0]}${caseNumber.slice(-3)}` : null,
    title: `关于${matter.name}的申请`,
    ...course,
    sourceSystem: link.sourceSystem,
    reportedAt,
    updatedAt: course.closedAt ? new Date(course.closedAt.getTime() + SOURCE_REPORTS_AFTER_MS) : reportedAt,
    hall,
    window,
    staffMember,
    matter,
    applicant,
  }
}

type Course = Pick<PastCase, 'state' | 'acceptedAt' | 'promisedAt' | 'legalLimitAt' | 'closedAt'>

const RECENT_MS = 2 * 24 * 60 * MINUTE_MS

function courseOf(matter: ServiceMatter, moment: Date, random: SeededRandom, { now, calendar }: Times): Course {
  const isRecent = now.getTime() - moment.getTime() < RECENT_MS
  if (isRecent && random.chance(0.08)) {
    return { state: 'PENDING', acceptedAt: null, promisedAt: null, legalLimitAt: null, closedAt: null }
  }
  const { promisedDays, legalDays } = matter.offer
  const limit = (days: number) => endOfShanghaiDay(addDays(shanghaiDay(moment), days))
  const end = promisedDays === 0 ? soon(moment, random) : later(moment, matter, random, calendar)
  const closedAt = end < now ? end : null
  return {
    state: closedAt ? 'CLOSED' : 'ACCEPTED',
    acceptedAt: moment,
    promisedAt: limit(promisedDays),
    legalLimitAt: limit(legalDays),
    closedAt,
  }
}

function soon(moment: Date, random: SeededRandom): Date {
  return new Date(moment.getTime() + random.between(4, 30) * MINUTE_MS + random.below(60) * 1000)
}

// Usually within the promise, now and then past the legal limit.
function later(moment: Date, { offer }: ServiceMatter, random: SeededRandom, calendar: WorkCalendar): Date {
  const days = random.chance(0.02) ? offer.legalDays + random.between(1, 3) : random.between(1, offer.promisedDays)
  return momentOfService(openDayFrom(addDays(shanghaiDay(moment), days), calendar), random)
}
