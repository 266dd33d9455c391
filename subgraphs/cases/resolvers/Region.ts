import type { CasesContext } from '../context.ts'
import type { RegionRow } from '../store/directory-rows.ts'

export const Region = {
  __resolveReference: ({ id, code }: { id?: string; code?: string }, { load }: CasesContext) =>
    id ? load.region.load(id) : load.regionByCode.load(code),
  parent: ({ parentId }: RegionRow, _: unknown, { load }: CasesContext) => load.region.load(parentId),
}
