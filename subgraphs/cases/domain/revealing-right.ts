import type { Role, Viewer } from '../../shared/viewer.ts'

/** Why somebody looks at an applicant in clear (查看目的); the same words as the enum `RevealPurpose` of the graph. */
export type RevealPurpose = 'HOTLINE' | 'INVITATION' | 'CALL_BACK' | 'VERIFICATION'

const callers: readonly (Role | null)[] = ['HOTLINE_OPERATOR', 'PHONE_INVITER', 'MANAGEMENT_BODY', 'PROVINCIAL_BUREAU']

/** Who may see an applicant in clear (查看申请人信息): people who call applicants, never the rated unit. */
export function mayRevealApplicant({ kind, role }: Pick<Viewer, 'kind' | 'role'>): boolean {
  return kind === 'STAFF' && callers.includes(role)
}
