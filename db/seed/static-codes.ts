import { createHash } from 'node:crypto'
import type { StaticCodeState, StaticSubjectKind } from '../../subgraphs/evaluations/domain/static-code.ts'
import { printedIdOf } from '../../subgraphs/evaluations/domain/static-code-id.ts'
import { addDays, shanghaiDay, weekdayOf } from '../../subgraphs/shared/clock/shanghai-day.ts'
import type { Transaction } from '../../subgraphs/shared/database.ts'
import { demoAccountId, demoAccountName } from './accounts.ts'
import type { Hall } from './directory/halls.ts'
import type { Region } from './directory/regions.ts'
import type { StaffMember } from './directory/staff.ts'
import type { Directory } from './directory.ts'
import { insertWholeRows } from './insert-rows.ts'
import { namedIdAt } from './named-id.ts'
import { seededRandom } from './seeded-random.ts'

const DAY_MS = 24 * 3_600_000
/** The codes were put up so long before the end of the history; scans are counted since. */
const DAYS_IN_USE = 60
const STAFF_WITH_CODE = 10

/** What a code of the demo stands for, who applied for it, and how it is scanned. */
type DemoCode = {
  /** Tells codes of one subject apart. */
  name: string
  subject: ReturnType<typeof ofStaffMember> | ReturnType<typeof ofHall> | ReturnType<typeof ofRegion>
  state: StaticCodeState
  applicant: 'supervisor' | 'county' | 'province'
  /** Scans of an ordinary working day. */
  dailyScans: number
  /** Nobody has scanned it for these last days: taken down, or another sticker is over it. */
  silentDays?: number
}

/** Writes the static codes (静态评价码) of the demo with their scans, and how many each place and person has in use. */
export async function insertStaticCodes(transaction: Transaction, directory: Directory, now: Date): Promise<void> {
  const codes = demoCodes(directory).map(code => ({ ...code, row: rowOf(code, now) }))
  await insertWholeRows(
    transaction,
    'evaluations.static_codes',
    codes.map(({ row }) => row),
  )
  await insertWholeRows(
    transaction,
    'evaluations.code_scans',
    codes.flatMap(({ row, ...code }) => scansOf(code, row.id, now)),
  )
  const inUse = codes.filter(({ state }) => state === 'ACTIVE').map(({ subject }) => subject)
  const coverage = [...new Set(inUse)].map(subject => {
    const { subjectKind, subjectId } = subject
    return { subjectKind, subjectId, activeCount: inUse.filter(other => other === subject).length }
  })
  await insertWholeRows(transaction, 'cases.static_code_coverage', coverage)
}

/** Main hall, two stations, some of the main hall's staff, the province and the platform. */
function demoCodes(directory: Directory): DemoCode[] {
  const { halls, regions, mainHall, staff, demoStaffMember } = directory
  const hall = ofHall(mainHall, directory)
  const stations = halls.filter(({ kind }) => kind === 'STATION').slice(0, 2)
  const province = regions.find(({ level }) => level === 'PROVINCE')!
  const colleagues = staff.filter(member => member.hallId === mainHall.id && member !== demoStaffMember)
  const chosen = [demoStaffMember, ...colleagues].slice(0, STAFF_WITH_CODE + 2)
  return [
    { name: 'entrance', subject: hall, state: 'ACTIVE', applicant: 'supervisor', dailyScans: 42 },
    { name: 'upstairs', subject: hall, state: 'ACTIVE', applicant: 'supervisor', dailyScans: 16, silentDays: 7 },
    { name: 'old', subject: hall, state: 'RETIRED', applicant: 'supervisor', dailyScans: 0 },
    ...stations.map((station): DemoCode => {
      const subject = ofHall(station, directory)
      return { name: 'door', subject, state: 'ACTIVE', applicant: 'county', dailyScans: 4 }
    }),
    ...chosen.map((member, index): DemoCode => {
      const subject = ofStaffMember(member, directory)
      const state = index < STAFF_WITH_CODE ? 'ACTIVE' : 'REQUESTED'
      return { name: 'desk', subject, state, applicant: 'supervisor', dailyScans: state === 'ACTIVE' ? 6 : 0 }
    }),
    {
      name: 'province',
      subject: ofRegion(province, 'PROVINCE', directory),
      state: 'ACTIVE',
      applicant: 'province',
      dailyScans: 20,
    },
    {
      name: 'platform',
      subject: ofRegion(province, 'PLATFORM', directory),
      state: 'ACTIVE',
      applicant: 'province',
      dailyScans: 3,
    },
  ]
}

const nobody = { windowNumber: null, staffNumber: null, staffName: null, windowId: null, staffMemberId: null }

/** The facts of the cases subgraph: of a person his own department answers. */
function ofStaffMember(member: StaffMember, { demoStaffMember }: Directory) {
  const { window, id, hallId, departmentId, lineId, regionPath } = member
  const { hall, department } = window
  // Where somebody sits is known by his account alone.
  const isSeated = member === demoStaffMember
  return {
    subjectKind: 'STAFF_MEMBER' as const,
    subjectId: id,
    ...placeOf(hall.region),
    departmentName: department.name,
    hallName: hall.name,
    windowNumber: isSeated ? window.number : null,
    staffNumber: member.staffNumber,
    staffName: member.name,
    regionPath,
    departmentId,
    lineId,
    hallId,
    windowId: isSeated ? window.id : null,
    staffMemberId: id,
  }
}

/** Of a hall the management body of its region answers, or the nearest above. */
function ofHall({ id, name, region }: Hall, directory: Directory) {
  const managed = { ...placeOf(region), ...managementOf(region, directory) }
  return { subjectKind: 'HALL' as const, subjectId: id, ...managed, hallName: name, hallId: id, ...nobody }
}

function ofRegion(
  region: Region,
  subjectKind: Extract<StaticSubjectKind, 'PROVINCE' | 'PLATFORM'>,
  directory: Directory,
) {
  const managed = { ...placeOf(region), ...managementOf(region, directory) }
  return { subjectKind, subjectId: region.id, ...managed, hallName: null, hallId: null, ...nobody }
}

function placeOf({ cityCode, policyId, name, regionPath }: Region) {
  return { cityCode, policyId, regionName: name, regionPath }
}

function managementOf({ regionPath }: Region, { departments }: Directory) {
  const [body] = departments
    .filter(({ trade, regionPath: path }) => trade === null && regionPath.startsWith(path))
    .sort((a, b) => b.regionPath.length - a.regionPath.length)
  return { departmentId: body!.id, departmentName: body!.name, lineId: null }
}

function rowOf({ name, subject, state, applicant }: DemoCode, now: Date) {
  const key = `${subject.subjectKind} ${subject.subjectId} ${name}`
  const requestedAt = new Date(now.getTime() - (state === 'REQUESTED' ? 1 : DAYS_IN_USE) * DAY_MS)
  const chance = createHash('sha256').update(`demo static code ${key}`).digest()
  const isDecided = state !== 'REQUESTED'
  const isRetired = state === 'RETIRED'
  const decider = demoAccountName(applicant === 'supervisor' ? 'city' : applicant)
  return {
    id: namedIdAt(requestedAt, 'static-code', key),
    handle: chance.subarray(8, 14),
    printedId: printedIdOf(subject.regionPath, chance),
    ...subject,
    state,
    requestedAt,
    requestedById: demoAccountId(applicant),
    requestedByName: demoAccountName(applicant),
    decidedAt: isDecided ? requestedAt : null,
    decidedByName: isDecided ? decider : null,
    retiredAt: isRetired ? new Date(now.getTime() - (DAYS_IN_USE - 20) * DAY_MS) : null,
    retiredByName: isRetired ? decider : null,
    retireReason: isRetired ? '破损，已换新' : null,
  }
}

function scansOf({ dailyScans, silentDays = 0 }: DemoCode, staticCodeId: string, now: Date) {
  if (dailyScans === 0) return []
  const random = seededRandom(`scans ${staticCodeId}`)
  const today = shanghaiDay(now)
  return Array.from({ length: DAYS_IN_USE }, (_, index) => {
    const day = addDays(today, -index)
    const usual = [0, 6].includes(weekdayOf(day)) ? dailyScans / 8 : dailyScans
    const scans = Math.round((usual * random.between(70, 130)) / 100)
    return { staticCodeId, day, scans: index < silentDays ? 0 : scans }
  }).filter(({ scans }) => scans > 0)
}
