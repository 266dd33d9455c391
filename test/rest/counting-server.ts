import { anonymousViewer } from '../../subgraphs/shared/viewer.ts'
import { countingCases } from './counting-cases.ts'
import { openRestScene } from './rest-scene.ts'

// A REST door in a process of its own, so that its memory is its own: says its address, and on any message what it has seen.
const { cases, seen } = countingCases()
const { url } = await openRestScene({
  cases,
  authenticate: async () => ({ ...anonymousViewer, id: 'uploader', kind: 'CLIENT', role: 'INTEGRATION_CLIENT' }),
})
const residentBefore = process.memoryUsage().rss / 2 ** 20
process.on('message', () => process.send!({ ...seen, grownMiB: Math.round(seen.residentMiB - residentBefore) }))
process.on('disconnect', () => process.exit())
process.send!({ url })
