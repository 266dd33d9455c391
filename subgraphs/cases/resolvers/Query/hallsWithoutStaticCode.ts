import { listHallsWithoutStaticCode } from '../../actions/list-without-static-code.ts'
import type { CasesContext } from '../../context.ts'

type Arguments = Parameters<typeof listHallsWithoutStaticCode>[0]

export const hallsWithoutStaticCode = (_: unknown, page: Arguments, context: CasesContext) =>
  listHallsWithoutStaticCode(page, context)
