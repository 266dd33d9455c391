import type { CasesContext } from '../../context.ts'

export const region = (_: unknown, { code }: { code: string }, { load }: CasesContext) => load.regionByCode.load(code)
