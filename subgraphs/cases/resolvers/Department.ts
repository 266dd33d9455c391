import type { CasesContext } from '../context.ts'
import type { DepartmentRow } from '../store/directory-rows.ts'

export const Department = {
  __resolveReference: ({ id }: { id: string }, { load }: CasesContext) => load.department.load(id),
  region: ({ regionId }: DepartmentRow, _: unknown, { load }: CasesContext) => load.region.load(regionId),
  line: ({ lineId }: DepartmentRow, _: unknown, { load }: CasesContext) => load.line.load(lineId),
}
