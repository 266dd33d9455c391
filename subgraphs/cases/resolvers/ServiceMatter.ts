import type { CasesContext } from '../context.ts'
import type { ServiceMatterRow } from '../store/directory-rows.ts'

export const ServiceMatter = {
  __resolveReference: ({ id }: { id: string }, { load }: CasesContext) => load.serviceMatter.load(id),
  department: ({ departmentId }: ServiceMatterRow, _: unknown, { load }: CasesContext) =>
    load.department.load(departmentId),
}
