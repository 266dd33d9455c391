import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import { newId } from '../../subgraphs/shared/uuid.ts'
import { anonymousViewer, type Viewer } from '../../subgraphs/shared/viewer.ts'
import { accountViewer, clientViewer, smallDirectory } from '../kit/small-directory.ts'
import {
  type Entry,
  openedForm,
  registerKey,
  type SigningPair,
  sendEntries,
  signed,
  signingPair,
} from './device-scene.ts'
import {
  closedCase,
  countRows,
  type EvaluationsScene,
  freshToken,
  openEvaluationsScene,
  type ReportedCase,
  submit,
} from './evaluations-scene.ts'

let scene: EvaluationsScene
let device: Viewer
let pair: SigningPair

beforeAll(async () => {
  scene = await openEvaluationsScene()
})
afterAll(() => scene.stop())
beforeEach(async () => {
  device = { ...clientViewer('device'), id: newId() }
  pair = await signingPair()
  await registerKey(scene, device, pair.publicKey)
})

async function reportedCase(facts: Partial<ReportedCase> = {}) {
  const reported = closedCase(scene.clock.now, facts)
  await scene.report(reported)
  return reported
}

/** A rating given now at the device, signed, of a case that was just closed at its window. */
async function givenEntry(counter: number, facts: Partial<Omit<Entry, 'signature'>> = {}, by = pair) {
  const { caseNumber, caseId } = await reportedCase()
  const opened = await openedForm(scene, device, caseNumber)
  const givenAt = scene.clock.now.toISOString()
  const entry = await signed(by, { counter, givenAt, ...opened, level: 'SATISFIED', items: [], ...facts })
  return { entry, caseId }
}

const stored = (counter: number) => ({
  counter,
  outcome: 'STORED',
  receiptNumber: expect.stringMatching(/^\w{4}(-\w{4}){3}$/),
  code: null,
  message: null,
  messageEnglish: null,
})
const refusedWith = (counter: number, code: string) => ({
  counter,
  outcome: 'REFUSED',
  receiptNumber: null,
  code,
  message: expect.any(String),
  messageEnglish: expect.any(String),
})
const ledger = () =>
  scene.rows(
    `select counter, outcome, refusal_code from evaluations.device_entries where device_id = $1 order by counter`,
    [device.id],
  )
const openGaps = async () =>
  (
    await scene.rows<{ counter: number }>(
      `select counter from evaluations.device_gaps where device_id = $1 and filled_at is null order by counter`,
      [device.id],
    )
  ).map(({ counter }) => counter)

test('an entry becomes a rating of its case, as the channel of the device, once however often it is sent', async () => {
  const { entry, caseId } = await givenEntry(1, { level: 'DISSATISFIED', items: ['207'] })
  const first = await sendEntries(scene, device, [entry])
  expect(first).toEqual({
    __typename: 'SubmitDeviceEvaluationsSuccess',
    results: [stored(1)],
    missingCounters: [],
  })
  const { receiptNumber } = first.results[0]
  expect((await sendEntries(scene, device, [entry])).results).toEqual([
    { ...stored(1), outcome: 'REPEATED', receiptNumber },
  ])
  expect(
    await scene.rows(
      `select e.level, e.channel, e.items, p.identified_by from evaluations.evaluations e
       join evaluations.evaluation_people p on p.evaluation_id = e.id where e.case_id = $1`,
      [caseId],
    ),
  ).toEqual([{ level: 2, channel: 4, items: ['207'], identified_by: 'DEVICE' }])
  expect(await ledger()).toEqual([{ counter: 1, outcome: 'STORED', refusal_code: null }])
})

test('the same batch sent forty times at once, to two processes, makes each rating once and forty equal receipts', async () => {
  const entries = [(await givenEntry(1)).entry, (await givenEntry(2)).entry, (await givenEntry(3)).entry]
  const before = await countRows(scene)
  const twin = await scene.startTwin()
  const answers = await Promise.all(
    Array.from({ length: 40 }, (_, index) => sendEntries(index % 2 ? twin : scene, device, entries)),
  )
  await twin.stop()
  const receipts = answers.map(({ results }) =>
    results.map((each: { receiptNumber: string }) => each.receiptNumber).join(),
  )
  expect(new Set(receipts).size).toBe(1)
  const outcomes = answers.flatMap(({ results }) => results.map((each: { outcome: string }) => each.outcome))
  expect(outcomes.filter(outcome => outcome === 'STORED')).toHaveLength(3)
  expect(outcomes.filter(outcome => outcome === 'REPEATED')).toHaveLength(117)
  expect((await countRows(scene)).evaluations! - before.evaluations!).toBe(3)
  expect(await ledger()).toHaveLength(3)
})

test('one number for two ratings at once: one is kept, the other is refused and leaves nothing', async () => {
  const two = await Promise.all([givenEntry(1), givenEntry(1)])
  const twin = await scene.startTwin()
  const before = await countRows(scene)
  const answers = await Promise.all([
    sendEntries(scene, device, [two[0].entry]),
    sendEntries(twin, device, [two[1].entry]),
  ])
  await twin.stop()
  expect(answers.map(({ results }) => results[0].code).toSorted()).toEqual(['COUNTER_REUSED', null])
  expect((await countRows(scene)).evaluations! - before.evaluations!).toBe(1)
})

test('a forged entry, another device’s and one changed after signing are refused and take no number', async () => {
  const { entry } = await givenEntry(1)
  const stranger = await signingPair()
  const forged = await signed(stranger, entry)
  const before = await countRows(scene)
  const answer = await sendEntries(scene, device, [
    forged,
    { ...entry, level: 'VERY_SATISFIED' },
    { ...entry, counter: 2 },
    { ...entry, signature: '' },
  ])
  expect(answer.results).toEqual([1, 1, 2, 1].map(counter => refusedWith(counter, 'SIGNATURE_INVALID')))
  const other = { ...clientViewer('device'), id: newId() }
  expect((await sendEntries(scene, other, [entry])).results).toEqual([refusedWith(1, 'SIGNATURE_INVALID')])
  expect(await countRows(scene)).toEqual(before)
  expect(await ledger()).toEqual([])
  expect((await sendEntries(scene, device, [entry])).results).toEqual([stored(1)])
})

test('one bad entry takes no other with it, and keeps its number', async () => {
  const [first, second, third] = [
    await givenEntry(1),
    await givenEntry(2, { level: 'VERY_DISSATISFIED' }),
    await givenEntry(3),
  ]
  const entries = [first.entry, second.entry, third.entry]
  const answer = await sendEntries(scene, device, entries)
  expect(answer.results).toEqual([stored(1), refusedWith(2, 'INVALID_EVALUATION'), stored(3)])
  expect(answer.missingCounters).toEqual([])
  const again = await sendEntries(scene, device, entries)
  expect(again.results[1]).toEqual(refusedWith(2, 'INVALID_EVALUATION'))
  expect(await ledger()).toEqual([
    { counter: 1, outcome: 'STORED', refusal_code: null },
    { counter: 2, outcome: 'REFUSED', refusal_code: 'INVALID_EVALUATION' },
    { counter: 3, outcome: 'STORED', refusal_code: null },
  ])
})

test('numbers that were skipped are missing until they arrive, in whatever order', async () => {
  const entries = await Promise.all([1, 2, 3, 4, 5].map(counter => givenEntry(counter)))
  const [one, two, three, four, five] = entries.map(({ entry }) => entry) as [Entry, Entry, Entry, Entry, Entry]
  expect((await sendEntries(scene, device, [four])).missingCounters).toEqual([1, 2, 3])
  expect((await sendEntries(scene, device, [two])).missingCounters).toEqual([1, 3])
  expect(await openGaps()).toEqual([1, 3])
  expect((await sendEntries(scene, device, [five, three])).missingCounters).toEqual([1])
  expect((await sendEntries(scene, device, [one])).missingCounters).toEqual([])
  expect(await openGaps()).toEqual([])
})

test('batches that cross each other leave no number missing that has arrived', async () => {
  const entries = await Promise.all(Array.from({ length: 12 }, (_, index) => givenEntry(index + 1)))
  const twin = await scene.startTwin()
  await Promise.all(entries.map(({ entry }, index) => sendEntries(index % 2 ? twin : scene, device, [entry])))
  await twin.stop()
  expect(await openGaps()).toEqual([])
  expect(await ledger()).toHaveLength(12)
})

test('an entry that comes days later is kept at its own time, though its code is long too old', async () => {
  const { entry, caseId } = await givenEntry(1, { level: 'VERY_DISSATISFIED', items: ['110'] })
  const givenAt = new Date(entry.givenAt)
  scene.pass(3 * 86_400)
  expect((await submit(scene, { token: entry.token, level: 'SATISFIED' })).code).toBe('CODE_EXPIRED')
  expect((await sendEntries(scene, device, [entry])).results).toEqual([stored(1)])
  const [row] = await scene.rows(`select evaluated_at, committed_at from evaluations.evaluations where case_id = $1`, [
    caseId,
  ])
  expect(row).toEqual({ evaluated_at: givenAt, committed_at: scene.clock.now })
})

test('a time in the future, before its code or behind the late window is refused', async () => {
  const { caseNumber } = await reportedCase()
  const opened = await openedForm(scene, device, caseNumber)
  const at = (milliseconds: number) => new Date(scene.clock.now.getTime() + milliseconds).toISOString()
  const entry = (counter: number, givenAt: string) =>
    signed(pair, { counter, givenAt, ...opened, level: 'SATISFIED', items: [] })
  const before = await countRows(scene)
  const answer = await sendEntries(scene, device, [
    await entry(1, at(2 * 60_000)),
    await entry(2, at(-86_400_000)),
    await entry(3, at(40 * 60_000)),
  ])
  expect(answer.results.map((each: { outcome: string }) => each.outcome)).toEqual(['REFUSED', 'REFUSED', 'REFUSED'])
  const late = await givenEntry(4)
  scene.pass(40 * 86_400)
  expect((await sendEntries(scene, device, [late.entry])).results).toEqual([refusedWith(4, 'EVALUATION_TOO_LATE')])
  expect((await countRows(scene)).evaluations).toBe(before.evaluations)
})

test('a case that was rated on the phone while the device was offline keeps that first rating', async () => {
  const { entry } = await givenEntry(1, { level: 'VERY_SATISFIED' })
  const onPhone = await submit(scene, {
    token: entry.token,
    formTicket: entry.formTicket,
    level: 'BASICALLY_SATISFIED',
  })
  expect(onPhone.isNew).toBe(true)
  expect((await sendEntries(scene, device, [entry])).results).toEqual([refusedWith(1, 'ALREADY_EVALUATED')])
})

test('only the screen codes that a device shows are taken from it', async () => {
  const { caseNumber } = await reportedCase()
  const { formTicket } = await openedForm(scene, device, caseNumber)
  const receipt = await freshToken(scene, caseNumber, 'RECEIPT')
  const before = await countRows(scene)
  const entries = [receipt, formTicket, 'A'.repeat(16), ''].map((token, index) => {
    const givenAt = scene.clock.now.toISOString()
    return signed(pair, { counter: index + 1, givenAt, token, formTicket, level: 'SATISFIED', items: [] })
  })
  const { results } = await sendEntries(scene, device, await Promise.all(entries))
  expect(results).toEqual([1, 2, 3, 4].map(counter => refusedWith(counter, 'CODE_INVALID')))
  expect(await countRows(scene)).toEqual(before)
})

test('a device cannot rate a case of another window', async () => {
  const elsewhere = { ...device, scope: { ...device.scope, windowId: smallDirectory.windows.a02 } } as Viewer
  const { entry } = await givenEntry(1)
  await scene.rows(`select 1`)
  const moved = await sendEntries(scene, elsewhere, [entry])
  expect(moved.results).toEqual([refusedWith(1, 'NOT_PERMITTED')])
})

test('a new key begins at 1 again, voids the one before and does not hide what is missing; the same key again stays', async () => {
  const first = await givenEntry(2)
  await sendEntries(scene, device, [first.entry])
  const same = await registerKey(scene, device, pair.publicKey)
  const next = await signingPair()
  const [one, two] = await Promise.all([
    registerKey(scene, device, next.publicKey),
    registerKey(scene, device, next.publicKey),
  ])
  expect(two.keyId).toBe(one.keyId)
  expect(one.keyId).not.toBe(same.keyId)
  const old = await givenEntry(3)
  expect((await sendEntries(scene, device, [old.entry])).results).toEqual([refusedWith(3, 'SIGNATURE_INVALID')])
  const fresh = await givenEntry(1, {}, next)
  expect(await sendEntries(scene, device, [fresh.entry])).toMatchObject({ results: [stored(1)], missingCounters: [] })
  expect(await openGaps()).toEqual([1])
})

test('a key that is none is refused in words; only devices have keys and entries', async () => {
  expect(await registerKey(scene, device, '{"kty":"EC"}')).toMatchObject({
    __typename: 'InvalidEvaluation',
    problems: [{ path: 'publicKey', code: 'PUBLIC_KEY_REFUSED' }],
  })
  const { entry } = await givenEntry(1)
  for (const viewer of [anonymousViewer, accountViewer('window'), clientViewer('windowSystem')]) {
    expect(await registerKey(scene, viewer, pair.publicKey)).toEqual({
      __typename: 'NotPermitted',
      code: 'NOT_PERMITTED',
    })
    expect(await sendEntries(scene, viewer, [entry])).toEqual({ __typename: 'NotPermitted', code: 'NOT_PERMITTED' })
  }
  expect(await ledger()).toEqual([])
})

test('none and more than a hundred entries are refused as a request', async () => {
  const { entry } = await givenEntry(1)
  for (const entries of [[], Array.from({ length: 101 }, () => entry)]) {
    const text = `mutation($input: SubmitDeviceEvaluationsInput!) { submitDeviceEvaluations(input: $input) { __typename } }`
    expect((await scene.execute(device, text, { input: { entries } })).codes).toEqual(['BAD_USER_INPUT'])
  }
})
