import { listStaffWithoutStaticCode } from '../../actions/list-without-static-code.ts'
import type { CasesContext } from '../../context.ts'

type Arguments = Parameters<typeof listStaffWithoutStaticCode>[0]

export const staffWithoutStaticCode = (_: unknown, page: Arguments, context: CasesContext) =>
  listStaffWithoutStaticCode(page, context)
