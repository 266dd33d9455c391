import type { Role, Scope, Viewer } from '../../shared/viewer.ts'
import type { RatingSubjectKind } from './rated-subject.ts'

const deciders: readonly (Role | null)[] = ['MANAGEMENT_BODY', 'PROVINCIAL_BUREAU']

/** Who may apply for static codes (申领); for which places and people is a matter of scope. The province speaks for itself and the platform. */
export function mayRequestStaticCodes({ kind, role }: Viewer, subjectKind: RatingSubjectKind): boolean {
  if (kind !== 'STAFF') return false
  if (subjectKind === 'PROVINCE' || subjectKind === 'PLATFORM') return role === 'PROVINCIAL_BUREAU'
  return role === 'HALL_SUPERVISOR' || deciders.includes(role)
}

/** Who grants applications (审批); his own are in use at once. */
export function mayDecideStaticCodes({ kind, role }: Viewer): boolean {
  return kind === 'STAFF' && deciders.includes(role)
}

/** Who may take codes out of use (停用): whoever could apply for them, so that a lost or damaged one need not wait. */
export function mayRetireStaticCodes(viewer: Viewer): boolean {
  return mayRequestStaticCodes(viewer, 'HALL')
}

/** Who applied, who decided and how often it is scanned concerns staff alone; everyone else sees what hangs on the wall. */
export function seesPaperwork({ kind }: Viewer): boolean {
  return kind === 'STAFF'
}

/** Where static codes are read: a window and its device also see those of their hall, since they hang there for everyone to see. */
export function readingScope({ scope }: Pick<Viewer, 'scope'>): Scope {
  if (scope.reach !== 'REGION') return scope
  const { windowId: _window, ...hall } = scope
  return hall
}
