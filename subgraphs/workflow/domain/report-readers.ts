import type { Viewer } from '../../shared/viewer.ts'

const narrowing = ['departmentId', 'lineId', 'hallId', 'windowId', 'staffMemberId'] as const

/** Reports of pressure (举报) are read by the bureau and by management bodies of a whole region; whoever stands for one unit may be its own subject. */
export function mayReadPressureReports({ role, scope }: Viewer): boolean {
  const isCompetent = role === 'PROVINCIAL_BUREAU' || role === 'MANAGEMENT_BODY'
  return isCompetent && scope.reach === 'REGION' && narrowing.every(name => scope[name] === undefined)
}
