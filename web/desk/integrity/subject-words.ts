import type { DeskSignalFragment } from '../../kit/generated/operations.ts'
import { kitWording } from '../kit/wording.ts'
import { useWords } from '../speaking.tsx'
import { integrityWording } from './wording.ts'

/** About whom a signal is, and where: names that the graph shows this viewer. */
export function useSubjectWords(): (signal: DeskSignalFragment) => string {
  const words = useWords(integrityWording)
  const kit = useWords(kitWording)
  return ({ subjectKind, operatorName, staffMember, window, hall, department }) => {
    const person = staffMember && `${staffMember.staffNumber} ${staffMember.name ?? ''}`.trim()
    const place = [hall?.name, window && kit.window(window.number), person, department?.name]
    const own = subjectKind === 'OPERATOR' ? (operatorName ?? words.subjectKind.OPERATOR) : null
    const named = [subjectKind === 'CONTACT' ? words.subjectKind.CONTACT : own, ...place]
    return named.filter(part => part).join(' · ') || words.subjectKind[subjectKind]
  }
}
