import { readFile } from 'node:fs/promises'
import { parse } from 'csv-parse/sync'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { seedDemo } from '../../db/seed/seed-demo.ts'
import { createCrypto } from '../../subgraphs/shared/crypto/crypto-port.ts'
import { generateSecretKeys } from '../../subgraphs/shared/crypto/secret-keys.ts'
import { type CasesScene, openCasesScene } from '../kit/cases-subgraph.ts'
import { cutAt } from './file-rows.ts'
import { createGb18030Writer } from './gb18030-bytes.ts'
import { linesOf, openRestScene, type RestScene } from './rest-scene.ts'

const now = new Date('2026-11-21T02:00:00.000Z')
const example = (name: string) => readFile(new URL(`../../db/seed/example/${name}`, import.meta.url))

type Hub = { cases: CasesScene; rest: RestScene; key: string }

async function openDemo(): Promise<Hub> {
  let key = ''
  const cases = await openCasesScene({
    async seed(database) {
      const crypto = createCrypto(generateSecretKeys())
      const { clientKeys } = await seedDemo({ database, crypto, now, demoPassword: '示例-password-7' })
      key = clientKeys!.find(({ name }) => name === 'window-system')!.key
    },
  })
  cases.clock.now = now
  return { cases, rest: await openRestScene({ cases: cases.subgraph }), key }
}

let hub: Hub
beforeAll(async () => {
  hub = await openDemo()
})
afterAll(async () => {
  await hub.rest.stop()
  await hub.cases.stop()
})

const counts = { state: 'DONE', read: 1000, rejected: 50, ignoredColumns: [] }

test('the example file goes in as CSV, then again as NDJSON and in GB18030, and each time the same fifty rows come back', async () => {
  const { rest, key } = hub
  const csv = await example('cases.csv')
  const first = await (await rest.upload(csv, { key })).json()
  expect(first).toEqual({
    ...counts,
    uploadId: expect.any(String),
    accepted: 950,
    unchanged: 0,
    rejectedRows: {
      csv: `/v1/cases/uploads/${first.uploadId}/rejected.csv`,
      ndjson: `/v1/cases/uploads/${first.uploadId}/rejected.ndjson`,
    },
  })

  const again = { ...counts, accepted: 0, unchanged: 950 }
  const ndjson = await (await rest.upload(await example('cases.ndjson'), { key, type: 'application/x-ndjson' })).json()
  expect(ndjson).toMatchObject(again)
  const gb18030 = createGb18030Writer()(csv.toString('utf8').slice(1))
  const undeclared = await (await rest.upload(gb18030, { key })).json()
  expect(undeclared).toMatchObject(again)
  const stream = (async function* () {
    yield* cutAt(gb18030, [1_001, 1_002, 50_003, 200_001])
  })()
  const declared = await rest.upload(stream, { key, type: 'text/csv; charset=GBK', accept: 'application/x-ndjson' })
  const progress = await linesOf(declared)
  expect(progress.map(line => [line.state, line.read])).toEqual([
    ['RUNNING', 0],
    ['RUNNING', 500],
    ['RUNNING', 1000],
    ['DONE', 1000],
  ])
  expect(progress.at(-1)).toMatchObject({ ...again, rejectedRows: { csv: expect.any(String) } })

  const rejected = async ({ uploadId }: { uploadId?: unknown }) => {
    const text = await (await rest.get(`/v1/cases/uploads/${uploadId}/rejected.csv`, key)).text()
    return parse<Record<string, string>>(text, { bom: false, columns: true })
  }
  const rows = await rejected(first)
  expect(rows).toHaveLength(50)
  expect(await rejected(undeclared)).toEqual(rows)
  expect(await rejected(progress[0]!)).toEqual(rows)
  const faults = rows.map(row => row._problems!.split(':')[0])
  const tally = Object.fromEntries([...new Set(faults)].map(name => [name, faults.filter(f => f === name).length]))
  expect(tally).toEqual({
    acceptedAt: 13,
    serviceCode: 8,
    regionCode: 11,
    documentNumber: 6,
    applicantName: 5,
    closedAt: 4,
    state: 2,
    windowNumber: 1,
  })
})
