import type { CasesContext } from '../context.ts'

export const CaseReportResult = {
  serviceCase: ({ caseId }: { caseId: string | null }, _: unknown, { load }: CasesContext) =>
    load.serviceCase.load(caseId),
}
