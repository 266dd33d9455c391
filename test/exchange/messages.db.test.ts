import { afterAll, beforeAll, expect, test } from 'vitest'
import { evaluations } from '../../subgraphs/evaluations/index.ts'
import { exchange } from '../../subgraphs/exchange/index.ts'
import { newId } from '../../subgraphs/shared/uuid.ts'
import { anonymousViewer, type Role, systemViewer, type Viewer } from '../../subgraphs/shared/viewer.ts'
import { regionPaths } from '../kit/small-directory.ts'
import { waitFor } from '../kit/wait-for.ts'
import { closedThisMorning, openSmsRatingScene, type SmsRatingScene, tokenIn } from './sms-rating-scene.ts'

let scene: SmsRatingScene
beforeAll(async () => {
  scene = await openSmsRatingScene()
})
afterAll(() => scene.stop())

const atTen = new Date('2026-11-20T02:00:00.000Z')
const hub = systemViewer('sweep')
const staff = (role: Role, regionPath: string = regionPaths.cityA): Viewer => ({
  ...{ ...anonymousViewer, id: newId(), kind: 'STAFF', role, scope: { reach: 'REGION', regionPath } },
})
const messagesOf = async (caseId: string) => (await scene.messages()).filter(message => message.caseId === caseId)
const invitationIs = (caseId: string, state: string) =>
  waitFor(async () => (await scene.invitation(caseId)) === state, `an invitation that is ${state}`)
const sent = (caseId: string, count = 1) =>
  waitFor(async () => {
    const found = (await messagesOf(caseId)).filter(({ state }) => state === 'SENT')
    return found.length >= count && found
  }, 'a message that was sent')
const setOptOut = async (viewer: Viewer, phone: string, isOptedOut: boolean) =>
  (
    await scene.ask(
      'exchange',
      viewer,
      `mutation ($input: SetSmsOptOutInput!) { setSmsOptOut(input: $input) {
         __typename ... on SetSmsOptOutSuccess { maskedPhone isOptedOut } ... on InvalidInput { problems { path code } } ... on NotPermitted { code } } }`,
      { input: { phone, isOptedOut } },
    )
  ).setSmsOptOut
const queue = async (input: object) =>
  JSON.parse(
    (
      await scene.ask('exchange', hub, 'mutation ($input: QueueMessageInput!) { queueMessage(input: $input) }', {
        input,
      })
    ).queueMessage,
  )

test('with two copies of both subgraphs every case gets one invitation and one reminder, and then no more', async () => {
  const twins = [await scene.startTwin(evaluations), await scene.startTwin(exchange)]
  const caseIds = await scene.report(...Array.from({ length: 60 }, (_, n) => closedThisMorning(`138000010${10 + n}`)))
  for (const caseId of caseIds) await sent(caseId)
  scene.pass(24 * 60 + 1)
  for (const caseId of caseIds) await invitationIs(caseId, 'REMINDED')
  for (const caseId of caseIds) await sent(caseId, 2)
  scene.pass(48 * 60)
  await invitationIs(caseIds[0]!, 'REMINDED')
  const kinds = (await messagesOf(caseIds[7]!)).map(({ kind, attempts }) => [kind, attempts])
  expect(kinds).toEqual([
    ['RATING_INVITATION', 1],
    ['RATING_REMINDER', 1],
  ])
  expect(await scene.messages()).toHaveLength(120)
  for (const twin of twins) await twin.stop()
  scene.clock.now = atTen
})

test('cases of last year and of last week send nothing, and neither does one that was rated before its time', async () => {
  const old = await scene.report(
    ...['2025-11-20', '2026-11-13', '2026-11-17'].map((day, n) =>
      closedThisMorning(`1380000200${n}`, { acceptedAt: `${day} 08:40:00`, closedAt: `${day} 09:00:00` }),
    ),
  )
  const [fresh] = await scene.report(
    closedThisMorning('13800002009', { acceptedAt: '2026-11-20 09:30:00', closedAt: '2026-11-20 09:55:00' }),
  )
  expect(await scene.invitation(fresh!)).toBe('DUE')
  const [due] = await scene.rows(`select id from evaluations.sms_invitations where case_id = $1`, [fresh])
  const reply = 'mutation ($id: ID!) { takeSmsReply(invitationId: $id, level: 4) }'
  const taken = JSON.parse((await scene.ask('evaluations', hub, reply, { id: due!.id })).takeSmsReply)
  expect(taken).toMatchObject({ outcome: 'RATED', detailsUrl: expect.stringMatching(/\/r\/[\w-]{16}$/) })
  expect(JSON.parse((await scene.ask('evaluations', hub, reply, { id: due!.id })).takeSmsReply)).toEqual(taken)
  scene.pass(60)
  await invitationIs(fresh!, 'ENDED RATED')
  for (const caseId of old) expect(await scene.invitation(caseId)).toBeNull()
  for (const caseId of [...old, fresh!]) expect(await messagesOf(caseId)).toEqual([])
  scene.clock.now = atTen
})

test('what was rated between queueing and sending is not sent, and a night holds the backlog back', async () => {
  // 20:30 in Shanghai: the invitation is queued while nobody can say whether the case was rated.
  scene.clock.now = new Date('2026-11-20T12:30:00.000Z')
  const times = { acceptedAt: '2026-11-20 19:00:00', closedAt: '2026-11-20 19:30:00' }
  const [waiting] = await scene.report(closedThisMorning('13800003001', times))
  const [rated] = await scene.report(closedThisMorning('13800003002', times))
  await sent(waiting!)
  const [invitation] = await sent(rated!)
  scene.away.add('evaluations')
  const order = { kind: 'RATING_REMINDER', invitationId: newId(), url: 'http://127.0.0.1:4000/r/AAAAAAAAAAAAAAAA' }
  expect(await queue({ ...order, key: 'late:1', caseId: waiting })).toEqual({ state: 'QUEUED' })
  expect(await queue({ ...order, key: 'late:2', caseId: rated })).toEqual({ state: 'QUEUED' })
  expect(await queue({ ...order, key: 'late:2', caseId: rated })).toEqual({ state: 'QUEUED' })
  await waitFor(() => scene.logged.some(line => line.includes('could not be sent')), 'the attempt without evaluations')
  expect(await scene.rate(tokenIn(invitation!.text), { level: 'SATISFIED' })).toMatchObject({
    __typename: 'SubmitEvaluationSuccess',
  })
  scene.pass(60)
  scene.away.delete('evaluations')
  const nextAt = () =>
    scene.rows(
      `select next_attempt_at at, attempts from exchange.messages where message_key like 'late:%' and state = 'QUEUED'`,
    )
  const morning = Date.parse('2026-11-21T00:00:00.000Z')
  await waitFor(async () => {
    const rows = await nextAt()
    return rows.length === 2 && rows.every(row => row.at.getTime() === morning)
  }, 'the backlog that waits for eight o’clock')
  expect((await nextAt()).map(({ attempts }) => attempts)).toEqual([0, 0])
  scene.clock.now = new Date(morning + 60_000)
  await sent(waiting!, 2)
  await waitFor(
    async () => (await messagesOf(rated!)).some(message => message.fault === 'RATED'),
    'what was suppressed',
  )
  expect((await messagesOf(rated!)).map(({ state }) => state).toSorted()).toEqual(['SENT', 'SUPPRESSED'])
  scene.clock.now = atTen
})

test('an opt-out by staff suppresses invitations until it is taken back; others may not set one', async () => {
  const phone = '13800004001'
  expect(await setOptOut(staff('HOTLINE_OPERATOR'), '138 0000 4001', true)).toEqual({
    ...{ __typename: 'SetSmsOptOutSuccess', maskedPhone: '138****4001', isOptedOut: true },
  })
  const [refused] = await scene.report(closedThisMorning(phone))
  await invitationIs(refused!, 'ENDED OPTED_OUT')
  expect(await messagesOf(refused!)).toMatchObject([{ state: 'SUPPRESSED', fault: 'OPTED_OUT', attempts: 0 }])
  expect(await setOptOut(staff('PHONE_INVITER'), phone, false)).toMatchObject({ isOptedOut: false })
  const [invited] = await scene.report(closedThisMorning(phone))
  await sent(invited!)
  expect(await setOptOut(staff('WINDOW_STAFF'), phone, true)).toEqual({
    __typename: 'NotPermitted',
    code: 'NOT_PERMITTED',
  })
  expect(await setOptOut(staff('MANAGEMENT_BODY'), '1380000', true)).toMatchObject({
    ...{ __typename: 'InvalidInput', problems: [{ path: 'phone', code: 'NOT_A_NUMBER_IN_USE' }] },
  })
  expect(await setOptOut(staff('MANAGEMENT_BODY'), '0371-60000000', true)).toMatchObject({
    problems: [{ code: 'NOT_MOBILE' }],
  })
})

test('a case without a mobile number ends its invitation unsent', async () => {
  const [landline] = await scene.report(closedThisMorning('0371-60000000'))
  await invitationIs(landline!, 'ENDED NO_PHONE')
  expect(await messagesOf(landline!)).toEqual([])
})

const listQuery = `query ($state: MessageState, $after: String) { messages(filter: { state: $state }, first: 2, after: $after) {
  edges { node { id kind state maskedPhone fault serviceCase { id } } } pageInfo { hasNextPage endCursor } } }`

test('messages are listed for those outside the unit, within their scope, without phone or text', async () => {
  const page = async (viewer: Viewer, variables = {}) =>
    (await scene.ask('exchange', viewer, listQuery, variables)).messages
  const first = await page(staff('MANAGEMENT_BODY'))
  expect(first.edges).toHaveLength(2)
  const second = await page(staff('AUDITOR'), { after: first.pageInfo.endCursor })
  expect(second.edges[0].node.id < first.edges[1].node.id).toBe(true)
  const suppressed = await page(staff('PROVINCIAL_BUREAU', regionPaths.province), { state: 'SUPPRESSED' })
  const faults = suppressed.edges.map(({ node }: { node: { maskedPhone: string; fault: string } }) => [
    node.maskedPhone,
    node.fault,
  ])
  expect(faults.toSorted()).toEqual([
    ['138****3002', '办件已评价 The case has been rated meanwhile'],
    ['138****4001', '该号码已退订 The phone has opted out'],
  ])
  expect((await page(staff('MANAGEMENT_BODY', regionPaths.cityB))).edges).toEqual([])
  for (const role of ['WINDOW_STAFF', 'HALL_SUPERVISOR', 'DEPARTMENT_HANDLER'] as const) {
    expect((await page(staff(role))).edges).toEqual([])
  }
  const one = 'query ($id: ID!) { message(id: $id) { id } }'
  const { id } = first.edges[0].node
  expect((await scene.ask('exchange', staff('MANAGEMENT_BODY'), one, { id })).message).toEqual({ id })
  expect((await scene.ask('exchange', staff('WINDOW_STAFF'), one, { id })).message).toBeNull()
})

test('where an invitation stands is told to those outside the unit alone', async () => {
  const [{ case_id: caseId }] = (await scene.rows(
    `select case_id from evaluations.sms_invitations where end_reason = 'RATED' limit 1`,
  )) as [{ case_id: string }]
  const query = `query ($cases: [_Any!]!) { _entities(representations: $cases) { ... on ServiceCase { smsInvitation { state endReason sentAt remindedAt } } } }`
  const asked = async (viewer: Viewer) =>
    (await scene.ask('evaluations', viewer, query, { cases: [{ __typename: 'ServiceCase', id: caseId }] }))._entities[0]
  expect((await asked(staff('MANAGEMENT_BODY'))).smsInvitation).toMatchObject({ state: 'ENDED', endReason: 'RATED' })
  expect((await asked(staff('HALL_SUPERVISOR'))).smsInvitation).toBeNull()
})

test('what is internal is refused to everybody else', async () => {
  const viewer = staff('PROVINCIAL_BUREAU', regionPaths.province)
  const input = { key: 'x', kind: 'RATING_INVITATION', caseId: newId() }
  const refused = (name: 'exchange' | 'evaluations', text: string, variables = {}) =>
    expect(scene.ask(name, viewer, text, variables)).rejects.toThrow('NOT_PERMITTED')
  await refused('exchange', 'mutation ($input: QueueMessageInput!) { queueMessage(input: $input) }', { input })
  await refused('exchange', '{ demoOutbox }')
  await refused('exchange', 'mutation { receiveDemoReply(messageId: "x", text: "5") }')
  await refused('evaluations', 'mutation { takeSmsReply(invitationId: "x", level: 5) }')
  await refused('evaluations', 'mutation { endSmsInvitation(invitationId: "x", reason: "UNDELIVERABLE") }')
})
