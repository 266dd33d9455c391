import { findRateableCase } from '../../actions/find-rateable-case.ts'
import type { CasesContext } from '../../context.ts'

export const rateableCase = (_: unknown, { caseNumber }: { caseNumber: string }, context: CasesContext) =>
  findRateableCase(context, caseNumber)
