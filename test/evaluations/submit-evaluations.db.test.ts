import { afterAll, beforeAll, expect, test } from 'vitest'
import { newId } from '../../subgraphs/shared/uuid.ts'
import type { Role, Viewer } from '../../subgraphs/shared/viewer.ts'
import { plainMapping, reversedMapping } from '../exchange/source-mappings.ts'
import { regionPaths } from '../kit/small-directory.ts'
import {
  closedCase,
  countRows,
  type EvaluationsScene,
  freshToken,
  openEvaluationsScene,
  openForm,
  provinceSystem,
  type ReportedCase,
  submit,
} from './evaluations-scene.ts'

let scene: EvaluationsScene
beforeAll(async () => {
  scene = await openEvaluationsScene()
  scene.declare(platform.id, 'OTHER-PLATFORM', plainMapping)
  scene.declare(devices.id, 'OTHER-DEVICES', reversedMapping)
  scene.declare(undeclared.id, 'UNDECLARED', null)
})
afterAll(() => scene.stop())

const client = (): Viewer => ({ ...provinceSystem, id: newId() })
const platform = client()
const devices = client()
const undeclared = client()

const mutation = `mutation S($input: SubmitEvaluationsInput!) { submitEvaluations(input: $input) {
  __typename
  ... on SubmitEvaluationsSuccess { createdCount unchangedCount rejectedCount
    results { index sourceRatingId outcome evaluationId problems { path code } warnings { path code } } }
  ... on InvalidInput { problems { path code } }
  ... on UserError { code }
} }`
type Row = Record<string, string | null>
const handOver = async (rows: Row[], viewer: Viewer = platform) =>
  (await scene.ask(viewer, mutation, { input: { rows } })).submitEvaluations

let serial = 0
const row = (reported: Pick<ReportedCase, 'caseNumber'>, facts: Row = {}): Row => {
  serial += 1
  const plain = { level: '5', channel: '3', evaluatedAt: '2026-11-20 10:00:00' }
  return { sourceRatingId: `R-${serial}`, caseNumber: reported.caseNumber, ...plain, ...facts }
}
const reported = async (facts: Partial<ReportedCase> = {}) => {
  const each = closedCase(scene.clock.now, facts)
  await scene.report(each)
  return each
}
const outcomesOf = (answer: { results: { outcome: string; problems: { path: string; code: string }[] }[] }) =>
  answer.results.map(({ outcome, problems }) =>
    [outcome, ...problems.map(({ path, code }) => `${path} ${code}`)].join(' '),
  )

test('each row is judged by itself, and one bad row never sinks its batch', async () => {
  const cases = await Promise.all(Array.from({ length: 8 }, () => reported()))
  const before = await countRows(scene)
  const answer = await handOver([
    row(cases[0]!, {
      level: '4',
      items: '406,407',
      text: '办得快👍\u0000\u202e',
      evaluatorName: '林小满',
      evaluatorPhone: '13800000000',
    }),
    row(cases[1]!, { evaluatedAt: '2026-11-20 08:48:74' }),
    row(cases[2]!, { evaluatedAt: '2026-11-2010:00:05' }),
    row(cases[3]!, { items: '501,501,999' }),
    row(cases[4]!, { text: '字'.repeat(5001) }),
    row(cases[5]!, { text: "=cmd|'/C calc'!A0" }),
    row({ caseNumber: '4101000220990101000001' }),
    row(cases[6]!, { level: '1' }),
    row(cases[7]!, { level: '0' }),
  ])
  expect(outcomesOf(answer)).toEqual([
    'CREATED',
    'REJECTED rows.1.evaluatedAt SECONDS_OUT_OF_RANGE',
    'CREATED',
    'REJECTED rows.3.items ITEM_UNKNOWN rows.3.items ITEM_UNKNOWN',
    'REJECTED rows.4.text TEXT_TOO_LONG',
    'CREATED',
    'REJECTED rows.6.caseNumber CASE_UNKNOWN',
    'CREATED',
    'REJECTED rows.8.level CODE_UNKNOWN',
  ])
  expect(answer).toMatchObject({ createdCount: 4, unchangedCount: 0, rejectedCount: 5 })
  expect(answer.results[7].warnings).toEqual([{ path: 'rows.7.items', code: 'REASON_MISSING' }])
  const after = await countRows(scene)
  expect([after.evaluations! - before.evaluations!, after.events! - before.events!]).toEqual([4, 4])
  const [kept] = await scene.rows(
    `select e.level, e.channel, e.items, e.item_edition, e.source_system, e.evaluated_at, e.committed_at, t.body, p.identified_by,
       p.masked_contact_phone, p.contact_name_sealed, p.contact_phone_sealed
     from evaluations.evaluations e join evaluations.evaluation_people p on p.evaluation_id = e.id
     join evaluations.evaluation_texts t on t.evaluation_id = e.id where e.case_id = $1`,
    [cases[0]!.caseId],
  )
  expect(kept).toMatchObject({
    ...{ level: 4, channel: 3, items: ['406', '407'], item_edition: 2, source_system: 'OTHER-PLATFORM' },
    ...{ evaluated_at: new Date('2026-11-20T02:00:00Z'), committed_at: scene.clock.now, body: '办得快👍' },
    ...{ identified_by: 'HANDED_OVER', masked_contact_phone: '138****0000' },
  })
  const { contact_name_sealed: name } = kept as { contact_name_sealed: Buffer }
  expect(scene.crypto.open('evaluations.evaluation_people.contact_name_sealed', name)).toBe('林小满')
})

test('devices of another make count from 0, which is the best, and hand over nobody’s name', async () => {
  const cases = await Promise.all(Array.from({ length: 5 }, () => reported()))
  const rows = cases.map((each, index) => row(each, { level: String(index), channel: '4', evaluatorName: '林小满' }))
  expect(outcomesOf(await handOver(rows, devices))).toEqual(Array.from({ length: 5 }, () => 'CREATED'))
  const kept = await scene.rows<{ level: number; channel: number; named: boolean }>(
    `select e.level, e.channel, p.contact_name_sealed is not null as named from evaluations.evaluations e
     join evaluations.evaluation_people p on p.evaluation_id = e.id
     where e.source_system = 'OTHER-DEVICES' order by e.level desc`,
  )
  expect(kept).toEqual([5, 4, 3, 2, 1].map(level => ({ level, channel: 4, named: false })))
})

test('the same rating again is unchanged, another content under the same id is refused', async () => {
  const [one, two] = [await reported(), await reported()]
  const first = row(one, { level: '2', items: '214' })
  const created = await handOver([first])
  expect(outcomesOf(created)).toEqual(['CREATED'])
  const again = await handOver([first])
  expect(again.results).toMatchObject([{ outcome: 'UNCHANGED', evaluationId: created.results[0].evaluationId }])
  expect(
    outcomesOf(
      await handOver([
        { ...first, level: '5', items: null },
        { ...first, caseNumber: two.caseNumber },
      ]),
    ),
  ).toEqual(['REJECTED rows.0.sourceRatingId ALREADY_EVALUATED', 'REJECTED rows.1.sourceRatingId ALREADY_EVALUATED'])
  expect(outcomesOf(await handOver([{ ...first, sourceRatingId: 'another id' }]))).toEqual(['UNCHANGED'])
  expect(outcomesOf(await handOver([{ ...first, sourceRatingId: 'a third', items: '213' }]))).toEqual([
    'REJECTED rows.0.caseNumber ALREADY_EVALUATED',
  ])
  // A source's ids are its own.
  expect(
    outcomesOf(await handOver([{ ...row(two), sourceRatingId: first.sourceRatingId!, level: '0' }], devices)),
  ).toEqual(['CREATED'])
})

test('within a batch the first of two stands, and a second rating follows its first', async () => {
  const [one, two, three] = [await reported(), await reported(), await reported()]
  const answer = await handOver([
    row(one, { level: '5' }),
    row(one, { level: '1' }),
    row(two, { level: '1', items: '115', sourceRatingId: 'first' }),
    row(two, { level: '4', round: '2', sourceRatingId: 'second' }),
    row(three, { round: '2' }),
    row(three, { sourceRatingId: 'first' }),
  ])
  expect(outcomesOf(answer)).toEqual([
    'CREATED',
    'REJECTED rows.1.caseNumber ALREADY_EVALUATED',
    'CREATED',
    'CREATED',
    'REJECTED rows.4.caseNumber FIRST_RATING_MISSING',
    'REJECTED rows.5.sourceRatingId ALREADY_EVALUATED',
  ])
})

test('of two batches that use one id at the same moment for different cases one rating stands', async () => {
  for (let turn = 0; turn < 10; turn += 1) {
    const [one, two] = [await reported(), await reported()]
    const [a, b] = await Promise.all([
      handOver([row(one, { sourceRatingId: `same ${turn}` })]),
      handOver([row(two, { sourceRatingId: `same ${turn}` })]),
    ])
    expect([...outcomesOf(a), ...outcomesOf(b)].sort()).toEqual([
      'CREATED',
      'REJECTED rows.0.sourceRatingId ALREADY_EVALUATED',
    ])
    const sql = 'select from evaluations.evaluations where case_id = any ($1::uuid[])'
    expect(await scene.rows(sql, [[one.caseId, two.caseId]])).toHaveLength(1)
  }
})

test('a live rating and a handed-over one race for one key, and both sides are told', async () => {
  for (let turn = 0; turn < 8; turn += 1) {
    const each = await reported()
    const token = await freshToken(scene, each.caseNumber)
    const { formTicket } = await openForm(scene, token)
    const [live, handed] = await Promise.all([
      submit(scene, { token, formTicket, level: 'VERY_SATISFIED' }),
      handOver([row(each, { level: '3' })]),
    ])
    const isLive = live.__typename === 'SubmitEvaluationSuccess'
    expect(outcomesOf(handed)).toEqual([isLive ? 'REJECTED rows.0.caseNumber ALREADY_EVALUATED' : 'CREATED'])
    expect(isLive ? 'ALREADY_EVALUATED' : live.code).toBe('ALREADY_EVALUATED')
  }
})

test('a rating that was given in time is taken fifteen days after the window, and not a day later', async () => {
  const start = scene.clock.now
  const each = [await reported(), await reported(), await reported()]
  const inTime = { evaluatedAt: '2026-12-20 23:59:59' }
  try {
    scene.clock.now = new Date('2027-01-04T15:59:59Z')
    expect(
      outcomesOf(await handOver([row(each[0]!, inTime), row(each[1]!, { evaluatedAt: '2026-12-21 00:00:00' })])),
    ).toEqual(['CREATED', 'REJECTED rows.1.caseNumber LATE_WINDOW_OVER'])
    scene.clock.now = new Date('2027-01-04T16:00:00Z')
    expect(outcomesOf(await handOver([row(each[2]!, inTime)]))).toEqual([
      'REJECTED rows.0.evaluatedAt HANDED_OVER_TOO_LATE',
    ])
  } finally {
    scene.clock.now = start
  }
})

test('a void or open case, and one not accepted yet at that time, is refused in words', async () => {
  const [isVoid, open, early] = [
    await reported({ isValid: false }),
    await reported({ state: 'ACCEPTED', closedAt: null }),
    await reported(),
  ]
  const answer = await handOver([row(isVoid), row(open), row(early, { evaluatedAt: '2026-11-20 09:00:00' })])
  expect(outcomesOf(answer)).toEqual([
    'REJECTED rows.0.caseNumber CASE_VOID',
    'REJECTED rows.1.caseNumber CASE_NOT_CLOSED',
    'REJECTED rows.2.evaluatedAt RATED_BEFORE_ACCEPTED',
  ])
})

test('a source whose direction nobody declared is refused, and nothing is written', async () => {
  const each = await reported()
  const before = await countRows(scene)
  expect(await handOver([row(each)], undeclared)).toEqual({ __typename: 'SourceUndeclared', code: 'SOURCE_UNDECLARED' })
  expect(await handOver([row(each)], client())).toMatchObject({ code: 'SOURCE_UNDECLARED' })
  for (const role of ['MANAGEMENT_BODY', 'WINDOW_STAFF', 'DEVICE', 'FRONTEND_CLIENT'] satisfies Role[]) {
    expect(await handOver([row(each)], { ...platform, role })).toEqual({
      __typename: 'NotPermitted',
      code: 'NOT_PERMITTED',
    })
  }
  expect(await handOver([])).toMatchObject({
    __typename: 'InvalidInput',
    problems: [{ path: 'rows', code: 'MISSING' }],
  })
  const many = Array.from({ length: 501 }, () => row(each))
  expect(await handOver(many)).toMatchObject({ __typename: 'InvalidInput', code: 'TOO_MANY_ROWS' })
  const otherCity = { ...platform, scope: { reach: 'REGION', regionPath: regionPaths.cityB } } as const
  expect(outcomesOf(await handOver([row(each)], otherCity))).toEqual(['REJECTED rows.0.caseNumber CASE_UNKNOWN'])
  expect(await countRows(scene)).toEqual(before)
})

test('a large batch is taken whole, and again without change', async () => {
  const cases = await Promise.all(Array.from({ length: 60 }, () => reported()))
  const rows = cases.flatMap(each => Array.from({ length: 8 }, (_, n) => row(each, { serviceNumber: String(n + 1) })))
  expect(await handOver(rows)).toMatchObject({ createdCount: 480, rejectedCount: 0 })
  expect(await handOver(rows)).toMatchObject({ createdCount: 0, unchangedCount: 480 })
})

const uploadDocuments = {
  open: 'mutation { openEvaluationUpload(format: "csv") }',
  take: `mutation T($uploadId: ID!, $batch: Int!, $rows: [EvaluationUploadRowInput!]!) {
    takeEvaluationUploadRows(uploadId: $uploadId, batch: $batch, rows: $rows) { state readCount acceptedCount unchangedCount rejectedCount } }`,
  close: 'mutation C($uploadId: ID!) { closeEvaluationUpload(uploadId: $uploadId, state: DONE) { state } }',
  rejections:
    'query R($uploadId: ID!) { evaluationUploadRejections(uploadId: $uploadId) { lineNumber raw problems { path code } } }',
}

test('an upload counts its rows, keeps rejected ones sealed, and knows a batch that comes again', async () => {
  const [one, two] = [await reported(), await reported()]
  const uploadId = (await scene.ask(platform, uploadDocuments.open)).openEvaluationUpload
  const line = (lineNumber: number, evaluation: Row | null) => ({
    lineNumber,
    raw: `第${lineNumber}行 林小满`,
    evaluation,
  })
  const unreadable = {
    ...line(4, null),
    problems: [{ path: 'row', code: 'QUOTE_BROKEN', message: '引号', messageEnglish: 'quote' }],
  }
  const batch = { uploadId, batch: 1, rows: [line(2, row(one)), line(3, row(two, { level: '9' })), unreadable] }
  const counted = { state: 'RUNNING', readCount: 3, acceptedCount: 1, unchangedCount: 0, rejectedCount: 2 }
  expect(await scene.ask(platform, uploadDocuments.take, batch)).toEqual({ takeEvaluationUploadRows: counted })
  expect(await scene.ask(platform, uploadDocuments.take, batch)).toEqual({ takeEvaluationUploadRows: counted })
  expect((await scene.ask(platform, uploadDocuments.rejections, { uploadId })).evaluationUploadRejections).toEqual([
    { lineNumber: 3, raw: '第3行 林小满', problems: [{ path: 'level', code: 'CODE_UNKNOWN' }] },
    { lineNumber: 4, raw: '第4行 林小满', problems: [{ path: 'row', code: 'QUOTE_BROKEN' }] },
  ])
  const sealed = await scene.rows<{ row_sealed: Buffer }>(
    'select row_sealed from evaluations.evaluation_upload_rejections',
  )
  expect(sealed.every(({ row_sealed }) => !row_sealed.toString('utf8').includes('林小满'))).toBe(true)
  expect((await scene.execute(devices, uploadDocuments.take, { ...batch, batch: 2 })).codes).toEqual(['UPLOAD_UNKNOWN'])
  expect((await scene.execute(undeclared, uploadDocuments.open)).codes).toEqual(['SOURCE_UNDECLARED'])
  expect((await scene.execute({ ...platform, role: 'DEVICE' }, uploadDocuments.open)).codes).toEqual(['NOT_PERMITTED'])
  expect(await scene.ask(platform, uploadDocuments.close, { uploadId })).toEqual({
    closeEvaluationUpload: { state: 'DONE' },
  })
  expect((await scene.execute(platform, uploadDocuments.take, { ...batch, batch: 2 })).codes).toEqual(['UPLOAD_ENDED'])
})
