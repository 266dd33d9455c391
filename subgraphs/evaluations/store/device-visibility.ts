import DataLoader from 'dataloader'
import { parse } from 'graphql'
import type { Subgraph } from '../../shared/subgraph.ts'
import { isId } from '../../shared/uuid.ts'
import type { Viewer } from '../../shared/viewer.ts'

export type VisibleDevices = DataLoader<string, boolean>

/**
 * Whether the viewer may see a device: only the cases subgraph knows at which window it stands, so it is asked as this viewer,
 * once for all devices of a request. False, too, while it cannot answer.
 */
export function createVisibleDevices(cases: () => Subgraph, viewer: Viewer): VisibleDevices {
  return new DataLoader(
    async ids => {
      const wanted = ids.map((id, index) => (isId(id) ? `d${index}: device(id: "${id}") { id }` : '')).join(' ')
      if (wanted.trim() === '') return ids.map(() => false)
      const { data } = await cases().execute({ document: parse(`query VisibleDevices { ${wanted} }`), viewer })
      return ids.map((_, index) => data?.[`d${index}`] != null)
    },
    { maxBatchSize: 100 },
  )
}
