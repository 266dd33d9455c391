import type { CasesContext } from '../context.ts'
import type { WindowRow } from '../store/directory-rows.ts'

export const Window = {
  __resolveReference: ({ id }: { id: string }, { load }: CasesContext) => load.window.load(id),
  hall: ({ hallId }: WindowRow, _: unknown, { load }: CasesContext) => load.hall.load(hallId),
  device: ({ id }: WindowRow, _: unknown, { load }: CasesContext) => load.deviceOfWindow.load(id),
}
