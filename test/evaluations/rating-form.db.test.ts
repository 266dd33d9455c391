import { afterAll, beforeAll, expect, test } from 'vitest'
import { mintTicket, readRatingCode } from '../../subgraphs/evaluations/domain/rating-code.ts'
import { anonymousViewer } from '../../subgraphs/shared/viewer.ts'
import { accountViewer, clientViewer } from '../kit/small-directory.ts'
import {
  closedCase,
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

const closed = {
  formTicket: null,
  subject: null,
  levels: [],
  isProofRequired: false,
  textLimit: 0,
  pictureLimit: 0,
  kind: null,
  subjectKind: null,
  identification: 'NONE',
  takeHomeUrl: null,
  place: null,
  subRatings: [],
}

test('a screen code opens the form: who served for what, five levels worst first, each with its eight items', async () => {
  const reported = closedCase(scene.clock.now)
  await scene.report(reported)
  const { levels, formTicket, ...form } = await openForm(scene, await freshToken(scene, reported.caseNumber))
  expect(formTicket).toMatch(/^[\w-]{32}$/)
  expect(form).toEqual({
    state: 'OPEN',
    message: '请为本次服务评价',
    messageEnglish: 'Please rate this service',
    isProofRequired: false,
    textLimit: 500,
    pictureLimit: 5,
    kind: 'SCREEN',
    subjectKind: 'CASE',
    identification: 'NONE',
    takeHomeUrl: null,
    place: null,
    subRatings: [
      { kind: 'ENVIRONMENT', isRequired: false, question: '办事环境如何？', questionEnglish: 'How were the premises?' },
      { kind: 'ATTITUDE', isRequired: false, question: '服务态度如何？', questionEnglish: 'How were you treated?' },
      {
        kind: 'INTERMEDIARY',
        isRequired: false,
        question: '是否被要求找中介代办？',
        questionEnglish: 'Were you made to use an intermediary?',
      },
    ],
    subject: {
      matterName: '养老保险待遇核定',
      caseNumber: reported.caseNumber,
      departmentName: '甲州市人社局',
      hallName: '甲州市政务大厅',
      windowNumber: 'A01',
      staffNumber: 'SB001',
      staffName: '林晓禾',
      terminalNumber: null,
    },
  })
  const shape = levels.map((level: { items: unknown[] } & Record<string, unknown>) => [
    level.level,
    level.score,
    level.label,
    level.isReasonRequired,
    level.items.length,
  ])
  expect(shape).toEqual([
    ['VERY_DISSATISFIED', 1, '非常不满意', true, 8],
    ['DISSATISFIED', 2, '不满意', true, 8],
    ['BASICALLY_SATISFIED', 3, '基本满意', false, 8],
    ['SATISFIED', 4, '满意', false, 8],
    ['VERY_SATISFIED', 5, '非常满意', false, 8],
  ])
  expect(levels[0].items[0]).toEqual({
    code: '108',
    text: '在办事指南之外增加新的审批条件',
    textEnglish: 'Conditions demanded that the guide does not state',
    isBase: true,
  })
})

test('a receipt code asks for a proof and shows the case number shortened', async () => {
  const reported = closedCase(scene.clock.now)
  await scene.report(reported)
  const form = await openForm(scene, await freshToken(scene, reported.caseNumber, 'RECEIPT'))
  const { isProofRequired, identification, subject } = form
  expect([isProofRequired, identification]).toEqual([true, 'PHONE_LAST_FOUR'])
  expect(subject.caseNumber).toBe(`4101…${reported.caseNumber.slice(-4)}`)
})

test('a device takes no text', async () => {
  const reported = closedCase(scene.clock.now)
  await scene.report(reported)
  const form = await openForm(scene, await freshToken(scene, reported.caseNumber), clientViewer('device'))
  expect([form.state, form.textLimit]).toEqual(['OPEN', 0])
})

test('whatever is no code of this hub says so and nothing else', async () => {
  const reported = closedCase(scene.clock.now)
  await scene.report(reported)
  const token = await freshToken(scene, reported.caseNumber)
  const ticket = (await openForm(scene, token)).formTicket
  const altered = token.startsWith('A') ? `B${token.slice(1)}` : `A${token.slice(1)}`
  const reading = readRatingCode(token, scene.crypto.codeMac)
  if (!reading.ok) throw new Error(reading.fault)
  const ticketBody = { ...reading.code, kind: 'FORM', issuedAt: scene.clock.now } as const
  const neverIssued = mintTicket(ticketBody, reading.code, scene.crypto.codeMac)
  for (const text of ['', 'abc', `${token}x`, altered, token.toLowerCase(), ticket, neverIssued]) {
    expect(await openForm(scene, text)).toEqual({
      state: 'INVALID',
      message: '这不是有效的评价码，可能已被改动',
      messageEnglish: 'This is not a rating code of this hub, or it was altered',
      ...closed,
    })
  }
})

test('a screen code that rolled away opens nothing any more, a receipt code still does', async () => {
  const reported = closedCase(scene.clock.now)
  await scene.report(reported)
  const [screen, receipt] = [
    await freshToken(scene, reported.caseNumber),
    await freshToken(scene, reported.caseNumber, 'RECEIPT'),
  ]
  scene.pass(129)
  expect((await openForm(scene, screen)).state).toBe('OPEN')
  scene.pass(1)
  expect(await openForm(scene, screen)).toEqual({
    state: 'EXPIRED',
    message: '评价码已过期',
    messageEnglish: 'The rating code has expired',
    ...closed,
  })
  expect((await openForm(scene, receipt)).state).toBe('OPEN')
})

test('a case that was voided, or closed too long ago, says so', async () => {
  const voided = closedCase(scene.clock.now)
  const old = closedCase(scene.clock.now)
  await scene.report(voided, old)
  const tokens = [
    await freshToken(scene, voided.caseNumber, 'RECEIPT'),
    await freshToken(scene, old.caseNumber, 'RECEIPT'),
  ]
  await scene.report({ ...voided, dataVersion: 2, isValid: false })
  const { now } = scene.clock
  expect(await openForm(scene, tokens[0]!)).toEqual({
    state: 'NOT_RATEABLE',
    message: '该办件已作废，不能评价',
    messageEnglish: 'The case was voided and cannot be rated',
    ...closed,
  })
  scene.pass(31 * 86_400)
  expect(await openForm(scene, tokens[1]!)).toEqual({
    state: 'NOT_RATEABLE',
    message: '已超过办结后 30 天的评价期限',
    messageEnglish: 'The 30 days after closing in which it could be rated are over',
    ...closed,
  })
  scene.clock.now = now
})

test('a used code says that it was rated, and nothing else, fresh or not', async () => {
  const reported = closedCase(scene.clock.now)
  await scene.report(reported)
  const token = await freshToken(scene, reported.caseNumber)
  await submit(scene, { token })
  const used = {
    state: 'ALREADY_EVALUATED',
    message: '本次服务已经评价过，以首次评价为准',
    messageEnglish: 'This service was rated already; the first rating stands',
    ...closed,
  }
  expect(await openForm(scene, token)).toEqual(used)
  scene.pass(3600)
  expect(await openForm(scene, token)).toEqual(used)
})

test('a ticket opens the form again after its screen code has rolled away, until it ends itself', async () => {
  const reported = closedCase(scene.clock.now)
  await scene.report(reported)
  const token = await freshToken(scene, reported.caseNumber)
  const receipt = await freshToken(scene, reported.caseNumber, 'RECEIPT')
  const { formTicket } = await openForm(scene, token)
  const ofReceipt = (await openForm(scene, receipt)).formTicket
  scene.pass(20 * 60)
  expect((await openForm(scene, token)).state).toBe('EXPIRED')
  const again = await openForm(scene, token, undefined, formTicket)
  expect([again.state, again.formTicket]).toEqual(['OPEN', formTicket])
  expect((await openForm(scene, token, undefined, ofReceipt)).state).toBe('INVALID')
  expect((await openForm(scene, token, undefined, 'x'.repeat(32))).state).toBe('INVALID')
  scene.pass(11 * 60)
  expect((await openForm(scene, token, undefined, formTicket)).state).toBe('EXPIRED')
})

test('whether a case was rated, the unit does not learn from its code; the rater and the device do', async () => {
  const reported = closedCase(scene.clock.now)
  await scene.report(reported)
  const token = await freshToken(scene, reported.caseNumber)
  await submit(scene, { token, isAnonymous: true })
  for (const viewer of [clientViewer('windowSystem'), accountViewer('window'), accountViewer('handler')]) {
    expect((await openForm(scene, token, viewer)).state).toBe('OPEN')
  }
  for (const viewer of [anonymousViewer, clientViewer('device'), accountViewer('city')]) {
    expect((await openForm(scene, token, viewer)).state).toBe('ALREADY_EVALUATED')
  }
  scene.pass(3600)
  expect((await openForm(scene, token, accountViewer('window'))).state).toBe('EXPIRED')
})

test('fees are asked about where the matter has some, intermediaries where it involves none, nothing at a device', async () => {
  const asked = async (facts: Partial<ReportedCase>, viewer = anonymousViewer) => {
    const reported = closedCase(scene.clock.now, facts)
    await scene.report(reported)
    const { subRatings } = await openForm(scene, await freshToken(scene, reported.caseNumber), viewer)
    return subRatings.map(({ kind }: { kind: string }) => kind)
  }
  expect(await asked({ hasFees: true, involvesIntermediary: true })).toEqual(['ENVIRONMENT', 'ATTITUDE', 'FEES'])
  expect(await asked({ hasFees: false, involvesIntermediary: false })).toEqual([
    'ENVIRONMENT',
    'ATTITUDE',
    'INTERMEDIARY',
  ])
  expect(await asked({ hasFees: true }, clientViewer('device'))).toEqual([])
})
