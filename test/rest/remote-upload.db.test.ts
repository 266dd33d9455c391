import { afterAll, beforeAll, expect, test } from 'vitest'
import { createRemoteSubgraph } from '../../router/remote-subgraph.ts'
import { identityReader, identitySigner } from '../../subgraphs/shared/identity.ts'
import { type ServedSubgraph, serveSubgraph } from '../../subgraphs/shared/serve-subgraph.ts'
import type { Subgraph } from '../../subgraphs/shared/subgraph.ts'
import { caseRow } from '../kit/case-rows.ts'
import { type CasesScene, openCasesScene } from '../kit/cases-subgraph.ts'
import { clientKey } from '../kit/small-directory.ts'
import { csvHeader, csvLineOf, csvOf } from './case-csv.ts'
import { openRestScene, type RestScene } from './rest-scene.ts'

const keys = { current: 'k1', keys: { k1: new Uint8Array(32).fill(7) } }
const key = clientKey('windowSystem')
const quiet = { info() {}, warn() {}, error() {} }

let scene: CasesScene
let served: ServedSubgraph
let rest: RestScene
/** Settles once cases has taken a batch. */
const tookBatch = Promise.withResolvers<void>()
/** Settles with the next attempt that did not reach cases. */
let failed = Promise.withResolvers<void>()

const serve = (port: number) =>
  serveSubgraph({ subgraph: scene.subgraph, port, readIdentity: identityReader(keys, 'cases'), log: quiet })

beforeAll(async () => {
  scene = await openCasesScene()
  served = await serve(0)
  const remote = createRemoteSubgraph({ name: 'cases', url: served.url, sign: identitySigner(keys) })
  const cases: Subgraph = {
    ...remote,
    async execute(request) {
      try {
        const result = await remote.execute(request)
        if (result.data?.takeCaseUploadRows) tookBatch.resolve()
        return result
      } catch (error) {
        failed.resolve()
        throw error
      }
    },
  }
  rest = await openRestScene({ cases, waits: Array.from({ length: 2_000 }, () => 20) })
})
afterAll(async () => {
  await rest.stop()
  await served.stop()
  await scene.stop()
})

test('cases is stopped and started again in the middle of an upload, which never notices', async () => {
  const lines = Array.from({ length: 1_500 }, (_, index) => csvLineOf(caseRow(index)))
  const body = (async function* () {
    yield Buffer.from(csvHeader + lines.slice(0, 500).join(''))
    await tookBatch.promise
    await served.stop()
    failed = Promise.withResolvers()
    yield Buffer.from(lines.slice(500).join(''))
    await failed.promise
    served = await serve(served.port)
  })()
  const answer = await (await rest.upload(body, { key })).json()
  expect(answer).toMatchObject({ state: 'DONE', read: 1_500, accepted: 1_500, unchanged: 0, rejected: 0 })
})

test('batches of the longest Chinese rows are small enough for the way to cases', async () => {
  const rows = Array.from({ length: 600 }, (_, index) => caseRow(2_000 + index, { title: '满'.repeat(20_000) }))
  const answer = await (await rest.upload(csvOf(rows), { key })).json()
  expect(answer).toMatchObject({ state: 'DONE', read: 600, rejected: 600 })
  const quoted = rows.map(row => `${JSON.stringify({ ...row, title: '"\\'.repeat(10_000) })}\n`).join('')
  const ndjson = await (await rest.upload(quoted, { key, type: 'application/x-ndjson' })).json()
  expect(ndjson).toMatchObject({ state: 'DONE', read: 600, rejected: 600 })
})
