import type { CasesContext } from '../context.ts'
import type { HallRow } from '../store/directory-rows.ts'

export const Hall = {
  __resolveReference: ({ id }: { id: string }, { load }: CasesContext) => load.hall.load(id),
  region: ({ regionId }: HallRow, _: unknown, { load }: CasesContext) => load.region.load(regionId),
  windows: ({ id }: HallRow, _: unknown, { load }: CasesContext) => load.windowsOfHall.load(id),
}
