import type { CasesContext } from '../context.ts'

export const Line = {
  __resolveReference: ({ id }: { id: string }, { load }: CasesContext) => load.line.load(id),
}
