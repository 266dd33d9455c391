import { fork } from 'node:child_process'
import { once } from 'node:events'
import { expect, test } from 'vitest'
import { caseColumns } from '../../router/rest/file/case-columns.ts'
import { openUploadFile } from '../../router/rest/file/upload-file.ts'
import { runUpload } from '../../router/rest/uploads/run-upload.ts'
import { uploadDoor } from '../../router/rest/uploads/upload-door.ts'
import { caseUploads } from '../../router/rest/uploads/upload-kind.ts'
import { anonymousViewer } from '../../subgraphs/shared/viewer.ts'
import { caseRow } from '../kit/case-rows.ts'
import { csvHeader, csvLineOf } from './case-csv.ts'
import { countingCases } from './counting-cases.ts'

const linesOfBlock = 4_000
const blockOf = (lineOf: (index: number) => string) =>
  Buffer.from(Array.from({ length: linesOfBlock }, (_, index) => lineOf(index)).join(''))

const ratingHeader = 'sourceRatingId,caseNumber,level,channel,evaluatedAt,text\r\n'
const ratingLine = (index: number) =>
  `R-${index},41010002202611${String(index).padStart(8, '0')},5,3,2026-11-20 10:00:00,"窗口人员一次讲清了要带的材料，办得很快"\r\n`

async function* file(header: string, block: Buffer, blocks: number): AsyncGenerator<Buffer> {
  yield Buffer.from(header)
  for (let n = 0; n < blocks; n += 1) yield block
}

test.each([
  { path: '/v1/cases', header: csvHeader, block: blockOf(index => csvLineOf(caseRow(index))) },
  { path: '/v1/evaluations', header: ratingHeader, block: blockOf(ratingLine) },
])(
  'a file of 200 MiB for $path is read in order, one batch after the other, and adds at most 200 MiB of memory',
  {
    timeout: 300_000,
  },
  async ({ path, header, block }) => {
    const server = fork(new URL('counting-server.ts', import.meta.url), { execArgv: [] })
    const [{ url }] = await once(server, 'message')
    const blocks = Math.ceil((200 * 2 ** 20) / block.length)
    const response = await fetch(`${url}${path}/bulk`, {
      method: 'POST',
      headers: { authorization: 'Bearer any', 'content-type': 'text/csv' },
      body: file(header, block, blocks) as unknown as BodyInit,
      duplex: 'half',
    } as RequestInit)
    const answer = await response.json()
    server.send('what was seen')
    const [seen] = await once(server, 'message')
    server.disconnect()
    const rows = blocks * linesOfBlock
    console.log(`${rows} rows of ${blocks * block.length} bytes: resident memory grew by ${seen.grownMiB} MiB at most`)
    expect(answer).toEqual({
      uploadId: 'one',
      state: 'DONE',
      read: rows,
      accepted: rows,
      unchanged: 0,
      rejected: 0,
      rejectedRows: null,
      ignoredColumns: [],
    })
    expect(seen).toMatchObject({ rows, batches: rows / 500, largestBatch: 500, mostAtOnce: 1, isInOrder: true })
    expect(seen.grownMiB).toBeLessThanOrEqual(200)
  },
)

test('while a batch is with cases the next one is read, and nothing beyond', async () => {
  const { cases, seen } = countingCases()
  const taken = Promise.withResolvers<void>()
  const door = uploadDoor(cases, caseUploads, anonymousViewer)
  let pulled = 0
  const log = { info() {}, warn() {}, error() {} }
  const upload = runUpload({
    bytes: (async function* () {
      yield Buffer.from(csvHeader)
      for (; pulled < 100; pulled += 1) {
        const rows = Array.from({ length: 100 }, (_, index) => csvLineOf(caseRow(pulled * 100 + index)))
        yield Buffer.from(rows.join(''))
      }
    })(),
    file: openUploadFile(caseColumns, { format: 'csv', charset: null }),
    format: 'csv',
    fromLine: 1,
    door: { ...door, take: (id, batch, rows) => taken.promise.then(() => door.take(id, batch, rows)) },
    path: '/v1/cases',
    waits: [],
    signal: new AbortController().signal,
    log,
  })
  const reads: number[] = []
  const whole = (async () => {
    for await (const { read } of upload) reads.push(read)
  })()
  // All that can happen without cases has happened after so many turns: nothing here waits for anything else.
  for (let turn = 0; turn < 10_000; turn += 1) await new Promise(resolve => setImmediate(resolve))
  expect([pulled, seen.rows]).toEqual([9, 0])
  taken.resolve()
  await whole
  expect(reads).toEqual([0, ...Array.from({ length: 20 }, (_, index) => 500 * (index + 1)), 10_000])
  expect(seen).toMatchObject({ batches: 20, mostAtOnce: 1, isInOrder: true })
})
