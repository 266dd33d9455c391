import { devicesByIds, devicesOfWindows, recordsOfDevices } from './device-queries.ts'
import {
  departmentsByIds,
  hallsByIds,
  linesByIds,
  regionsByCodes,
  regionsByIds,
  serviceMattersByIds,
  staffMembersByIds,
  windowsByIds,
  windowsOfHalls,
} from './directory-queries.ts'
import type { RequestReader } from './request-reader.ts'
import { keyLoader, rowLoader, rowsLoader } from './row-loader.ts'
import { applicantsOfCases, serviceCasesByIds } from './service-case-queries.ts'

const byId = (row: { id: string }) => row.id

/** The loaders of one request; all read in its one transaction and so under its viewer's scope. */
export function createLoaders(read: RequestReader) {
  return {
    region: rowLoader(read, regionsByIds, byId),
    regionByCode: keyLoader(read, regionsByCodes, row => row.code),
    line: rowLoader(read, linesByIds, byId),
    department: rowLoader(read, departmentsByIds, byId),
    hall: rowLoader(read, hallsByIds, byId),
    window: rowLoader(read, windowsByIds, byId),
    staffMember: rowLoader(read, staffMembersByIds, byId),
    serviceMatter: rowLoader(read, serviceMattersByIds, byId),
    serviceCase: rowLoader(read, serviceCasesByIds, byId),
    applicant: rowLoader(read, applicantsOfCases, row => row.caseId),
    device: rowLoader(read, devicesByIds, byId),
    deviceOfWindow: rowLoader(read, devicesOfWindows, row => row.windowId),
    recordsOfDevice: rowsLoader(read, recordsOfDevices, row => row.deviceId),
    windowsOfHall: rowsLoader(read, windowsOfHalls, row => row.hallId),
  }
}

export type Loaders = ReturnType<typeof createLoaders>
