import type { Role, Viewer } from '../../shared/viewer.ts'
import type { PhoneSource } from './rater.ts'

const callTakers: Record<PhoneSource, readonly (Role | null)[]> = {
  HOTLINE: ['HOTLINE_OPERATOR', 'MANAGEMENT_BODY'],
  INVITATION: ['PHONE_INVITER', 'MANAGEMENT_BODY'],
}

/** Who may look for the cases of a caller (热线查办件). */
export function mayFindCallerCases(viewer: Viewer): boolean {
  return isOutsideTheUnit(viewer) && [...callTakers.HOTLINE, ...callTakers.INVITATION].includes(viewer.role)
}

/** Who may take ratings on the phone: the operators of the region, never staff of the rated unit (三门峡办法第四条). */
export function mayRateOnPhone(viewer: Viewer, source: PhoneSource): boolean {
  return isOutsideTheUnit(viewer) && callTakers[source].includes(viewer.role)
}

/** Who works through the invitations (邀约人). */
export function mayInviteByPhone(viewer: Viewer): boolean {
  return mayRateOnPhone(viewer, 'INVITATION')
}

/** The province alone calls back (回访核对). */
export function mayCallBack({ kind, role }: Viewer): boolean {
  return kind === 'STAFF' && role === 'PROVINCIAL_BUREAU'
}

/** Who compares operators with each other. */
export function mayCompareOperators({ kind, role }: Viewer): boolean {
  return kind === 'STAFF' && (role === 'PROVINCIAL_BUREAU' || role === 'MANAGEMENT_BODY')
}

/** An account of one department, hall, window or clerk belongs to those who are rated. */
function isOutsideTheUnit({ kind, scope }: Viewer): boolean {
  if (kind !== 'STAFF' || scope.reach !== 'REGION') return false
  return [scope.departmentId, scope.hallId, scope.windowId, scope.staffMemberId].every(id => id === undefined)
}
