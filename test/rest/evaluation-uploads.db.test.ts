import { parse } from 'csv-parse/sync'
import { afterAll, beforeAll, expect, test } from 'vitest'
import type { Subgraph } from '../../subgraphs/shared/subgraph.ts'
import type { Viewer } from '../../subgraphs/shared/viewer.ts'
import {
  closedCase,
  type EvaluationsScene,
  openEvaluationsScene,
  provinceSystem,
  type ReportedCase,
} from '../evaluations/evaluations-scene.ts'
import { handedOverRow, plainMapping } from '../exchange/source-mappings.ts'
import { openRestScene, type RestScene } from './rest-scene.ts'

let scene: EvaluationsScene
let rest: RestScene
let viewer: Viewer = provinceSystem
/** Answers to batches that are lost after the subgraph has taken them. */
let lostAnswers = 0
const path = '/v1/evaluations'

beforeAll(async () => {
  scene = await openEvaluationsScene()
  scene.declare(provinceSystem.id, 'OTHER-PLATFORM', plainMapping)
  const evaluations: Subgraph = {
    ...scene.subgraph,
    async execute(request) {
      const result = await scene.subgraph.execute(request)
      if (!result.data?.takeEvaluationUploadRows || lostAnswers === 0) return result
      lostAnswers -= 1
      throw new Error('read ECONNRESET')
    },
  }
  const nowhere: Subgraph = { ...scene.subgraph, execute: () => Promise.reject(new Error('cases is not asked')) }
  rest = await openRestScene({ cases: nowhere, evaluations, authenticate: async () => viewer, waits: [1, 1, 1] })
})
afterAll(async () => {
  await rest.stop()
  await scene.stop()
})

async function reportedCases(count: number): Promise<ReportedCase[]> {
  const reported = Array.from({ length: count }, () => closedCase(scene.clock.now))
  await scene.report(...reported)
  return reported
}
const upload = async (body: string, type = 'text/csv') => {
  const response = await rest.upload(body, { key: 'any', path, type })
  return { status: response.status, answer: await response.json() }
}
const quoted = (cells: string[]) => `${cells.map(cell => `"${cell.replaceAll('"', '""')}"`).join(',')}\r\n`

test('a file with the names of the exchange table is taken, and its rejected rows are fetched, corrected and sent again', async () => {
  const [one, two, three] = await reportedCases(3)
  const header = [
    'UNID',
    'PROJID',
    'SATISFACTION_EVALUATE',
    'EVALUATE_FORM',
    'EVALUATE_TIME',
    'EVALUATE_CONTENT',
    '备注',
  ]
  const at = '2026-11-2010:00:00'
  const rows = [
    ['U1', one!.caseNumber, '5', '3', at, '=cmd|calc', ''],
    ['U2', two!.caseNumber, '5', '3', '2026-11-20 08:48:74', '=HYPERLINK("x")', ''],
    ['U3', three!.caseNumber, '0', '3', at, '很好👍', ''],
  ]
  const first = await upload([header, ...rows].map(quoted).join(''))
  expect(first).toMatchObject({
    status: 200,
    answer: { state: 'DONE', read: 3, accepted: 1, unchanged: 0, rejected: 2, ignoredColumns: ['备注'] },
  })
  expect(await scene.rows('select body from evaluations.evaluation_texts')).toEqual([{ body: '=cmd|calc' }])
  const file = await (await rest.get(first.answer.rejectedRows.csv, 'any')).text()
  const rejected: Record<string, string>[] = parse(file, { columns: true, bom: true })
  expect(rejected.map(row => [row.UNID, row.EVALUATE_CONTENT, row._line])).toEqual([
    ['U2', '\'=HYPERLINK("x")', '3'],
    ['U3', '很好👍', '4'],
  ])
  expect(rejected[0]!._problems).toContain('EVALUATE_TIME: 秒应为 00–59，收到 74')
  const corrected = file.replace('08:48:74', '10:00:14').replace(',0,3,', ',4,3,')
  expect(await upload(corrected)).toMatchObject({ answer: { read: 2, accepted: 2, rejected: 0, rejectedRows: null } })
  const ndjson = (await rest.get(first.answer.rejectedRows.ndjson, 'any')).text()
  expect((await ndjson).split('\n')).toHaveLength(3)
  const again = await upload([header, ...rows].map(quoted).join(''))
  expect(again.answer).toMatchObject({ accepted: 0, unchanged: 1, rejected: 2 })
  expect(await (await rest.get(`${path}/uploads/${first.answer.uploadId}`, 'any')).json()).toMatchObject({
    state: 'DONE',
    read: 3,
  })
})

test('a batch whose answer was lost counts once', async () => {
  const reported = await reportedCases(30)
  const lines = reported.flatMap(({ caseNumber }) =>
    Array.from({ length: 20 }, (_, n) => ({
      ...handedOverRow({ sourceRatingId: `${caseNumber}/${n}`, caseNumber }),
      serviceNumber: String(n + 1),
    })),
  )
  lostAnswers = 2
  const { answer } = await upload(lines.map(line => JSON.stringify(line)).join('\n'), 'application/x-ndjson')
  expect(answer).toMatchObject({ state: 'DONE', read: 600, accepted: 600, unchanged: 0, rejected: 0 })
  expect(lostAnswers).toBe(0)
  const [row] = await scene.rows(
    `select count(*)::int as count from evaluations.evaluations where source_rating_id like '%/%'`,
  )
  expect(row).toEqual({ count: 600 })
})

test('a source that nobody declared, and whoever may not hand over, begins no upload', async () => {
  const body = `${JSON.stringify(handedOverRow())}\n`
  viewer = { ...provinceSystem, id: '01a00000-0000-7000-8000-000000000001' }
  expect(await upload(body, 'application/x-ndjson')).toMatchObject({
    status: 409,
    answer: { code: 'SOURCE_UNDECLARED' },
  })
  viewer = { ...provinceSystem, role: 'FRONTEND_CLIENT' }
  expect(await upload(body, 'application/x-ndjson')).toMatchObject({ status: 403, answer: { code: 'NOT_PERMITTED' } })
  viewer = provinceSystem
  expect(await upload('caseNumber,level\n')).toMatchObject({ status: 422, answer: { code: 'UPLOAD_COLUMNS_REFUSED' } })
  const [row] = await scene.rows(
    `select count(*)::int as count from evaluations.evaluation_uploads where state = 'RUNNING'`,
  )
  expect(row).toEqual({ count: 0 })
})
