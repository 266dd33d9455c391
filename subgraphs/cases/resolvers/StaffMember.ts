import type { CasesContext } from '../context.ts'
import { maySeeStaffNames } from '../domain/visibility.ts'
import type { StaffMemberRow } from '../store/directory-rows.ts'

export const StaffMember = {
  __resolveReference: ({ id }: { id: string }, { load }: CasesContext) => load.staffMember.load(id),
  name: ({ name }: StaffMemberRow, _: unknown, { viewer }: CasesContext) => (maySeeStaffNames(viewer) ? name : null),
  department: ({ departmentId }: StaffMemberRow, _: unknown, { load }: CasesContext) =>
    load.department.load(departmentId),
}
