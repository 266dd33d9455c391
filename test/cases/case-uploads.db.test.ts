import { afterAll, beforeAll, expect, test } from 'vitest'
import { caseUploadTables } from '../../subgraphs/cases/actions/case-uploads.ts'
import type { CaseReportRow } from '../../subgraphs/cases/domain/case-report.ts'
import { endSilentUploads } from '../../subgraphs/shared/uploads/sweep-silent-uploads.ts'
import type { Viewer } from '../../subgraphs/shared/viewer.ts'
import { caseRow } from '../kit/case-rows.ts'
import { type CasesScene, openCasesScene } from '../kit/cases-subgraph.ts'
import { accountViewer, clientViewer } from '../kit/small-directory.ts'

let scene: CasesScene
beforeAll(async () => {
  scene = await openCasesScene()
})
afterAll(() => scene.stop())

const windowSystem = clientViewer('windowSystem')
const counts = 'id state readCount acceptedCount unchangedCount rejectedCount startedAt finishedAt'
const problem = { path: 'row', code: 'CSV_QUOTE_OPEN', message: '引号未闭合', messageEnglish: 'a quote is not closed' }

type Row = { lineNumber: number; raw: string; case: CaseReportRow | null; problems?: object[] }
const row = (lineNumber: number, reported: CaseReportRow | null, problems?: object[]): Row => ({
  lineNumber,
  raw: `line ${lineNumber} of 苏小满`,
  case: reported,
  ...(problems && { problems }),
})

const open = async (viewer: Viewer = windowSystem) =>
  (await scene.ask<{ openCaseUpload: string }>(viewer, 'mutation { openCaseUpload(format: "text/csv") }'))
    .openCaseUpload
const takeDocument = `mutation ($uploadId: ID!, $batch: Int!, $rows: [CaseUploadRowInput!]!) { takeCaseUploadRows(uploadId: $uploadId, batch: $batch, rows: $rows) { ${counts} } }`
const take = (uploadId: string, batch: number, rows: Row[], viewer: Viewer = windowSystem) =>
  scene
    .ask<{ takeCaseUploadRows: object }>(viewer, takeDocument, { uploadId, batch, rows })
    .then(answer => answer.takeCaseUploadRows)
const closeDocument = `mutation ($uploadId: ID!, $state: CaseUploadState!, $fault: String) {
  closeCaseUpload(uploadId: $uploadId, state: $state, fault: $fault) { ${counts} } }`
const rejectionsDocument = `query ($uploadId: ID!, $afterLine: Int!, $first: Int!) {
  caseUploadRejections(uploadId: $uploadId, afterLine: $afterLine, first: $first) { lineNumber raw problems { path code } } }`

test('an upload counts what it took and keeps what it did not, with line, row and reasons', async () => {
  const uploadId = await open()
  expect(
    await take(uploadId, 1, [
      row(2, caseRow(1)),
      row(3, caseRow(2, { acceptedAt: '2026-11-19 08:48:74', state: '7' })),
      row(4, null, [problem]),
      row(5, caseRow(3, { regionCode: '410200' })),
    ]),
  ).toEqual({
    id: uploadId,
    state: 'RUNNING',
    readCount: 4,
    acceptedCount: 1,
    unchangedCount: 0,
    rejectedCount: 3,
    startedAt: '2026-11-20T02:00:00.000Z',
    finishedAt: null,
  })
  expect(await take(uploadId, 2, [row(6, caseRow(1)), row(7, caseRow(4))])).toMatchObject({
    readCount: 6,
    acceptedCount: 2,
    unchangedCount: 1,
    rejectedCount: 3,
  })
  const rejections = (afterLine: number, first: number) =>
    scene
      .ask<{ caseUploadRejections: object[] }>(windowSystem, rejectionsDocument, { uploadId, afterLine, first })
      .then(answer => answer.caseUploadRejections)
  const all = [
    {
      lineNumber: 3,
      raw: 'line 3 of 苏小满',
      problems: [
        { path: 'state', code: 'CODE_UNKNOWN' },
        { path: 'acceptedAt', code: 'SECONDS_OUT_OF_RANGE' },
      ],
    },
    { lineNumber: 4, raw: 'line 4 of 苏小满', problems: [{ path: 'row', code: 'CSV_QUOTE_OPEN' }] },
    { lineNumber: 5, raw: 'line 5 of 苏小满', problems: [{ path: 'regionCode', code: 'CASE_OUT_OF_SCOPE' }] },
  ]
  expect(await rejections(0, 500)).toEqual(all)
  expect(await rejections(3, 1)).toEqual(all.slice(1, 2))
  const sealed = await scene.database.inScope({ reach: 'EVERYTHING', name: 'seed' }, tx =>
    tx.query<{ row_sealed: Buffer }>('select row_sealed from cases.case_upload_rejections where upload_id = $1', [
      uploadId,
    ]),
  )
  expect(sealed).toHaveLength(3)
  for (const { row_sealed } of sealed) expect(row_sealed.toString('utf8')).not.toContain('苏小满')

  scene.clock.now = new Date('2026-11-20T02:01:00Z')
  const close = { uploadId, state: 'DONE', fault: null }
  expect(await scene.ask(windowSystem, closeDocument, close)).toMatchObject({
    closeCaseUpload: { state: 'DONE', readCount: 6, finishedAt: '2026-11-20T02:01:00.000Z' },
  })
  expect(await scene.refusedWith(windowSystem, closeDocument, close)).toEqual(['UPLOAD_ENDED'])
  expect(
    await scene.refusedWith(windowSystem, takeDocument, { uploadId, batch: 3, rows: [row(8, caseRow(5))] }),
  ).toEqual(['UPLOAD_ENDED'])
})

test('a row is kept whatever characters stand in it', async () => {
  const uploadId = await open()
  const strange = ['\u0000', '\ud800', '😀'.repeat(5), '\u202e']
  await take(
    uploadId,
    1,
    strange.map((state, n) => ({ ...row(n + 2, caseRow(50 + n, { state })), raw: `raw ${state}` })),
  )
  const { caseUploadRejections } = await scene.ask<{
    caseUploadRejections: { problems: { path: string; code: string }[] }[]
  }>(windowSystem, rejectionsDocument, { uploadId, afterLine: 0, first: 10 })
  expect(caseUploadRejections.map(({ problems }) => problems)).toEqual(
    strange.map(() => [{ path: 'state', code: 'CODE_UNKNOWN' }]),
  )
})

test('an upload is its uploader’s alone', async () => {
  const uploadId = await open()
  const document = `query ($id: ID!) { caseUpload(id: $id) { state } }`
  expect(await scene.ask(windowSystem, document, { id: uploadId })).toEqual({ caseUpload: { state: 'RUNNING' } })
  for (const other of [clientViewer('windowSystemB'), accountViewer('city'), accountViewer('province')]) {
    expect(await scene.ask(other, document, { id: uploadId })).toEqual({ caseUpload: null })
    expect(await scene.refusedWith(other, takeDocument, { uploadId, batch: 1, rows: [row(2, caseRow(9))] })).toEqual([
      'UPLOAD_UNKNOWN',
    ])
    expect(await scene.refusedWith(other, rejectionsDocument, { uploadId, afterLine: 0, first: 10 })).toEqual([
      'UPLOAD_UNKNOWN',
    ])
    expect(await scene.refusedWith(other, closeDocument, { uploadId, state: 'FAILED' })).toEqual(['UPLOAD_UNKNOWN'])
  }
  expect(await scene.ask(windowSystem, document, { id: 'not-an-id' })).toEqual({ caseUpload: null })
})

test('whoever may not report cases opens no upload, and no batch holds more than 500 rows', async () => {
  const document = 'mutation { openCaseUpload(format: "text/csv") }'
  for (const viewer of [
    accountViewer('window'),
    accountViewer('supervisor'),
    clientViewer('device'),
    clientViewer('frontend'),
  ]) {
    expect(await scene.refusedWith(viewer, document)).toEqual(['NOT_PERMITTED'])
  }
  const uploadId = await open()
  const rows = Array.from({ length: 501 }, (_, n) => row(n + 2, caseRow(7_000 + n)))
  expect(await scene.refusedWith(windowSystem, takeDocument, { uploadId, batch: 1, rows })).toEqual(['TOO_MANY_ROWS'])
})

test('a batch that comes again after its answer was lost is answered as it was, and none is left out', async () => {
  const uploadId = await open()
  const first = [row(2, caseRow(61)), row(3, caseRow(62, { state: '7' }))]
  const counted = { readCount: 2, acceptedCount: 1, rejectedCount: 1 }
  expect(await take(uploadId, 1, first)).toMatchObject(counted)
  expect(await take(uploadId, 1, first)).toMatchObject(counted)
  const ahead = { uploadId, batch: 3, rows: [row(5, caseRow(63))] }
  expect(await scene.refusedWith(windowSystem, takeDocument, ahead)).toEqual(['BAD_USER_INPUT'])
  const both = await Promise.all([take(uploadId, 2, [row(4, caseRow(64))]), take(uploadId, 2, [row(4, caseRow(64))])])
  expect(both).toMatchObject([
    { readCount: 3, acceptedCount: 2 },
    { readCount: 3, acceptedCount: 2 },
  ])
})

test('an upload that nobody carries on ends after an hour of silence, and no sooner', async () => {
  const tables = caseUploadTables
  const at = (minutes: number) => new Date(Date.parse('2026-11-22T00:00:00Z') + minutes * 60_000)
  scene.clock.now = at(0)
  const [silent, busy] = [await open(), await open()]
  scene.clock.now = at(40)
  await take(busy, 1, [row(2, caseRow(71))])
  const state = (id: string) =>
    scene
      .ask<{ caseUpload: object }>(windowSystem, 'query ($id: ID!) { caseUpload(id: $id) { state } }', { id })
      .then(({ caseUpload }) => caseUpload)
  const sweepAt = (minutes: number) => endSilentUploads({ database: scene.database, now: () => at(minutes), tables })
  await sweepAt(59)
  expect([await state(silent), await state(busy)]).toEqual([{ state: 'RUNNING' }, { state: 'RUNNING' }])
  await sweepAt(61)
  expect([await state(silent), await state(busy)]).toEqual([{ state: 'FAILED' }, { state: 'RUNNING' }])
  const late = { uploadId: silent, batch: 1, rows: [row(2, caseRow(72))] }
  expect(await scene.refusedWith(windowSystem, takeDocument, late)).toEqual(['UPLOAD_ENDED'])
})

test('nothing on the way was an internal error', () => {
  expect(scene.logged).toEqual([])
})
