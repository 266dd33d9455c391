import type { CasesContext } from '../context.ts'
import { isAboveLegalLimit } from '../domain/legal-limit.ts'
import { maySeeApplicants } from '../domain/visibility.ts'
import type { ServiceCaseRow } from '../store/service-case-row.ts'

export const ServiceCase = {
  __resolveReference: ({ id }: { id: string }, { load }: CasesContext) => load.serviceCase.load(id),
  region: ({ regionId }: ServiceCaseRow, _: unknown, { load }: CasesContext) => load.region.load(regionId),
  department: ({ departmentId }: ServiceCaseRow, _: unknown, { load }: CasesContext) =>
    load.department.load(departmentId),
  hall: ({ hallId }: ServiceCaseRow, _: unknown, { load }: CasesContext) => load.hall.load(hallId),
  window: ({ windowId }: ServiceCaseRow, _: unknown, { load }: CasesContext) => load.window.load(windowId),
  staffMember: ({ staffMemberId }: ServiceCaseRow, _: unknown, { load }: CasesContext) =>
    load.staffMember.load(staffMemberId),
  matter: ({ matterId }: ServiceCaseRow, _: unknown, { load }: CasesContext) => load.serviceMatter.load(matterId),
  isAboveLegalLimit: (row: ServiceCaseRow, _: unknown, { now }: CasesContext) => isAboveLegalLimit(row, now()),
  applicant: ({ id }: ServiceCaseRow, _: unknown, { load, viewer }: CasesContext) =>
    maySeeApplicants(viewer) ? load.applicant.load(id) : null,
}
