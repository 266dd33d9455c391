import { parse } from 'csv-parse/sync'
import { afterAll, beforeAll, expect, test } from 'vitest'
import type { Subgraph } from '../../subgraphs/shared/subgraph.ts'
import { caseRow } from '../kit/case-rows.ts'
import { type CasesScene, openCasesScene } from '../kit/cases-subgraph.ts'
import { clientKey } from '../kit/small-directory.ts'
import { waitFor } from '../kit/wait-for.ts'
import { csvHeader, csvLineOf, csvOf } from './case-csv.ts'
import { linesOf, openRestScene, type RestScene } from './rest-scene.ts'

let cases: CasesScene
let rest: RestScene
/** What befalls a mutation of uploads, by its name, before or after it reaches the real subgraph; nothing when it is not set. */
let befalls: (name: string) => 'lost request' | 'lost answer' | undefined = () => undefined

beforeAll(async () => {
  cases = await openCasesScene()
  const shaky: Subgraph = {
    ...cases.subgraph,
    async execute(request) {
      const [operation] = request.document.definitions
      const name = operation && 'name' in operation ? (operation.name?.value ?? '') : ''
      const fate = befalls(name)
      if (fate === 'lost request') throw new Error('connect ECONNREFUSED')
      const result = await cases.subgraph.execute(request)
      if (fate === 'lost answer') throw new Error('read ECONNRESET')
      return result
    },
  }
  rest = await openRestScene({ cases: shaky, waits: [1, 1, 1] })
})
afterAll(async () => {
  await rest.stop()
  await cases.stop()
})

const key = clientKey('windowSystem')
const rowsFrom = (first: number, count: number) => Array.from({ length: count }, (_, index) => caseRow(first + index))
const storedCases = async (first: number, count: number) => {
  const { caseNumber } = caseRow(first)
  const last = caseRow(first + count - 1).caseNumber
  const [row] = await cases.database.inScope({ reach: 'EVERYTHING', name: 'seed' }, tx =>
    tx.query<{ count: number }>(
      'select count(*)::int as count from cases.service_cases where case_number between $1 and $2',
      [caseNumber, last],
    ),
  )
  return row!.count
}
const standing = async (uploadId: string) => (await rest.get(`/v1/cases/uploads/${uploadId}`, key)).json()

test('rejected rows are fetched, corrected in the same file and sent again', async () => {
  const faulty = caseRow(2, {
    acceptedAt: '2026-11-19 08:48:74',
    title: '=HYPERLINK("x")',
    contactPhone: '+8613900000000',
  })
  const quoted = (row: object) =>
    `${Object.values(row)
      .map(value => `"${String(value).replaceAll('"', '""')}"`)
      .join(',')}\n`
  const file = [
    `${csvHeader.trimEnd().replace('acceptedAt', 'ACCEPT_TIME')},备注\n`,
    `${csvLineOf(caseRow(1)).trimEnd()},\n`,
    `${quoted(faulty).trimEnd()},@急件\n`,
    `${csvLineOf(caseRow(3)).trimEnd()},x,y\n`,
  ].join('')
  const answer = await (await rest.upload(file, { key })).json()
  expect(answer).toMatchObject({ state: 'DONE', read: 3, accepted: 1, rejected: 2, ignoredColumns: ['备注'] })

  const download = await rest.get(answer.rejectedRows.csv, key)
  expect(download.headers.get('content-type')).toBe('text/csv; charset=utf-8')
  expect(download.headers.get('content-disposition')).toBe(`attachment; filename="rejected-${answer.uploadId}.csv"`)
  expect(download.headers.get('cache-control')).toBe('no-store')
  const bytes = Buffer.from(await download.arrayBuffer())
  expect(bytes.subarray(0, 3).toString('hex')).toBe('efbbbf')
  const text = bytes.toString('utf8')
  const [second, third] = parse<Record<string, string>>(text, { bom: true, columns: true })
  expect(second).toMatchObject({
    caseNumber: faulty.caseNumber,
    ACCEPT_TIME: '2026-11-19 08:48:74',
    title: `'=HYPERLINK("x")`,
    contactPhone: `'+8613900000000`,
    备注: `'@急件`,
    _raw: '',
    _line: '3',
  })
  expect(second!._problems).toMatch(/^ACCEPT_TIME: 秒应为 00–59，收到 74 \(seconds are 00 to 59, 74 was given\)/)
  expect(third).toMatchObject({ 备注: 'x', _line: '4', _raw: expect.stringContaining(',x,y') })
  expect(third!._problems).toMatch(/^应有 \d+ 列，收到 \d+ 列/)

  const ndjson = await linesOf(await rest.get(answer.rejectedRows.ndjson, key))
  expect(ndjson).toMatchObject([
    {
      ACCEPT_TIME: '2026-11-19 08:48:74',
      title: '=HYPERLINK("x")',
      备注: '@急件',
      _line: 3,
      _problems: second!._problems,
    },
    { caseNumber: caseRow(3).caseNumber, _line: 4, _raw: expect.stringContaining(',x,y') },
  ])

  const unchanged = await (await rest.upload(bytes, { key })).json()
  expect(unchanged).toMatchObject({ read: 2, accepted: 1, rejected: 1 })
  const corrected = text.replace('08:48:74', '08:48:14').replace("'+8613900000000", '13900000000')
  const repeated = await (await rest.upload(corrected, { key })).json()
  expect(repeated).toMatchObject({ state: 'DONE', read: 2, accepted: 1, unchanged: 1, rejected: 0, rejectedRows: null })
  const [stored] = await cases.database.inScope({ reach: 'EVERYTHING', name: 'seed' }, tx =>
    tx.query<{ title: string }>('select title from cases.service_cases where case_number = $1', [faulty.caseNumber]),
  )
  expect(stored).toEqual({ title: '=HYPERLINK("x")' })
})

test('more rejected rows than a page are all handed back, in the order of the file', async () => {
  const rows = Array.from({ length: 1_201 }, (_, index) => caseRow(1_000 + index, { state: '7' }))
  const answer = await (await rest.upload(csvOf(rows), { key })).json()
  expect(answer).toMatchObject({ read: 1_201, rejected: 1_201 })
  const lines = await linesOf(await rest.get(answer.rejectedRows.ndjson, key))
  expect(lines.map(line => line._line)).toEqual(rows.map((_, index) => index + 2))
  const csv = await (await rest.get(answer.rejectedRows.csv, key)).text()
  expect(parse<Record<string, string>>(csv, { bom: true, columns: true }).map(row => row.caseNumber)).toEqual(
    rows.map(row => row.caseNumber),
  )
})

test('rows of NDJSON that were no JSON come back as they stood', async () => {
  const file = `{"caseNumber":\n${JSON.stringify({ ...caseRow(5, { state: '7' }), extra: { a: 1 } })}\n`
  const answer = await (await rest.upload(file, { key, type: 'application/x-ndjson' })).json()
  expect(answer).toMatchObject({ read: 2, rejected: 2, ignoredColumns: ['extra'] })
  expect(await linesOf(await rest.get(answer.rejectedRows.ndjson, key))).toMatchObject([
    { _raw: '{"caseNumber":', _line: 1 },
    { caseNumber: caseRow(5).caseNumber, extra: { a: 1 }, _line: 2 },
  ])
  const csv = await (await rest.get(answer.rejectedRows.csv, key)).text()
  expect(parse<Record<string, string>>(csv, { bom: true, columns: true })).toMatchObject([
    { caseNumber: '', _raw: '{"caseNumber":' },
    { caseNumber: caseRow(5).caseNumber, extra: '', _raw: expect.stringContaining('"extra":{"a":1}') },
  ])
})

test('a file with a header and no row is done at once', async () => {
  const answer = await (await rest.upload(csvHeader, { key })).json()
  expect(answer).toMatchObject({ state: 'DONE', read: 0, rejected: 0, rejectedRows: null })
  expect(await standing(answer.uploadId)).toEqual({
    uploadId: answer.uploadId,
    state: 'DONE',
    read: 0,
    accepted: 0,
    unchanged: 0,
    rejected: 0,
    startedAt: '2026-11-20T02:00:00.000Z',
    finishedAt: '2026-11-20T02:00:00.000Z',
    rejectedRows: null,
  })
})

test('batches that did not arrive, and answers that did not come back, count each row once', async () => {
  const fates = ['lost answer', 'lost request', undefined, 'lost request', 'lost answer'] as const
  let takes = 0
  befalls = name => (name === 'TakeRows' ? fates[takes++] : undefined)
  const rows = [...rowsFrom(10_000, 1_499), caseRow(11_499, { state: '7' })]
  const answer = await (await rest.upload(csvOf(rows), { key })).json()
  befalls = () => undefined
  expect(takes).toBeGreaterThanOrEqual(fates.length)
  expect(answer).toMatchObject({ state: 'DONE', read: 1_500, accepted: 1_499, unchanged: 0, rejected: 1 })
  expect(await storedCases(10_000, 1_500)).toBe(1_499)
})

test('a lost answer to the end of an upload does not make it fail', async () => {
  let closes = 0
  befalls = name => (name === 'CloseUpload' && closes++ === 0 ? 'lost answer' : undefined)
  const answer = await (await rest.upload(csvOf(rowsFrom(12_000, 3)), { key })).json()
  befalls = () => undefined
  expect(answer).toMatchObject({ state: 'DONE', read: 3, accepted: 3 })
})

test('while cases stays away an upload ends with the line to go on from, and goes on there', async () => {
  const file = csvOf(rowsFrom(20_000, 1_700))
  let takes = 0
  befalls = name => (name === 'TakeRows' && takes++ >= 2 ? 'lost request' : undefined)
  const response = await rest.upload(file, { key })
  befalls = () => undefined
  const problem = await response.json()
  expect(response.status).toBe(503)
  expect(response.headers.get('content-type')).toBe('application/problem+json; charset=utf-8')
  expect(problem).toEqual({
    type: 'urn:haochaping-hub:problem:upload-interrupted',
    title: '上传中断：第 … 行之前的已处理并保留',
    status: 503,
    detail: '上传中断：第 1002 行之前的已处理并保留',
    detailEnglish: 'The upload was interrupted: everything before line 1002 was dealt with and is kept',
    code: 'UPLOAD_INTERRUPTED',
    remedy: expect.stringContaining('?fromLine='),
    upload: {
      uploadId: expect.any(String),
      state: 'FAILED',
      read: 1_000,
      accepted: 1_000,
      unchanged: 0,
      rejected: 0,
      rejectedRows: null,
    },
    resumeFromLine: 1_002,
  })
  const { uploadId } = problem.upload
  await waitFor(async () => (await standing(uploadId)).state === 'FAILED', 'the failed upload written down')
  expect(await standing(uploadId)).toMatchObject({ state: 'FAILED', read: 1_000, accepted: 1_000 })

  const rest700 = await rest.upload(file, { key, query: `?fromLine=${problem.resumeFromLine}` })
  expect(await rest700.json()).toMatchObject({ state: 'DONE', read: 700, accepted: 700, unchanged: 0 })
  expect(await storedCases(20_000, 1_700)).toBe(1_700)
})

test('who follows the progress reads the failure as its last line', async () => {
  let takes = 0
  befalls = name => (name === 'TakeRows' && takes++ >= 1 ? 'lost request' : undefined)
  const response = await rest.upload(csvOf(rowsFrom(30_000, 600)), { key, accept: 'application/x-ndjson' })
  const lines = await linesOf(response)
  befalls = () => undefined
  expect(response.status).toBe(200)
  expect(lines.map(line => [line.state, line.read])).toEqual([
    ['RUNNING', 0],
    ['RUNNING', 500],
    ['FAILED', 500],
  ])
  expect(lines.at(-1)).toMatchObject({ problem: { code: 'UPLOAD_INTERRUPTED', resumeFromLine: 502 } })
})

test('a sender who goes away leaves what he had sent, and an upload that says it failed', async () => {
  const gone = new AbortController()
  const body = (async function* () {
    yield Buffer.from(csvOf(rowsFrom(40_000, 700)))
    await new Promise(resolve => gone.signal.addEventListener('abort', resolve))
  })()
  const response = await rest.upload(body, { key, accept: 'application/x-ndjson', signal: gone.signal })
  const reader = response.body!.pipeThrough(new TextDecoderStream()).getReader()
  const { uploadId } = JSON.parse((await reader.read()).value!.split('\n')[0]!)
  await waitFor(async () => (await storedCases(40_000, 700)) === 500, 'the first batch')
  gone.abort()
  await reader.read().catch(() => {})
  await waitFor(async () => (await standing(uploadId)).state === 'FAILED', 'the upload that failed')
  expect(await standing(uploadId)).toMatchObject({
    state: 'FAILED',
    read: 500,
    accepted: 500,
    finishedAt: expect.any(String),
  })
})

test('a sender who falls silent counts as gone', async () => {
  const impatient = await openRestScene({ cases: cases.subgraph, idleMs: 2_000 })
  const never = new AbortController()
  const body = (async function* () {
    yield Buffer.from(csvOf(rowsFrom(50_000, 500)))
    await new Promise(resolve => never.signal.addEventListener('abort', resolve))
  })()
  const response = await impatient.upload(body, { key, accept: 'application/x-ndjson' })
  const reader = response.body!.pipeThrough(new TextDecoderStream()).getReader()
  const { uploadId } = JSON.parse((await reader.read()).value!.split('\n')[0]!)
  await waitFor(async () => (await standing(uploadId)).state === 'FAILED', 'the upload that failed')
  expect(await standing(uploadId)).toMatchObject({ read: 500, accepted: 500 })
  never.abort()
  await impatient.stop()
})

test('nobody sees the upload of another', async () => {
  const answer = await (await rest.upload(csvOf([caseRow(60_000, { state: '7' })]), { key })).json()
  for (const path of ['', '/rejected.csv', '/rejected.ndjson']) {
    const other = await rest.get(`/v1/cases/uploads/${answer.uploadId}${path}`, clientKey('windowSystemB'))
    expect([other.status, (await other.json()).code]).toEqual([404, 'UPLOAD_UNKNOWN'])
    const nobody = await rest.get(`/v1/cases/uploads/${answer.uploadId}${path}`)
    expect([nobody.status, (await nobody.json()).code]).toEqual([401, 'UNAUTHENTICATED'])
    const unknown = await rest.get(`/v1/cases/uploads/none${path}`, key)
    expect([unknown.status, (await unknown.json()).code]).toEqual([404, 'UPLOAD_UNKNOWN'])
  }
})
