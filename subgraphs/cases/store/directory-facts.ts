import type { Transaction } from '../../shared/database.ts'
import type { Scope } from '../../shared/viewer.ts'
import {
  type DirectoryFacts,
  directoryRegionCode,
  type KnownHall,
  type KnownMatter,
  type KnownRegion,
  type KnownStaffMember,
  type KnownWindow,
} from '../domain/case-placement.ts'
import type { CaseReport } from '../domain/case-report.ts'
import { isIdentifier } from '../domain/identifier.ts'

/** Reads what the directory says about everything that these reports name: one statement each, within the scope. */
export async function readDirectoryFacts(
  tx: Transaction,
  reports: CaseReport[],
  scope: Scope,
): Promise<DirectoryFacts> {
  const hallTexts = named(reports, report => report.hall)
  const hallIds = hallTexts.filter(isIdentifier)
  if (scope.reach === 'REGION' && scope.hallId) hallIds.push(scope.hallId)
  const regions = await tx.query<KnownRegion>(
    `select id, code, region_path as "regionPath", city_code as "cityCode", policy_id as "policyId"
     from cases.regions where code = any($1::text[])`,
    [named(reports, report => directoryRegionCode(report.regionCode))],
  )
  const matters = await tx.query<KnownMatter>(
    `select m.id, m.service_code as "serviceCode", m.name, m.region_path as "regionPath", m.department_id as "departmentId",
       d.name as "departmentName", coalesce(m.line_id, d.line_id) as "lineId",
       m.has_fees as "hasFees", m.involves_intermediary as "involvesIntermediary"
     from cases.service_matters m join cases.departments d on d.id = m.department_id
     where m.service_code = any($1::text[])`,
    [named(reports, report => report.serviceCode)],
  )
  const halls = await ifAny(hallTexts, hallIds, () =>
    tx.query<KnownHall>(
      `select id, name, region_path as "regionPath" from cases.halls where name = any($1::text[]) or id = any($2::uuid[])`,
      [hallTexts, hallIds],
    ),
  )
  const windowNumbers = named(reports, report => report.windowNumber)
  const windows = await ifAny(windowNumbers, [], () =>
    tx.query<KnownWindow>(
      `select id, hall_id as "hallId", number from cases.windows where hall_id = any($1::uuid[]) and number = any($2::text[])`,
      [halls.map(hall => hall.id), windowNumbers],
    ),
  )
  const staffNumbers = named(reports, report => report.staffNumber)
  const staff = await ifAny(staffNumbers, [], () =>
    tx.query<KnownStaffMember>(
      `select id, staff_number as "staffNumber", name, department_id as "departmentId", hall_id as "hallId"
       from cases.staff_members where staff_number = any($1::text[])`,
      [staffNumbers],
    ),
  )
  return { regions, matters, halls, windows, staff }
}

function named(reports: CaseReport[], pick: (report: CaseReport) => string | null): string[] {
  return [...new Set(reports.map(pick).filter(text => text !== null))]
}

async function ifAny<Row>(texts: string[], ids: string[], read: () => Promise<Row[]>): Promise<Row[]> {
  return texts.length + ids.length > 0 ? read() : []
}
