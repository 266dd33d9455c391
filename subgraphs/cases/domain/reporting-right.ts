import type { Viewer } from '../../shared/viewer.ts'

/** Whether the viewer may report cases (办件推送): systems that are linked up, and management bodies on behalf of units that are not. */
export function mayReportCases({ role }: Pick<Viewer, 'role'>): boolean {
  return role === 'INTEGRATION_CLIENT' || role === 'MANAGEMENT_BODY' || role === 'PROVINCIAL_BUREAU'
}

/** Most rows of one call (decision 11). */
export const mostReportedRows = 500

/** What stands as 来源系统 for cases that a person uploaded here. */
export const ownSourceSystem = 'HUB'
