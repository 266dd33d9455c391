import { afterAll, beforeAll, expect, test } from 'vitest'
import { mintRatingCode, readRatingCode } from '../../subgraphs/evaluations/domain/rating-code.ts'
import { createCrypto } from '../../subgraphs/shared/crypto/crypto-port.ts'
import { generateSecretKeys } from '../../subgraphs/shared/crypto/secret-keys.ts'
import { accountViewer, clientViewer, smallDirectory } from '../kit/small-directory.ts'
import {
  closedCase,
  countRows,
  type EvaluationsScene,
  freshToken,
  openEvaluationsScene,
  openForm,
  type ReportedCase,
  submit,
} from './evaluations-scene.ts'

let scene: EvaluationsScene

beforeAll(async () => {
  scene = await openEvaluationsScene()
})
afterAll(() => scene.stop())

const refusal = (__typename: string, code: string) => ({ __typename, code })
const noRows = { keys: 0, evaluations: 0, texts: 0, people: 0, receipts: 0, events: 0 }

async function reportedCase(facts: Partial<ReportedCase> = {}) {
  const reported = closedCase(scene.clock.now, facts)
  await scene.report(reported)
  return reported
}

/** Runs it and tells how many rows came of it. */
async function rowsOf(work: () => Promise<unknown>) {
  const before = await countRows(scene)
  await work()
  const after = await countRows(scene)
  return Object.fromEntries(Object.entries(after).map(([name, count]) => [name, count - before[name]!]))
}

test('a rating is kept with text, person, receipt and event, and answered with a receipt number', async () => {
  const reported = await reportedCase()
  const token = await freshToken(scene, reported.caseNumber)
  const input = { token, level: 'VERY_DISSATISFIED', items: ['115', '108'], text: ' 等了两小时 ', isAnonymous: false }
  const answer = await submit(scene, input)
  const { id } = answer.evaluation
  expect(answer).toEqual({
    __typename: 'SubmitEvaluationSuccess',
    isNew: true,
    receiptNumber: expect.stringMatching(/^([0-9A-HJKMNP-TV-Z]{4}-){3}[0-9A-HJKMNP-TV-Z]{4}$/),
    evaluation: { id, score: 1, level: 'VERY_DISSATISFIED', isNegative: true },
  })
  const placement = {
    region_path: reported.regionPath,
    department_id: reported.departmentId,
    line_id: reported.lineId,
    hall_id: reported.hallId,
    window_id: reported.windowId,
    staff_member_id: reported.staffMemberId,
  }
  const city_code = '410100'
  expect(await scene.rows(`select * from evaluations.evaluations where id = $1`, [id])).toEqual([
    {
      id,
      city_code,
      case_id: reported.caseId,
      service_number: 1,
      round: 1,
      level: 1,
      channel: 3,
      item_edition: 2,
      items: ['108', '115'],
      is_public: true,
      is_anonymous: false,
      evaluated_at: scene.clock.now,
      committed_at: scene.clock.now,
      matter_id: reported.matterId,
      subject_kind: 'CASE',
      static_code_id: null,
      terminal_number: null,
      source_system: null,
      source_rating_id: null,
      is_about_rectification: false,
      is_probe: false,
      environment: null,
      attitude: null,
      is_overcharged: null,
      is_intermediary_forced: null,
      ...placement,
    },
  ])
  expect(await scene.rows(`select * from evaluations.evaluation_texts where evaluation_id = $1`, [id])).toEqual([
    {
      evaluation_id: id,
      city_code,
      case_id: reported.caseId,
      body: '等了两小时',
      environment_reason: null,
      attitude_reason: null,
      is_suspected_personal: false,
      ...placement,
    },
  ])
  expect(await scene.rows(`select * from evaluations.evaluation_people where evaluation_id = $1`, [id])).toEqual([
    {
      evaluation_id: id,
      city_code,
      identified_by: 'SCREEN_CODE',
      relation: 'APPLICANT',
      citizen_id: null,
      contact_phone_sealed: null,
      contact_phone_hash: null,
      masked_contact_phone: null,
      contact_name_sealed: null,
      operator_contact: null,
      operator_id: null,
      operator_name: null,
      phone_source: null,
      ...placement,
    },
  ])
  const [receipt] = await scene.rows<{ receipt_hash: string }>(
    `select receipt_hash from evaluations.evaluation_receipts where evaluation_id = $1`,
    [id],
  )
  expect(JSON.stringify(receipt)).not.toContain(answer.receiptNumber.replaceAll('-', ''))
  const [event] = await scene.rows(
    `select type, feed, payload, hall_id from evaluations.outbox where subject_id = $1`,
    [id],
  )
  expect(event).toEqual({
    type: 'EvaluationSubmitted',
    feed: null,
    hall_id: reported.hallId,
    payload: {
      evaluationId: id,
      caseId: reported.caseId,
      cityCode: city_code,
      score: 1,
      isNegative: true,
      isAnonymous: false,
      channel: 'QR_CODE',
      policyId: 'henan',
      matterId: reported.matterId,
      serviceNumber: 1,
      round: 1,
      evaluatedAt: scene.clock.now.toISOString(),
      isProbe: false,
      subjectKind: 'CASE',
      staticCodeId: null,
    },
  })
})

test('a device rates without a text, as the channel of its window', async () => {
  const { caseNumber } = await reportedCase()
  const token = await freshToken(scene, caseNumber)
  const device = clientViewer('device')
  const withText = await submit(scene, { token, text: '很好' }, device)
  expect(withText.problems).toEqual([
    {
      path: 'text',
      code: 'TEXT_NOT_TAKEN',
      message: '此渠道不收文字评价',
      messageEnglish: 'no text can be given through this channel',
    },
  ])
  const { evaluation } = await submit(scene, { token, level: 'DISSATISFIED', items: ['213'] }, device)
  expect(
    await scene.rows(
      `select channel, identified_by from evaluations.evaluations e
       join evaluations.evaluation_people p on p.evaluation_id = e.id where e.id = $1`,
      [evaluation.id],
    ),
  ).toEqual([{ channel: 4, identified_by: 'DEVICE' }])
})

test('a receipt code is proved by the last four digits of the phone, full-width ones too', async () => {
  const { caseNumber, caseId } = await reportedCase({ phoneLastFour: '0042' })
  const token = await freshToken(scene, caseNumber, 'RECEIPT')
  expect(await rowsOf(() => submit(scene, { token }))).toEqual(noRows)
  expect(await submit(scene, { token })).toEqual(refusal('RatingCodeRefused', 'PROOF_FAILED'))
  expect(await submit(scene, { token, phoneLastFour: '0043' })).toEqual(refusal('RatingCodeRefused', 'PROOF_FAILED'))
  expect((await submit(scene, { token, phoneLastFour: '００４２' })).isNew).toBe(true)
  expect(
    await scene.rows(
      `select identified_by from evaluations.evaluation_people join evaluations.evaluations e on e.id = evaluation_id
       where case_id = $1`,
      [caseId],
    ),
  ).toEqual([{ identified_by: 'PHONE_LAST_FOUR' }])
})

test('digits cannot be guessed: after five wrong proofs the right one waits a quarter of an hour', async () => {
  const { caseNumber } = await reportedCase({ phoneLastFour: '0042' })
  const token = await freshToken(scene, caseNumber, 'RECEIPT')
  for (const phoneLastFour of ['0001', '0002', '0003', '0004', '0005']) await submit(scene, { token, phoneLastFour })
  const right = { token, phoneLastFour: '0042' }
  expect(await submit(scene, right)).toEqual(refusal('RatingCodeRefused', 'PROOF_TOO_OFTEN'))
  scene.pass(15 * 60)
  expect((await submit(scene, right)).isNew).toBe(true)
})

test('a wrong, altered, foreign or expired code is refused and nothing is written', async () => {
  const { caseNumber } = await reportedCase()
  const token = await freshToken(scene, caseNumber)
  const { formTicket } = await openForm(scene, token)
  const altered = `${token.slice(0, -1)}${token.endsWith('A') ? 'B' : 'A'}`
  const otherHub = createCrypto(generateSecretKeys()).codeMac
  const reading = readRatingCode(token, scene.crypto.codeMac)
  if (!reading.ok) throw new Error(reading.fault)
  const forged = mintRatingCode(reading.code, otherHub)
  const unknown = mintRatingCode({ ...reading.code, handle: '0123456789ab' }, scene.crypto.codeMac)
  const otherPoint = mintRatingCode({ ...reading.code, point: 7 }, scene.crypto.codeMac)
  const rows = await rowsOf(async () => {
    for (const text of ['', 'x'.repeat(32), altered, forged, unknown, otherPoint, formTicket]) {
      expect(await submit(scene, { token: text })).toEqual(refusal('RatingCodeRefused', 'CODE_INVALID'))
    }
    scene.pass(130)
    expect(await submit(scene, { token })).toEqual(refusal('RatingCodeRefused', 'CODE_EXPIRED'))
  })
  expect(rows).toEqual(noRows)
})

test('a form opened in time may be handed in for 30 minutes, and with its own ticket only', async () => {
  const mine = await reportedCase()
  const other = await reportedCase()
  const token = await freshToken(scene, mine.caseNumber)
  const { formTicket } = await openForm(scene, token)
  const foreign = (await openForm(scene, await freshToken(scene, other.caseNumber))).formTicket
  const altered = `${formTicket.slice(0, -1)}${formTicket.endsWith('A') ? 'B' : 'A'}`
  const rows = await rowsOf(async () => {
    for (const ticket of [foreign, altered, token, '']) {
      expect(await submit(scene, { token, formTicket: ticket })).toEqual(refusal('RatingCodeRefused', 'CODE_INVALID'))
    }
    scene.pass(31 * 60)
    expect(await submit(scene, { token, formTicket })).toEqual(refusal('RatingCodeRefused', 'CODE_EXPIRED'))
  })
  expect(rows).toEqual(noRows)
  scene.pass(-120)
  expect((await submit(scene, { token, formTicket })).isNew).toBe(true)
})

test('staff and systems of the unit must not rate for applicants, a device only at its own window', async () => {
  const { caseNumber } = await reportedCase({ windowId: smallDirectory.windows.a02, windowNumber: 'A02' })
  const token = await freshToken(scene, caseNumber)
  const rows = await rowsOf(async () => {
    for (const viewer of [
      accountViewer('window'),
      accountViewer('province'),
      clientViewer('windowSystem'),
      clientViewer('device'),
    ]) {
      expect(await submit(scene, { token }, viewer)).toEqual(refusal('RatingCodeRefused', 'NOT_PERMITTED'))
    }
  })
  expect(rows).toEqual(noRows)
  expect((await submit(scene, { token }, clientViewer('frontend'))).isNew).toBe(true)
})

test('a case that was voided or reopened after its code was made explains itself', async () => {
  const voided = await reportedCase()
  const reopened = await reportedCase()
  const tokens = [await freshToken(scene, voided.caseNumber), await freshToken(scene, reopened.caseNumber)]
  await scene.report(
    { ...voided, dataVersion: 2, isValid: false },
    { ...reopened, dataVersion: 2, state: 'ACCEPTED', closedAt: null },
  )
  const rows = await rowsOf(async () => {
    expect(await submit(scene, { token: tokens[0] })).toEqual(refusal('CaseNotRateable', 'CASE_VOID'))
    expect(await submit(scene, { token: tokens[1] })).toEqual(refusal('CaseNotRateable', 'CASE_NOT_CLOSED'))
  })
  expect(rows).toEqual(noRows)
})

test('a receipt that comes back after the late window is told how long it was', async () => {
  const { caseNumber } = await reportedCase()
  const token = await freshToken(scene, caseNumber, 'RECEIPT')
  const { now } = scene.clock
  scene.pass(31 * 86_400)
  const late = { token, phoneLastFour: '0000' }
  expect(await submit(scene, late)).toEqual(refusal('CaseNotRateable', 'EVALUATION_TOO_LATE'))
  scene.clock.now = now
})

test('a content that does not hold is refused with every field named, and nothing is written', async () => {
  const { caseNumber } = await reportedCase()
  const token = await freshToken(scene, caseNumber)
  const problemsOf = async (input: Record<string, unknown>) => {
    const { __typename, code, problems } = await submit(scene, { token, ...input })
    expect([__typename, code]).toEqual(['InvalidEvaluation', 'INVALID_EVALUATION'])
    return problems.map((problem: { path: string; code: string }) => `${problem.path} ${problem.code}`)
  }
  const rows = await rowsOf(async () => {
    expect(await problemsOf({ level: 'VERY_DISSATISFIED' })).toEqual(['items REASON_REQUIRED'])
    expect(await problemsOf({ level: 'DISSATISFIED', text: ' \n ' })).toEqual(['items REASON_REQUIRED'])
    expect(await problemsOf({ items: ['108', '999'], text: '长'.repeat(501) })).toEqual([
      'items.0 ITEM_OF_OTHER_LEVEL',
      'items.1 ITEM_UNKNOWN',
      'text TEXT_TOO_LONG',
    ])
  })
  expect(rows).toEqual(noRows)
})

test('the same content again gets the same receipt, another content is refused and the first one kept', async () => {
  const { caseNumber, caseId } = await reportedCase()
  const token = await freshToken(scene, caseNumber)
  const input = { token, level: 'DISSATISFIED', items: ['213', '214'], text: '慢' }
  const first = await submit(scene, input)
  const rows = await rowsOf(async () => {
    const again = await submit(scene, { ...input, items: ['214', '213'], text: ' 慢 ' })
    expect(again).toEqual({ ...first, isNew: false })
    expect(await submit(scene, { ...input, level: 'VERY_SATISFIED', items: [] })).toEqual(
      refusal('AlreadyEvaluated', 'ALREADY_EVALUATED'),
    )
  })
  expect(rows).toEqual(noRows)
  scene.pass(3600)
  expect(await submit(scene, input)).toEqual(refusal('AlreadyEvaluated', 'ALREADY_EVALUATED'))
  expect(await scene.rows(`select level from evaluations.evaluations where case_id = $1`, [caseId])).toEqual([
    { level: 2 },
  ])
})

test('the same rating sent fifty times at once is one row, one event and fifty equal receipts', async () => {
  const { caseNumber } = await reportedCase()
  const token = await freshToken(scene, caseNumber)
  const answers: { isNew: boolean; receiptNumber: string }[] = []
  const rows = await rowsOf(async () => {
    const sent = Array.from({ length: 50 }, () => submit(scene, { token, level: 'DISSATISFIED', items: ['213'] }))
    answers.push(...(await Promise.all(sent)))
  })
  expect(rows).toEqual({ keys: 1, evaluations: 1, texts: 0, people: 1, receipts: 1, events: 1 })
  expect(new Set(answers.map(({ receiptNumber }) => receiptNumber)).size).toBe(1)
  expect(answers.filter(({ isNew }) => isNew).length).toBe(1)
})

test('of different ratings for one service sent at once exactly one is kept', async () => {
  const { caseNumber, caseId } = await reportedCase()
  const token = await freshToken(scene, caseNumber)
  const texts = Array.from({ length: 20 }, (_, number) => `意见${number}`)
  const answers = await Promise.all(texts.map(text => submit(scene, { token, text })))
  const kept = answers.flatMap((answer, index) => (answer.isNew ? [texts[index]] : []))
  expect(kept.length).toBe(1)
  expect(answers.filter(answer => answer.code === 'ALREADY_EVALUATED').length).toBe(19)
  expect(
    await scene.rows(
      `select body from evaluations.evaluation_texts join evaluations.evaluations e on e.id = evaluation_id where e.case_id = $1`,
      [caseId],
    ),
  ).toEqual([{ body: kept[0] }])
})

test('two copies of the subgraph that get the same ratings at once keep one each', async () => {
  const cases = await Promise.all(Array.from({ length: 40 }, () => reportedCase()))
  const tokens = await Promise.all(cases.map(({ caseNumber }) => freshToken(scene, caseNumber)))
  const twin = await scene.startTwin()
  const rows = await rowsOf(async () => {
    const answers = await Promise.all([
      ...tokens.map(token => submit(scene, { token })),
      ...tokens.toReversed().map(token => submit(twin, { token })),
    ])
    const receipts = Map.groupBy(answers, ({ receiptNumber }) => receiptNumber)
    expect([...receipts.values()].map(pair => pair.map(({ isNew }) => isNew).sort())).toEqual(
      tokens.map(() => [false, true]),
    )
  })
  expect(rows).toEqual({ keys: 40, evaluations: 40, texts: 0, people: 40, receipts: 40, events: 40 })
  await twin.stop()
})

test('an anonymous rating carries only its hour in its id', async () => {
  const { caseNumber } = await reportedCase()
  const { evaluation } = await submit(scene, { token: await freshToken(scene, caseNumber), isAnonymous: true })
  const instant = new Date(Number.parseInt(evaluation.id.replaceAll('-', '').slice(0, 12), 16))
  expect(instant.toISOString().slice(13)).toBe(':00:00.000Z')
})

test('a text that seems to name a person is kept as it is and marked', async () => {
  const { caseNumber } = await reportedCase()
  const token = await freshToken(scene, caseNumber)
  const { evaluation } = await submit(scene, { token, text: '请致电 139 0000 0000' })
  expect(
    await scene.rows(`select body, is_suspected_personal from evaluations.evaluation_texts where evaluation_id = $1`, [
      evaluation.id,
    ]),
  ).toEqual([{ body: '请致电 139 0000 0000', is_suspected_personal: true }])
})

test('what is logged never holds a token, a text or digits of a phone', () => {
  expect(scene.logged).toEqual([])
})
