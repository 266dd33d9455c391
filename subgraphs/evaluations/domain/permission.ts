import type { RatingChannel } from '../../shared/policy/policy.ts'
import type { Role, Viewer } from '../../shared/viewer.ts'
import type { RatingCodeKind } from './rating-code.ts'

const issuers: readonly (Role | null)[] = ['INTEGRATION_CLIENT', 'WINDOW_STAFF', 'DEVICE', 'MANAGEMENT_BODY']
const systemsOfTheUnit: readonly (Role | null)[] = ['INTEGRATION_CLIENT', 'DEVICE']

/** Who may have rating codes made (申请评价码); for which cases is a matter of scope. A device without a window has none. */
export function mayIssueRatingCode({ role, scope }: Viewer): boolean {
  if (role === 'DEVICE') return scope.reach === 'REGION' && scope.windowId !== undefined
  return issuers.includes(role)
}

/** Staff must not rate for applicants (三门峡办法第四条), and no system of the unit may, but the device at the window. */
export function maySubmitEvaluation({ kind, role }: Viewer): boolean {
  if (kind === 'STAFF') return false
  return role === 'DEVICE' || !systemsOfTheUnit.includes(role)
}

/** Through what a rating given by a code comes (评价渠道). */
export function channelOf({ role }: Viewer): RatingChannel {
  return role === 'DEVICE' ? 'WINDOW_DEVICE' : 'QR_CODE'
}

/** How the rater was identified (评价人身份确认方式), kept with every rating. */
export type Identification = 'SCREEN_CODE' | 'PHONE_LAST_FOUR' | 'DEVICE'

export function identificationOf(viewer: Viewer, kind: RatingCodeKind): Identification {
  if (kind === 'RECEIPT') return 'PHONE_LAST_FOUR'
  return viewer.role === 'DEVICE' ? 'DEVICE' : 'SCREEN_CODE'
}
