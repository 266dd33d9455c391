import type { Role, Viewer } from '../../shared/viewer.ts'
import type { IssuedKind } from './permission.ts'

/** What the clerk has to say and must not do (提示义务, 许昌制度第八条). */
export const promptDuty =
  '请主动提示办事人评价，不得引导、不得代评。Ask for a rating; never suggest one, never give it yourself.'

const promptedRoles: readonly (Role | null)[] = ['WINDOW_STAFF', 'INTEGRATION_CLIENT', 'DEVICE']

/** Whether a clerk stands behind the request: a code on the screen of a window. */
export function isPromptedFor({ role }: Viewer, kind: IssuedKind): boolean {
  return kind === 'SCREEN' && promptedRoles.includes(role)
}
