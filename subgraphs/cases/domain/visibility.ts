import type { Role, Viewer } from '../../shared/viewer.ts'

/** Who works with applicants and so sees them, masked. Supervisors, analysts, devices and applications work with cases alone. */
const rolesWithApplicants = new Set<Role>([
  'PROVINCIAL_BUREAU',
  'MANAGEMENT_BODY',
  'DEPARTMENT_HANDLER',
  'QUALITY_CHECKER',
  'HOTLINE_OPERATOR',
  'PHONE_INVITER',
  'WINDOW_STAFF',
  'AUDITOR',
  'INTEGRATION_CLIENT',
])

/** Whether the viewer sees applicants (申请人) at all; what he sees is masked in any case. */
export function maySeeApplicants(viewer: Pick<Viewer, 'role'>): boolean {
  return viewer.role !== null && rolesWithApplicants.has(viewer.role)
}

/** Whether the viewer sees names of staff: a supervisor's screen hangs in a hall and shows numbers only. */
export function maySeeStaffNames(viewer: Pick<Viewer, 'role'>): boolean {
  return viewer.role !== 'HALL_SUPERVISOR'
}
