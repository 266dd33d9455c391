import {
  addDays,
  endOfShanghaiDay,
  shanghaiDay,
  startOfShanghaiDay,
} from '../../../subgraphs/shared/clock/shanghai-day.ts'
import { demoAgent, demoCitizen, demoOrganisation } from '../demo-people.ts'
import type { Directory } from '../directory.ts'
import { IDENTITY_CARD, type InventedApplicant } from '../invented/applicants.ts'
import { type Link, linkOfHall } from './links.ts'
import { openDays } from './open-days.ts'
import { caseOfVisit, type PastCase, type Times } from './service-cases.ts'

type Errand = {
  applicant: InventedApplicant
  matter: string
  /** How many open days before today it was accepted; `OVERDUE` is so long ago that even the legal limit has passed. */
  accepted: number | 'OVERDUE'
  /** How many open days before today it ended, when not on the day of acceptance. */
  closed?: number
  outcome?: PastCase['outcome']
}

const person = ({ name, documentNumber, phone }: typeof demoCitizen): InventedApplicant => {
  return { kind: 'NATURAL_PERSON', name, documentKind: IDENTITY_CARD, documentNumber, contactName: null, phone }
}
const citizen = person(demoCitizen)
const agent = person(demoAgent)
const organisation: InventedApplicant = {
  kind: 'ENTERPRISE',
  ...demoOrganisation,
  documentKind: null,
  contactName: demoAgent.name,
}

/** What the people of the demo came for in the last days: every way in which a case ends, and one that is overdue. */
const errands: readonly Errand[] = [
  { applicant: citizen, matter: '社会保障卡申领', accepted: 1 },
  { applicant: citizen, matter: '居民身份证换领', accepted: 1 },
  { applicant: citizen, matter: '跨省异地就医备案', accepted: 2 },
  { applicant: citizen, matter: '不动产登记资料查询', accepted: 3 },
  { applicant: citizen, matter: '户口迁移审批', accepted: 6, closed: 2, outcome: 'REFUSED' },
  { applicant: citizen, matter: '失业保险金申领', accepted: 4, closed: 1, outcome: 'RETURNED' },
  { applicant: citizen, matter: '购买自住住房提取住房公积金', accepted: 3, closed: 2, outcome: 'WITHDRAWN' },
  { applicant: citizen, matter: '医疗费用手工报销', accepted: 'OVERDUE' },
  { applicant: agent, matter: '就业创业证申领', accepted: 2 },
  { applicant: organisation, matter: '用人单位社会保险登记', accepted: 1 },
  { applicant: organisation, matter: '发票领用', accepted: 2 },
  { applicant: organisation, matter: '公司变更登记', accepted: 4, closed: 3 },
  { applicant: organisation, matter: '食品经营许可核发', accepted: 8, closed: 2, outcome: 'WITHDRAWN' },
]

const MINUTE_MS = 60_000
const ON_THE_SPOT_MS = 12 * MINUTE_MS
const OVERDUE_DAYS = 35

/** Cases of the demo's citizen, agent and organisation in the main hall, none of them rated. */
export function makeDemoPeopleCases(directory: Directory, links: readonly Link[], times: Times): PastCase[] {
  const today = shanghaiDay(times.now)
  const days = openDays(times.now, times.calendar)
    .filter(day => day < today)
    .reverse()
  const longAgo = days.find(day => day <= addDays(today, -OVERDUE_DAYS)) ?? days.at(-1)!
  const dayOf = (before: number | 'OVERDUE') => (before === 'OVERDUE' ? longAgo : days[before - 1]!)
  return errands.map((errand, index) => {
    const { applicant, accepted, closed, outcome = 'COMPLETED' } = errand
    const day = dayOf(accepted)
    // From 9:20 on, a quarter of an hour apart.
    const moment = new Date(startOfShanghaiDay(day).getTime() + (9 * 60 + 20 + 15 * index) * MINUTE_MS)
    const { matter, window, staffMember } = counterOf(errand.matter, directory)
    const { promisedDays, legalDays } = matter.offer
    const limit = (count: number) => endOfShanghaiDay(addDays(day, count))
    const onTheSpot = new Date(moment.getTime() + ON_THE_SPOT_MS)
    const ended =
      closed === undefined ? onTheSpot : new Date(startOfShanghaiDay(dayOf(closed)).getTime() + 10 * 60 * MINUTE_MS)
    const closedAt = accepted === 'OVERDUE' ? null : ended
    // `03` where other cases of the hall have `01` or `02`, so that no number is in both.
    const caseNumber = `41010003${day.replaceAll('-', '')}${String(index + 1).padStart(6, '0')}`
    const course = {
      state: closedAt ? 'CLOSED' : 'ACCEPTED',
      acceptedAt: moment,
      promisedAt: limit(promisedDays),
      legalLimitAt: limit(legalDays),
      closedAt,
    } as const
    const link = linkOfHall(links, directory.mainHall)!
    const visit = { caseNumber, moment, link, window, staffMember, matter }
    return caseOfVisit(visit, { course, outcome, isValid: true, applicant })
  })
}

/** Where a matter is served in the main hall, at the demo window if it is one of its department. */
function counterOf(name: string, { matters, windows, staff, mainHall, demoWindow }: Directory) {
  const matter = matters.find(one => one.name === name && one.regionPath === mainHall.regionPath)!
  const isServing = (window: (typeof windows)[number]) =>
    window.hall === mainHall && window.department.id === matter.departmentId
  const window = isServing(demoWindow) ? demoWindow : windows.find(isServing)!
  return { matter, window, staffMember: staff.find(member => member.window === window)! }
}
