import type { Transaction } from '../../subgraphs/shared/database.ts'
import { type Department, type Line, makeDepartments, makeLines } from './directory/departments.ts'
import { type Hall, mainHallOf, makeHalls } from './directory/halls.ts'
import { makeMatters, type ServiceMatter } from './directory/matters.ts'
import { makeRegions, type Region } from './directory/regions.ts'
import { makeStaff, type StaffMember } from './directory/staff.ts'
import { makeWindows, type Window } from './directory/windows.ts'
import { insertRows } from './insert-rows.ts'

/** The directory (目录) of the demo province. */
export type Directory = {
  regions: Region[]
  lines: Line[]
  departments: Department[]
  halls: Hall[]
  windows: Window[]
  staff: StaffMember[]
  matters: ServiceMatter[]
  /** Where the demo accounts work: 郑州市政务服务中心. */
  mainHall: Hall
  /** The window of the demo accounts `window` and `kiosk`, and who sits there. */
  demoWindow: Window
  demoStaffMember: StaffMember
}

/** Number of the demo window in the main hall: social security, the trade with most visitors. */
const DEMO_WINDOW = 'B03'

/** Makes the same directory every time, ids included. */
export function makeDirectory(): Directory {
  const regions = makeRegions()
  const departments = makeDepartments(regions)
  const halls = makeHalls(regions)
  const mainHall = mainHallOf(halls)
  const windows = makeWindows(halls, departments)
  const staff = makeStaff(windows)
  const demoWindow = windows.find(({ hallId, number }) => hallId === mainHall.id && number === DEMO_WINDOW)!
  return {
    regions,
    lines: makeLines(),
    departments,
    halls,
    windows,
    staff,
    matters: makeMatters(departments),
    mainHall,
    demoWindow,
    demoStaffMember: staff.find(({ window }) => window === demoWindow)!,
  }
}

/** Writes the directory into the tables of the cases subgraph. */
export async function insertDirectory(transaction: Transaction, directory: Directory): Promise<void> {
  const { regions, lines, departments, halls, windows, staff, matters } = directory
  await insertRows(
    transaction,
    'cases.regions',
    ['id', 'code', 'name', 'level', 'parentId', 'regionPath', 'cityCode', 'isDirectlyAdministered', 'policyId'],
    regions,
  )
  await insertRows(transaction, 'cases.lines', ['id', 'name'], lines)
  await insertRows(
    transaction,
    'cases.departments',
    ['id', 'name', 'kind', 'creditCode', 'regionId', 'regionPath', 'lineId'],
    departments,
  )
  await nameManagementBodies(transaction, departments)
  await insertRows(transaction, 'cases.halls', ['id', 'name', 'kind', 'address', 'regionId', 'regionPath'], halls)
  await insertRows(transaction, 'cases.windows', ['id', 'hallId', 'number', 'name', 'regionPath'], windows)
  await insertRows(
    transaction,
    'cases.staff_members',
    ['id', 'staffNumber', 'name', 'departmentId', 'lineId', 'hallId', 'regionPath'],
    staff,
  )
  await insertRows(
    transaction,
    'cases.service_matters',
    ['id', 'serviceCode', 'name', 'departmentId', 'lineId', 'regionPath', 'hasFees', 'involvesIntermediary'],
    matters,
  )
}

/** Says of every region which department is its management body (主管机构): its own, or of townships and villages the nearest above. */
async function nameManagementBodies(transaction: Transaction, departments: readonly Department[]): Promise<void> {
  const bodies = departments.filter(({ trade }) => trade === null)
  await transaction.query(
    `update cases.regions r set management_department_id = (
       select m.department_id from unnest($1::text[], $2::uuid[]) as m(region_path, department_id)
       where starts_with(r.region_path, m.region_path) order by length(m.region_path) desc limit 1)`,
    [bodies.map(({ regionPath }) => regionPath), bodies.map(({ id }) => id)],
  )
}
