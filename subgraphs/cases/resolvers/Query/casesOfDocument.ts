import type { Scope } from '../../../shared/viewer.ts'
import { casesOfDocument as findCases } from '../../actions/find-caller.ts'
import type { CasesContext } from '../../context.ts'

type Arguments = { documentNumber: string; since: Date; scope: string }

export const casesOfDocument = (_: unknown, { documentNumber, since, scope }: Arguments, context: CasesContext) =>
  findCases(context, { documentNumber, since, scope: JSON.parse(scope) as Scope })
