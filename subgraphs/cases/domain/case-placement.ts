import type { Placement } from '../../shared/events/event.ts'
import { type InputProblem, inputProblem } from '../../shared/rows/input-problem.ts'
import { scopeCovers } from '../../shared/scope-covers.ts'
import type { Scope } from '../../shared/viewer.ts'
import type { CaseReport } from './case-report.ts'

export type KnownRegion = { id: string; code: string; regionPath: string; cityCode: string; policyId: string }
export type KnownMatter = {
  id: string
  serviceCode: string
  name: string
  regionPath: string
  departmentId: string
  departmentName: string
  lineId: string | null
  hasFees: boolean
  involvesIntermediary: boolean
}
export type KnownHall = { id: string; name: string; regionPath: string }
export type KnownWindow = { id: string; hallId: string; number: string }
export type KnownStaffMember = {
  id: string
  staffNumber: string
  name: string
  departmentId: string
  hallId: string | null
}

/** What the directory says, within the reporter's scope, about everything that a batch of rows names. */
export type DirectoryFacts = {
  regions: KnownRegion[]
  matters: KnownMatter[]
  halls: KnownHall[]
  windows: KnownWindow[]
  staff: KnownStaffMember[]
}

/** A report with everything that it names found in the directory. */
export type PlacedReport = {
  report: CaseReport
  region: KnownRegion
  matter: KnownMatter
  hall: KnownHall | null
  window: KnownWindow | null
  staffMember: KnownStaffMember | null
  placement: Placement
}

type Directory = ReturnType<typeof directoryOf>

/** Makes the facts of a batch quick to look up. */
export function directoryOf(facts: DirectoryFacts) {
  return {
    regions: new Map(facts.regions.map(region => [region.code, region])),
    matters: Map.groupBy(facts.matters, matter => matter.serviceCode),
    hallsById: new Map(facts.halls.map(hall => [hall.id, hall])),
    hallsByName: Map.groupBy(facts.halls, hall => hall.name),
    windows: new Map(facts.windows.map(window => [`${window.hallId} ${window.number}`, window])),
    staff: Map.groupBy(facts.staff, member => member.staffNumber),
  }
}

/** The code under which the directory knows a region: twelve digits that end in zeros name a county or above. */
export function directoryRegionCode(code: string): string {
  return code.length === 12 && code.endsWith('000000') ? code.slice(0, 6) : code
}

/** Finds region, matter, hall, window and staff of a report; names each that is not there. */
export function placeReport(
  report: CaseReport,
  directory: Directory,
  scope: Scope,
): { placed: PlacedReport } | { problems: InputProblem[] } {
  const region = directory.regions.get(directoryRegionCode(report.regionCode))
  if (!region)
    return { problems: [outOfScope('regionCode', `区划 ${report.regionCode} `, `region ${report.regionCode}`)] }
  const problems: InputProblem[] = []
  const found = <Known>(answer: Known | InputProblem): Known | null => {
    if (!isProblem(answer)) return answer
    problems.push(answer)
    return null
  }
  const matter = found(matterOf(report, region, directory))
  const hall = found(hallOf(report, region, directory, scope))
  const window = hall ? found(windowOf(report, hall, directory)) : null
  const staffMember = matter ? found(staffMemberOf(report, matter, hall, directory)) : null
  if (!matter || problems.length > 0) return { problems }
  const placement: Placement = {
    regionPath: region.regionPath,
    departmentId: matter.departmentId,
    lineId: matter.lineId,
    hallId: hall?.id ?? null,
    windowId: window?.id ?? null,
    staffMemberId: staffMember?.id ?? null,
  }
  if (report.isProbe && !mayProbe(scope)) return { problems: [probeNotPermitted] }
  if (!scopeCovers(scope, placement)) return { problems: [outOfScope('caseNumber', '该办件', 'the case')] }
  return { placed: { report, region, matter, hall, window, staffMember, placement } }
}

/** Probes stay outside all figures, so nobody but those who see the whole province may report them: a unit could hide its cases so. */
function mayProbe(scope: Scope): boolean {
  if (scope.reach !== 'REGION') return scope.reach === 'EVERYTHING'
  const { reach: _, regionPath, ...narrowing } = scope
  return /^\/\d+\/$/.test(regionPath) && Object.values(narrowing).every(value => value === undefined)
}

const probeNotPermitted = inputProblem(
  'isProbe',
  'PROBE_NOT_PERMITTED',
  '探测办件只能由全省范围的系统上报',
  'probes are reported by systems of the whole province alone',
)

/** The named refusal of whatever belongs to someone else or to nobody; which of the two is not said. */
export function outOfScope(path: string, what: string, whatEnglish: string): InputProblem {
  return inputProblem(
    path,
    'CASE_OUT_OF_SCOPE',
    `${what}不在本账号的范围内，请由所属单位的系统上报`,
    `${whatEnglish} lies outside this account’s scope: let the system of the unit that owns it report it`,
  )
}

function matterOf(report: CaseReport, region: KnownRegion, { matters }: Directory): KnownMatter | InputProblem {
  const candidates = (matters.get(report.serviceCode) ?? []).filter(matter =>
    region.regionPath.startsWith(matter.regionPath),
  )
  const nearest = Math.max(...candidates.map(matter => matter.regionPath.length))
  const [matter, other] = candidates.filter(candidate => candidate.regionPath.length === nearest)
  if (!matter) {
    return inputProblem(
      'serviceCode',
      'MATTER_UNKNOWN',
      `区划 ${region.code} 及其上级没有事项 ${report.serviceCode}，请核对事项编码或先登记该事项`,
      `no matter ${report.serviceCode} is registered for region ${region.code} or above it`,
    )
  }
  if (!other) return matter
  return inputProblem(
    'serviceCode',
    'MATTER_AMBIGUOUS',
    `区划 ${region.code} 有多个部门登记了事项 ${report.serviceCode}，无法确定责任部门`,
    `several departments of region ${region.code} have registered matter ${report.serviceCode}`,
  )
}

function hallOf(
  report: CaseReport,
  region: KnownRegion,
  { hallsById, hallsByName }: Directory,
  scope: Scope,
): KnownHall | null | InputProblem {
  if (!report.hall) {
    const ownHall = scope.reach === 'REGION' && scope.hallId ? hallsById.get(scope.hallId) : undefined
    if (ownHall) return ownHall
    if (!report.windowNumber) return null
    return inputProblem('hall', 'HALL_MISSING', '填写窗口号时必须填写大厅', 'is required together with windowNumber')
  }
  const byId = hallsById.get(report.hall.toLowerCase())
  if (byId) return byId
  const named = hallsByName.get(report.hall) ?? []
  const inRegion = named.filter(
    hall => hall.regionPath.startsWith(region.regionPath) || region.regionPath.startsWith(hall.regionPath),
  )
  const [hall, other] = inRegion.length > 0 ? inRegion : named
  if (hall && !other) return hall
  return hall
    ? inputProblem(
        'hall',
        'HALL_AMBIGUOUS',
        '有多个同名大厅，请改用大厅编号 id',
        'several halls have this name: give its id',
      )
    : inputProblem('hall', 'HALL_UNKNOWN', '没有登记该大厅，请核对名称', 'no hall is registered under this name')
}

function windowOf(report: CaseReport, hall: KnownHall, { windows }: Directory): KnownWindow | null | InputProblem {
  if (!report.windowNumber) return null
  return (
    windows.get(`${hall.id} ${report.windowNumber}`) ??
    inputProblem(
      'windowNumber',
      'WINDOW_UNKNOWN',
      `${hall.name} 没有窗口 ${report.windowNumber}`,
      `this hall has no window ${report.windowNumber}`,
    )
  )
}

/** Numbers are given out per department, so the matter's department comes first; at a shared counter it is someone of that hall. */
function staffMemberOf(
  report: CaseReport,
  matter: KnownMatter,
  hall: KnownHall | null,
  { staff }: Directory,
): KnownStaffMember | null | InputProblem {
  if (!report.staffNumber) return null
  const candidates = staff.get(report.staffNumber) ?? []
  const ofDepartment = candidates.filter(member => member.departmentId === matter.departmentId)
  const ofHall = candidates.filter(member => hall && member.hallId === hall.id)
  const [member, other] = ofDepartment.length > 0 ? ofDepartment : ofHall
  if (member && !other) return member
  return inputProblem(
    'staffNumber',
    member ? 'STAFF_AMBIGUOUS' : 'STAFF_UNKNOWN',
    member ? `大厅内有多人使用工号 ${report.staffNumber}` : `没有登记工号 ${report.staffNumber}，请核对或先登记该人员`,
    member
      ? `several people of this hall have staff number ${report.staffNumber}`
      : `no one is registered under staff number ${report.staffNumber}`,
  )
}

function isProblem(answer: unknown): answer is InputProblem {
  return typeof answer === 'object' && answer !== null && 'code' in answer && 'path' in answer
}
