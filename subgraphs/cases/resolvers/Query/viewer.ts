import type { CasesContext } from '../../context.ts'

export const viewer = (_: unknown, __: unknown, { viewer }: CasesContext) => (viewer.role ? viewer : null)
