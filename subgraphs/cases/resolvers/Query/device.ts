import type { CasesContext } from '../../context.ts'

export const device = (_: unknown, { id }: { id: string }, { load }: CasesContext) => load.device.load(id)
