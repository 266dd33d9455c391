import { graphError } from '../../../shared/graph-error.ts'
import type { CasesContext } from '../../context.ts'
import { isAskable } from '../../domain/identifier.ts'
import { serviceCaseByNumber } from '../../store/service-case-queries.ts'

type Arguments = { caseNumber?: string | null; id?: string | null }

export function serviceCase(_: unknown, { caseNumber, id }: Arguments, { read, load }: CasesContext) {
  if (id) return load.serviceCase.load(id)
  const number = caseNumber?.trim()
  if (!number) throw graphError('CASE_NOT_NAMED')
  return isAskable(number) ? read(tx => serviceCaseByNumber(tx, number)) : null
}
