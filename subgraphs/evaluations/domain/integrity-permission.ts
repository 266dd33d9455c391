import type { JurisdictionPolicy, SatisfactionLevel } from '../../shared/policy/policy.ts'
import type { Role, Viewer } from '../../shared/viewer.ts'
import type { RatingSubjectKind } from './rated-subject.ts'
import { isNegative } from './rating.ts'

const deciders: readonly (Role | null)[] = ['MANAGEMENT_BODY', 'PROVINCIAL_BUREAU']
const readers: readonly (Role | null)[] = [...deciders, 'AUDITOR']

/** Who reads signals (异常评价线索): never the rated unit, whose evidence would tell it who rated. */
export function mayReadIntegritySignals({ kind, role }: Viewer): boolean {
  return kind === 'STAFF' && readers.includes(role)
}

/** Who decides about signals: bodies that stand for a whole region. One whose scope is a department, hall or window belongs to the rated unit. */
export function mayDecideIntegrity({ kind, role, scope }: Viewer): boolean {
  if (kind !== 'STAFF' || !deciders.includes(role) || scope.reach !== 'REGION') return false
  const { departmentId, lineId, hallId, windowId, staffMemberId } = scope
  return [departmentId, lineId, hallId, windowId, staffMemberId].every(narrower => narrower === undefined)
}

/**
 * Ratings of halls, of the province and of the platform are answered for by the management body itself: only the bureau, above it, decides about
 * them. Above the bureau there is nobody.
 */
export function answersForItself({ role }: Viewer, subjectKind: RatingSubjectKind): boolean {
  return role === 'MANAGEMENT_BODY' && subjectKind !== 'CASE' && subjectKind !== 'STAFF_MEMBER'
}

/** Bad ratings become invalid only by the authority of the place (差评认定权限): a signal is no way round it. */
export function mayInvalidate(
  { role }: Viewer,
  level: SatisfactionLevel,
  { invalidation }: Pick<JurisdictionPolicy, 'invalidation'>,
): boolean {
  return !isNegative(level) || invalidation.value === 'MANAGEMENT_BODY' || role === 'PROVINCIAL_BUREAU'
}
