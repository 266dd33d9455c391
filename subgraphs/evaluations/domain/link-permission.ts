import type { Viewer } from '../../shared/viewer.ts'

/**
 * Who may tie unlinked ratings to cases (补关联). Not the hall or the unit: which cases are missing among the candidates, or refused,
 * would tell them which were rated anonymously.
 */
export function mayLinkEvaluations({ kind, role }: Viewer): boolean {
  return kind === 'STAFF' && (role === 'MANAGEMENT_BODY' || role === 'PROVINCIAL_BUREAU')
}
