import { afterAll, beforeAll, expect, test } from 'vitest'
import { newId } from '../../subgraphs/shared/uuid.ts'
import { anonymousViewer, type Viewer } from '../../subgraphs/shared/viewer.ts'
import { accountViewer, clientViewer, smallDirectory } from '../kit/small-directory.ts'
import { openedForm, registerKey, type SigningPair, sendEntries, signed, signingPair, wake } from './device-scene.ts'
import { closedCase, type EvaluationsScene, openEvaluationsScene, submit } from './evaluations-scene.ts'

let scene: EvaluationsScene
let device: Viewer
let pair: SigningPair

beforeAll(async () => {
  scene = await openEvaluationsScene()
  device = { ...clientViewer('device'), id: newId() }
  pair = await signingPair()
  await registerKey(scene, device, pair.publicKey)
})
afterAll(() => scene.stop())

const deviceFields = `query Device($representations: [_Any!]!) {
  _entities(representations: $representations) {
    ... on Device { missingCounters manualWakeCount evaluationCount weekWakes: manualWakeCount(days: 7) today: evaluationCount(days: 1) }
  }
}`

async function ledgerOf(viewer: Viewer) {
  const representations = [{ __typename: 'Device', id: device.id }]
  return (await scene.ask(viewer, deviceFields, { representations }))._entities[0]
}

async function reportedCase() {
  const reported = closedCase(scene.clock.now)
  await scene.report(reported)
  return reported
}

async function givenEntry(counter: number) {
  const { caseNumber } = await reportedCase()
  const opened = await openedForm(scene, device, caseNumber)
  const givenAt = scene.clock.now.toISOString()
  return signed(pair, { counter, givenAt, ...opened, level: 'SATISFIED', items: [] })
}

test('wakes by hand are counted by Shanghai’s day and by device', async () => {
  const { caseNumber } = await reportedCase()
  expect(await wake(scene, device, caseNumber)).toEqual({ __typename: 'RecordManualWakeSuccess', countToday: 1 })
  expect(await wake(scene, device, ` ${caseNumber} `)).toEqual({ __typename: 'RecordManualWakeSuccess', countToday: 2 })
  const neighbour = { ...device, id: newId() }
  expect(await wake(scene, neighbour, caseNumber)).toEqual({ __typename: 'RecordManualWakeSuccess', countToday: 1 })
  scene.pass(86_400)
  expect(await wake(scene, device, caseNumber)).toEqual({ __typename: 'RecordManualWakeSuccess', countToday: 1 })
})

test('a case of another window, an unknown one and whoever is no device are refused, and nothing is counted', async () => {
  const count = () => scene.rows(`select count(*)::int as wakes from evaluations.manual_wakes`)
  const { caseNumber } = await reportedCase()
  const before = await count()
  const elsewhere = { ...device, scope: { ...device.scope, windowId: smallDirectory.windows.a02 } } as Viewer
  const unknown = { __typename: 'CaseNotRateable', code: 'CASE_UNKNOWN' }
  expect(await wake(scene, elsewhere, caseNumber)).toEqual(unknown)
  expect(await wake(scene, device, '000000000000000000000000')).toEqual(unknown)
  for (const viewer of [anonymousViewer, accountViewer('window'), clientViewer('windowSystem')]) {
    expect(await wake(scene, viewer, caseNumber)).toEqual({ __typename: 'NotPermitted', code: 'NOT_PERMITTED' })
  }
  expect(await count()).toEqual(before)
})

test('whoever sees the device sees what it skipped, how often it was woken and what came from it', async () => {
  scene.showDevice(device.id, [accountViewer('supervisor').id])
  await sendEntries(scene, device, [await givenEntry(1), await givenEntry(4)])
  const onPhone = await givenEntry(5)
  await submit(scene, { token: onPhone.token, formTicket: onPhone.formTicket, level: 'SATISFIED' })
  await sendEntries(scene, device, [onPhone])
  expect(await ledgerOf(accountViewer('supervisor'))).toEqual({
    missingCounters: [2, 3],
    manualWakeCount: 3,
    weekWakes: 3,
    evaluationCount: 2,
    today: 2,
  })
  scene.pass(86_400)
  expect(await ledgerOf(accountViewer('supervisor'))).toMatchObject({ evaluationCount: 2, today: 0 })
})

test('to everyone else it says nothing, nor while nobody can tell where the device stands', async () => {
  const nothing = {
    missingCounters: null,
    manualWakeCount: null,
    weekWakes: null,
    evaluationCount: null,
    today: null,
  }
  for (const viewer of [accountViewer('cityB'), anonymousViewer]) expect(await ledgerOf(viewer)).toEqual(nothing)
  scene.cases.isAway = true
  expect(await ledgerOf(accountViewer('supervisor'))).toEqual(nothing)
  scene.cases.isAway = false
})

test('more than a year back is refused', async () => {
  const representations = [{ __typename: 'Device', id: device.id }]
  for (const days of [0, 367]) {
    const text = `query($representations: [_Any!]!) { _entities(representations: $representations) { ... on Device { manualWakeCount(days: ${days}) } } }`
    expect((await scene.execute(accountViewer('supervisor'), text, { representations })).codes).toEqual([
      'BAD_USER_INPUT',
    ])
  }
})
