import type { DeskViewer } from '../frame/viewer.ts'

/** What this role may do with static codes; the graph has the last word, this only keeps buttons away that would be refused. */
export function codeRights({ role }: DeskViewer) {
  const decides = role === 'MANAGEMENT_BODY' || role === 'PROVINCIAL_BUREAU'
  return {
    applies: decides || role === 'HALL_SUPERVISOR',
    decides,
    speaksForProvince: role === 'PROVINCIAL_BUREAU',
  }
}

export type CodeRights = ReturnType<typeof codeRights>
