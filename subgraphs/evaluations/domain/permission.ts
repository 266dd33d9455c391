import type { Placement } from '../../shared/events/event.ts'
import { scopeCovers } from '../../shared/scope-covers.ts'
import type { Role, Scope, Viewer } from '../../shared/viewer.ts'

/** Kinds of codes that are made on request; static codes are applied for, SMS links are sent. */
export type IssuedKind = 'SCREEN' | 'RECEIPT' | 'TERMINAL' | 'PORTAL' | 'MOBILE'

const issuers: readonly (Role | null)[] = ['INTEGRATION_CLIENT', 'WINDOW_STAFF', 'DEVICE', 'MANAGEMENT_BODY']
const terminalIssuers: readonly (Role | null)[] = ['INTEGRATION_CLIENT', 'DEVICE']
const systemsOfTheUnit: readonly (Role | null)[] = ['INTEGRATION_CLIENT', 'DEVICE']

/**
 * Who may have rating codes made (申请评价码); for which cases is a matter of scope. Codes of the portal and of phones are for the
 * signed-in applicant himself. A device without a window has none.
 */
export function mayIssueRatingCode(viewer: Viewer, kind: IssuedKind): boolean {
  if (kind === 'PORTAL' || kind === 'MOBILE') return isSignedInCitizen(viewer)
  const { role, scope } = viewer
  if (role === 'DEVICE' && !(scope.reach === 'REGION' && scope.windowId !== undefined)) return false
  return (kind === 'TERMINAL' ? terminalIssuers : issuers).includes(role)
}

/** Most rows of one call (decision 11). */
export const mostHandedOverRows = 500

/** Which systems hand over ratings given elsewhere (移交评价): linked ones; whether theirs was declared is asked apart. */
export function mayHandOver({ role }: Viewer): boolean {
  return role === 'INTEGRATION_CLIENT'
}

/** Staff must not rate for applicants (三门峡办法第四条), and no system of the unit may, but the device at the window. */
export function maySubmitEvaluation({ kind, role }: Viewer): boolean {
  if (kind === 'STAFF') return false
  return role === 'DEVICE' || !systemsOfTheUnit.includes(role)
}

/** Who may look for cases by a phone (办件查询): people at their own devices, never staff or systems of the unit. */
export function mayFindOwnCases(viewer: Viewer): boolean {
  return maySubmitEvaluation(viewer) && viewer.role !== 'DEVICE'
}

/** A person or an agent who signed in with his real name (实名登录); whoever holds a receipt alone has no session. */
export function isSignedInCitizen({ kind, sessionId }: Viewer): boolean {
  return kind === 'CITIZEN' && sessionId !== null
}

/** The applicant himself, signed in (本人办件). */
export function isOwnCase(viewer: Viewer, caseId: string): boolean {
  return isSignedInCitizen(viewer) && viewer.scope.reach === 'CASES' && viewer.scope.caseIds.includes(caseId)
}

/** Whether a case lies in a scope, by its place or as one's own. */
export function scopeCoversCase(
  scope: Scope,
  { caseId, placement }: { caseId: string; placement: Placement },
): boolean {
  return scope.reach === 'CASES' ? scope.caseIds.includes(caseId) : scopeCovers(scope, placement)
}
