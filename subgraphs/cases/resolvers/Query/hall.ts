import type { CasesContext } from '../../context.ts'

export const hall = (_: unknown, { id }: { id: string }, { load }: CasesContext) => load.hall.load(id)
