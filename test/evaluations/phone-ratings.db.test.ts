import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import { evaluations } from '../../subgraphs/evaluations/index.ts'
import { newId } from '../../subgraphs/shared/uuid.ts'
import { anonymousViewer, type Viewer } from '../../subgraphs/shared/viewer.ts'
import { closedThisMorning, openSmsRatingScene, type SmsRatingScene, tokenIn } from '../exchange/sms-rating-scene.ts'
import { inventedCreditCode, inventedIdentityNumber } from '../kit/case-rows.ts'
import { accountViewer, clientViewer, regionPaths, smallDirectory } from '../kit/small-directory.ts'
import { waitFor } from '../kit/wait-for.ts'
import { callable, operator, phone, saidOnPhone } from './phone-scene.ts'

let scene: SmsRatingScene
let hotline: Viewer
let inviter: Viewer
let other: Viewer
let elsewhere: Viewer
let province: Viewer
beforeAll(async () => {
  scene = await openSmsRatingScene()
  hotline = await operator(scene, 'HOTLINE_OPERATOR', { name: '热线甲' })
  inviter = await operator(scene, 'PHONE_INVITER', { name: '邀约甲' })
  other = await operator(scene, 'PHONE_INVITER', { name: '邀约乙' })
  elsewhere = await operator(scene, 'PHONE_INVITER', { name: '邀约丙', region: 'cityB' })
  province = await operator(scene, 'PROVINCIAL_BUREAU', { name: '省局', region: 'province' })
})
afterAll(() => scene.stop())
// Each test calls its own people: those of the tests before are out of the way.
beforeEach(async () => {
  scene.clock.now = new Date('2026-11-20T02:00:00.000Z')
  await scene.rows(
    `update evaluations.phone_invitations set state = 'DONE', end_reason = 'NOT_RATEABLE', locked_until = null, ended_at = now() where state in ('OPEN', 'LOCKED')`,
  )
})

let people = 0
/** A telephone that no other test uses. */
function newPhone(): string {
  people += 1
  return `1380000${String(people).padStart(4, '0')}`
}

async function closed(changes: Parameters<typeof closedThisMorning>[1] = {}, contactPhone = newPhone()) {
  const [id] = await scene.report(closedThisMorning(contactPhone, changes))
  return id!
}
const search = (viewer: Viewer, documentNumber: string) =>
  phone(scene, viewer, 'findCallerCases', { input: { documentNumber } })
const idsOf = (answer: { cases: { serviceCase: { id: string } }[] }) => answer.cases.map(each => each.serviceCase.id)
const firm = (n: number) => `91410100MA99${String(n).padStart(5, '0')}0`
const ofFirm = (documentNumber: string) =>
  ({ applicantKind: '2', applicantName: '示例商贸有限公司', documentKind: '001', documentNumber }) as const

test('a caller is found by his number with what may be rated in his scope, and nothing of him is in clear', async () => {
  const number = firm(1)
  const id = await closed({ ...ofFirm(number) })
  const typed = [...number]
    .map(each => (/\d/.test(each) ? String.fromCharCode(each.charCodeAt(0) + 0xfee0) : each.toLowerCase()))
    .join(' ')
  const answer = await search(hotline, typed)
  expect(answer).toMatchObject({
    __typename: 'FindCallerCasesSuccess',
    documentKind: 'CREDIT_CODE',
    maskedDocumentNumber: '914*************00'.replace('00', number.slice(-2)),
  })
  expect(idsOf(answer)).toEqual([id])
  expect(answer.cases[0]).toMatchObject({
    matterName: '养老保险待遇核定',
    hallName: '甲州市政务大厅',
    windowNumber: 'A01',
    staffNumber: 'SB001',
    lastDay: '2026-11-27',
    form: {
      depth: 'FULL',
      textLimit: 50,
      subRatings: [
        { kind: 'ENVIRONMENT', isRequired: true },
        { kind: 'ATTITUDE', isRequired: true },
      ],
    },
  })
  expect(JSON.stringify(answer)).not.toContain('示例商贸')
  expect(idsOf(await search(elsewhere, number))).toEqual([])
})

test('only what was closed within five working days, is valid and unrated is offered; a default rating is none', async () => {
  const number = firm(2)
  const day = (text: string) => ({ ...ofFirm(number), acceptedAt: `${text} 08:40:00`, closedAt: `${text} 09:00:00` })
  const inTime = await closed(day('2026-11-13'))
  await closed(day('2026-11-12'))
  const voided = closedThisMorning(newPhone(), { ...ofFirm(number), dataState: '0' })
  await scene.report(voided)
  const defaulted = await closed({ ...ofFirm(number) })
  await scene.rows(
    `insert into evaluations.default_evaluations (case_id, service_number, city_code, level, base_at, due_at, made_at, limit_id, region_path, department_id)
     select case_id, 1, city_code, 3, now(), now(), now(), gen_random_uuid(), region_path, department_id from evaluations.rateable_cases where case_id = $1`,
    [defaulted],
  )
  expect(idsOf(await search(hotline, number))).toEqual([defaulted, inTime])
  await phone(scene, hotline, 'submitPhoneEvaluation', saidOnPhone(defaulted))
  expect(idsOf(await search(hotline, number))).toEqual([inTime])
})

test('each search is kept with who, why, when and what it found, the number as a hash alone; a mistyped number is none', async () => {
  const number = firm(3)
  await closed({ ...ofFirm(number) })
  const kept = () =>
    scene.rows(`select * from evaluations.personal_looks where viewer_id = $1 order by looked_at, found_count desc`, [
      hotline.id,
    ])
  const before = (await kept()).length
  await search(hotline, number)
  await search(hotline, inventedCreditCode)
  expect((await search(hotline, '123')).problems).toEqual([{ path: 'documentNumber', code: 'LENGTH' }])
  const looks = (await kept()).slice(before)
  expect(looks.map(look => [look.purpose, look.found_count, look.viewer_name, look.viewer_role])).toEqual([
    ['SEARCH', 1, '热线甲', 'HOTLINE_OPERATOR'],
    ['SEARCH', 0, '热线甲', 'HOTLINE_OPERATOR'],
  ])
  expect(looks[0]!.searched_hash).toBe(scene.crypto.lookupHash('DOCUMENT_NUMBER', number))
  expect(JSON.stringify(looks)).not.toContain(number)
  await expect(scene.rows(`delete from evaluations.personal_looks`)).rejects.toThrow('permission denied')
  await expect(scene.rows(`update cases.personal_looks set viewer_id = 'x'`)).rejects.toThrow('permission denied')
})

const revealMutation = `mutation ($input: RevealApplicantInput!) { revealApplicant(input: $input) {
  __typename ... on RevealApplicantSuccess { name phone documentNumber } ... on UserError { code } } }`
const reveal = async (viewer: Viewer, caseId: string) =>
  (await scene.ask('cases', viewer, revealMutation, { input: { caseId, purpose: 'HOTLINE' } })).revealApplicant

test('an applicant is opened by those who call him, in their scope, and each look is kept', async () => {
  const contactPhone = newPhone()
  const id = await closed({}, contactPhone)
  expect(await reveal(hotline, id)).toEqual({
    __typename: 'RevealApplicantSuccess',
    name: '苏小满',
    phone: contactPhone,
    documentNumber: inventedIdentityNumber,
  })
  for (const viewer of [
    accountViewer('window'),
    accountViewer('supervisor'),
    accountViewer('handler'),
    clientViewer('windowSystem'),
    anonymousViewer,
  ]) {
    expect(await reveal(viewer, id)).toEqual({ __typename: 'NotPermitted', code: 'NOT_PERMITTED' })
  }
  expect(await reveal(elsewhere, id)).toEqual({ __typename: 'ServiceCaseNotFound', code: 'CASE_UNKNOWN' })
  const looks = await scene.rows(`select viewer_name, purpose from cases.personal_looks where case_id = $1`, [id])
  expect(looks).toEqual([{ viewer_name: '热线甲', purpose: 'HOTLINE' }])
})

test('staff of the rated unit find nobody and rate for nobody', async () => {
  const id = await closed()
  const narrowed = {
    ...hotline,
    scope: { reach: 'REGION', regionPath: regionPaths.cityA, hallId: smallDirectory.halls.hallA },
  } as const
  for (const viewer of [
    accountViewer('window'),
    accountViewer('supervisor'),
    accountViewer('handler'),
    clientViewer('windowSystem'),
    anonymousViewer,
    narrowed,
  ]) {
    expect(await search(viewer, inventedIdentityNumber)).toMatchObject({ code: 'NOT_PERMITTED' })
    expect(await phone(scene, viewer, 'submitPhoneEvaluation', saidOnPhone(id))).toEqual({
      __typename: 'NotPermitted',
      code: 'NOT_PERMITTED',
    })
    expect(await phone(scene, viewer, 'nextPhoneInvitation')).toMatchObject({ code: 'NOT_PERMITTED' })
  }
})

test('a rating on the phone keeps its operator and its caller, the same again is the same one, another is refused', async () => {
  const id = await closed()
  const first = await phone(scene, hotline, 'submitPhoneEvaluation', saidOnPhone(id, { relation: 'AGENT' }))
  expect(first).toMatchObject({
    __typename: 'SubmitPhoneEvaluationSuccess',
    isNew: true,
    evaluation: { score: 5, channel: 'PHONE' },
  })
  const again = await phone(scene, hotline, 'submitPhoneEvaluation', saidOnPhone(id, { relation: 'AGENT' }))
  expect(again).toMatchObject({ isNew: false, evaluation: { id: first.evaluation.id } })
  const worse = await phone(
    scene,
    hotline,
    'submitPhoneEvaluation',
    saidOnPhone(id, { level: 'SATISFIED', items: ['410'] }),
  )
  expect(worse.__typename).toMatch(/AlreadyEvaluated|InvalidEvaluation/)
  const [person] = await scene.rows(`select * from evaluations.evaluation_people where evaluation_id = $1`, [
    first.evaluation.id,
  ])
  expect(person).toMatchObject({
    identified_by: 'OPERATOR',
    relation: 'AGENT',
    phone_source: 'HOTLINE',
    operator_id: hotline.id,
    operator_name: '热线甲',
    operator_contact: '0371-00012345',
    masked_contact_phone: '139****0000',
  })
  expect(scene.crypto.open('evaluations.evaluation_people.contact_name_sealed', person!.contact_name_sealed)).toBe(
    '苏小满',
  )
  expect(scene.crypto.open('evaluations.evaluation_people.contact_phone_sealed', person!.contact_phone_sealed)).toBe(
    '13900000000',
  )
})

test('nothing is kept without items, sub-ratings, a caller and the operator’s own telephone, outside the scope or after the window', async () => {
  const id = await closed()
  const faults = async (viewer: Viewer, changes: object) =>
    (await phone(scene, viewer, 'submitPhoneEvaluation', saidOnPhone(id, { ...changes }))).problems?.map(
      (each: { code: string }) => each.code,
    )
  expect(await faults(hotline, { items: [], subRatings: null, contactName: '', contactPhone: '1' })).toEqual([
    'REASON_REQUIRED',
    'SUB_RATING_REQUIRED',
    'SUB_RATING_REQUIRED',
    'NAME_REQUIRED',
    'PHONE_NOT_A_NUMBER_IN_USE',
  ])
  const silent = await operator(scene, 'HOTLINE_OPERATOR', { contact: null })
  expect(await faults(silent, {})).toEqual(['OPERATOR_CONTACT_MISSING'])
  const far = await operator(scene, 'HOTLINE_OPERATOR', { region: 'cityB' })
  expect(await phone(scene, far, 'submitPhoneEvaluation', saidOnPhone(id))).toEqual({
    __typename: 'CaseNotRateable',
    code: 'CASE_UNKNOWN',
  })
  expect(await phone(scene, hotline, 'submitPhoneEvaluation', saidOnPhone(id, { serviceNumber: 2 }))).toMatchObject({
    code: 'CASE_UNKNOWN',
  })
  scene.clock.now = new Date('2026-11-27T16:00:00.000Z')
  expect(await phone(scene, hotline, 'submitPhoneEvaluation', saidOnPhone(id))).toEqual({
    __typename: 'CaseNotRateable',
    code: 'INVITATION_WINDOW_OVER',
  })
  expect(await scene.rows(`select from evaluations.evaluations where case_id = $1`, [id])).toEqual([])
  scene.clock.now = new Date('2026-11-27T15:59:59.000Z')
  expect(await phone(scene, hotline, 'submitPhoneEvaluation', saidOnPhone(id))).toMatchObject({ isNew: true })
})

test('the applicant is told what was recorded, proves himself by four digits at the link, and corrects it by a second rating', async () => {
  const contactPhone = newPhone()
  const id = await closed({}, contactPhone)
  scene.away.add('exchange')
  await phone(scene, hotline, 'submitPhoneEvaluation', saidOnPhone(id))
  await waitFor(
    async () =>
      (await scene.rows(`select from evaluations.call_backs where case_id = $1 and message_due_at > rated_at`, [id]))
        .length === 1,
    'a message that could not be handed over',
  )
  scene.away.delete('exchange')
  scene.pass(2)
  const told = await waitFor(
    async () =>
      (await scene.messages()).find(message => message.kind === 'PHONE_RATING_RECORDED' && message.caseId === id),
    'the message',
  )
  expect(told.phone).toBe(contactPhone)
  expect(told.text).toContain('非常满意（5分）')
  const token = tokenIn(told.text)
  const prove = async (phoneLastFour: string) =>
    (
      await scene.ask(
        'evaluations',
        anonymousViewer,
        `mutation ($input: ProveSmsRatingInput!) { proveSmsRating(input: $input) {
      __typename ... on ProveSmsRatingSuccess { receiptNumber } ... on UserError { code } } }`,
        { input: { token, phoneLastFour } },
      )
    ).proveSmsRating
  expect(await prove('9999')).toMatchObject({ code: 'PROOF_FAILED' })
  const { receiptNumber } = await prove(contactPhone.slice(-4))
  const corrected = await scene.ask(
    'evaluations',
    anonymousViewer,
    `mutation ($input: AppendEvaluationInput!) { appendEvaluation(input: $input) {
    __typename ... on SubmitEvaluationSuccess { evaluation { score round } } ... on UserError { code } } }`,
    { input: { receiptNumber, level: 'VERY_DISSATISFIED', items: ['115'] } },
  )
  expect(corrected.appendEvaluation).toMatchObject({ evaluation: { score: 1, round: 2 } })
})

test('a bad rating on the phone opens its review as any other', async () => {
  const id = await closed()
  await phone(scene, hotline, 'submitPhoneEvaluation', saidOnPhone(id, { level: 'DISSATISFIED', items: ['210'] })).then(
    answer => {
      if (answer.__typename !== 'SubmitPhoneEvaluationSuccess') throw new Error(JSON.stringify(answer))
    },
  )
  await waitFor(
    async () => (await scene.rows(`select from workflow.negative_reviews where case_id = $1`, [id])).length === 1,
    'the review',
  )
})

const next = async (viewer: Viewer, variables: object = {}) =>
  (await phone(scene, viewer, 'nextPhoneInvitation', { ...variables })).invitation
const outcome = (viewer: Viewer, invitationId: string, changes: object) =>
  phone(scene, viewer, 'recordCallOutcome', { input: { invitationId, ...changes } })

test('the next call is the one that expires first; who holds one gets it again; others get others', async () => {
  const later = await closed()
  const sooner = await closed({ acceptedAt: '2026-11-16 08:40:00', closedAt: '2026-11-16 09:00:00' })
  await callable(scene, later, sooner)
  const mine = await next(inviter)
  expect(mine).toMatchObject({
    state: 'LOCKED',
    isHeldByViewer: true,
    lockedByName: '邀约甲',
    lockedUntil: '2026-11-20T02:15:00.000Z',
    lastDay: '2026-11-23',
    serviceCase: { id: sooner },
  })
  scene.pass(5)
  expect(await next(inviter)).toMatchObject({ id: mine.id, lockedUntil: '2026-11-20T02:20:00.000Z' })
  expect(await next(other)).toMatchObject({ serviceCase: { id: later } })
  expect(await next(elsewhere)).toBeNull()
  const list = await phone(scene, inviter, 'phoneInvitations')
  expect(list.counts).toEqual({ open: 0, locked: 2, expiringToday: 0 })
  expect(list.edges.map((edge: { node: { serviceCase: { id: string } } }) => edge.node.serviceCase.id)).toEqual([
    sooner,
    later,
  ])
  expect((await phone(scene, accountViewer('window'), 'phoneInvitations')).edges).toEqual([])
})

test('of eight operators who ask at the same moment none gets a person whom another has, also by another case of his', async () => {
  const phones = Array.from({ length: 6 }, newPhone)
  const ids: string[] = []
  for (const each of phones) ids.push(await closed({}, each), await closed({}, each), await closed({}, each))
  await callable(scene, ...ids)
  const operators = [
    inviter,
    other,
    ...(await Promise.all(Array.from({ length: 6 }, () => operator(scene, 'PHONE_INVITER')))),
  ]
  const held = (await Promise.all(operators.map(each => next(each)))).filter(Boolean)
  const keys = await scene.rows(`select person_key from evaluations.phone_invitations where id = any ($1::uuid[])`, [
    held.map(each => each.id),
  ])
  expect(held).toHaveLength(6)
  expect(new Set(keys.map(({ person_key }) => person_key)).size).toBe(6)
})

test('a person is called once a day across his cases and places, and again on another day', async () => {
  const contactPhone = newPhone()
  const first = await closed({}, contactPhone)
  const second = await closed({}, contactPhone)
  await callable(scene, first, second)
  const call = await next(inviter)
  const kept = await outcome(inviter, call.id, { outcome: 'NO_ANSWER', note: '三声未接' })
  expect(kept.invitation).toMatchObject({
    state: 'OPEN',
    callCount: 1,
    lastOutcome: 'NO_ANSWER',
    lastNote: '三声未接',
    lockedUntil: null,
  })
  expect(await next(inviter)).toBeNull()
  expect(await next(other)).toBeNull()
  scene.pass(14 * 60)
  const tomorrow = await next(other)
  expect([first, second]).toContain(tomorrow.serviceCase.id)
  expect(await next(inviter)).toBeNull()
})

test('an invitation goes back when it is given up or held too long, and only its holder says how the call ended', async () => {
  const id = await closed()
  await callable(scene, id)
  const call = await next(inviter)
  expect(await outcome(other, call.id, { outcome: 'REFUSED' })).toEqual({
    __typename: 'PhoneInvitationNotHeld',
    code: 'PHONE_INVITATION_NOT_HELD',
  })
  expect(await phone(scene, other, 'releasePhoneInvitation', { input: { invitationId: call.id } })).toMatchObject({
    code: 'PHONE_INVITATION_NOT_HELD',
  })
  expect(await phone(scene, inviter, 'releasePhoneInvitation', { input: { invitationId: call.id } })).toMatchObject({
    invitation: { state: 'OPEN', lockedUntil: null },
  })
  const again = await next(other)
  expect(again.id).toBe(call.id)
  scene.pass(15)
  expect((await next(inviter)).id).toBe(call.id)
  expect(await outcome(other, call.id, { outcome: 'REFUSED' })).toMatchObject({ code: 'PHONE_INVITATION_NOT_HELD' })
  expect(await scene.rows(`select from evaluations.phone_calls where invitation_id = $1`, [call.id])).toEqual([])
  expect(await outcome(inviter, call.id, { outcome: 'LATER', callAgainAt: '2026-11-23T02:00:00.000Z' })).toMatchObject({
    invitation: { state: 'OPEN', callAgainAt: '2026-11-23T02:00:00.000Z' },
  })
  scene.clock.now = new Date('2026-11-22T02:00:00.000Z')
  expect(await next(inviter)).toBeNull()
  scene.clock.now = new Date('2026-11-23T02:00:00.000Z')
  expect((await next(inviter)).id).toBe(call.id)
  await expect(scene.rows(`delete from evaluations.phone_calls`)).rejects.toThrow('permission denied')
})

test('who wants no calls is not called by anybody and gets no invitations either; who opted out of messages is not called', async () => {
  const contactPhone = newPhone()
  const [first, second] = [await closed({}, contactPhone), await closed({}, contactPhone)]
  await callable(scene, first, second)
  const call = await next(inviter)
  scene.away.add('exchange')
  await expect(outcome(inviter, call.id, { outcome: 'DO_NOT_CALL' })).rejects.toThrow('exchange is away')
  scene.away.delete('exchange')
  expect(await outcome(inviter, call.id, { outcome: 'DO_NOT_CALL' })).toMatchObject({
    invitation: { state: 'DONE', endReason: 'DO_NOT_CALL', callCount: 1 },
  })
  const ends = await scene.rows(
    `select end_reason from evaluations.phone_invitations where case_id = any ($1::uuid[])`,
    [[first, second]],
  )
  expect(ends).toEqual([{ end_reason: 'DO_NOT_CALL' }, { end_reason: 'DO_NOT_CALL' }])
  expect(
    await scene.rows(`select source from exchange.sms_opt_outs where phone_hash = $1`, [
      scene.crypto.lookupHash('PHONE', contactPhone),
    ]),
  ).toEqual([{ source: 'STAFF' }])

  scene.pass(24 * 60)
  const third = await closed({}, contactPhone)
  await callable(scene, third)
  expect(await next(other)).toBeNull()
  const [end] = await scene.rows(`select end_reason from evaluations.phone_invitations where case_id = $1`, [third])
  expect(end).toEqual({ end_reason: 'DO_NOT_CALL' })
})

test('nobody is handed out while nobody can say whether he wants to be called', async () => {
  const id = await closed()
  await callable(scene, id)
  scene.away.add('exchange')
  await expect(next(inviter)).rejects.toThrow('exchange is away')
  scene.away.delete('exchange')
  expect((await next(other)).serviceCase.id).toBe(id)
})

test('a rating in a call needs the invitation held and closes the call; a rating by any channel ends the invitation', async () => {
  const [id, byHotline] = [await closed(), await closed()]
  await callable(scene, id, byHotline)
  const said = saidOnPhone(id, { source: 'INVITATION' })
  expect(await phone(scene, inviter, 'submitPhoneEvaluation', said)).toMatchObject({
    code: 'PHONE_INVITATION_NOT_HELD',
  })
  expect(await phone(scene, hotline, 'submitPhoneEvaluation', said)).toMatchObject({ code: 'NOT_PERMITTED' })
  const call = await next(inviter)
  const isFirst = call.serviceCase.id === id
  const rated = saidOnPhone(call.serviceCase.id, { source: 'INVITATION' })
  expect(await outcome(inviter, call.id, { outcome: 'RATED' })).toMatchObject({
    problems: [{ path: 'outcome', code: 'NOT_RATED' }],
  })
  expect(await phone(scene, other, 'submitPhoneEvaluation', rated)).toMatchObject({ code: 'PHONE_INVITATION_NOT_HELD' })
  expect(await phone(scene, inviter, 'submitPhoneEvaluation', rated)).toMatchObject({ isNew: true })
  expect(await phone(scene, inviter, 'submitPhoneEvaluation', rated)).toMatchObject({ isNew: false })
  const calls = await scene.rows(`select outcome from evaluations.phone_calls where invitation_id = $1`, [call.id])
  expect(calls).toEqual([{ outcome: 'RATED' }])
  const rest = isFirst ? byHotline : id
  await phone(scene, hotline, 'submitPhoneEvaluation', saidOnPhone(rest))
  await waitFor(
    async () =>
      (
        await scene.rows(`select from evaluations.phone_invitations where case_id = $1 and end_reason = 'RATED'`, [
          rest,
        ])
      ).length === 1,
    'the end of the invitation',
  )
  expect(await next(other)).toBeNull()
})

test('what is not rated in its window expires, a case opened again or without a telephone is not called', async () => {
  const [expiring, nobody] = [await closed(), await closed({ contactPhone: undefined })]
  const reopened = closedThisMorning(newPhone())
  const [reopenedId] = await scene.report(reopened)
  await callable(scene, expiring)
  await scene.report({ ...reopened, dataVersion: 2, state: '2', closedAt: null })
  const stateOf = async (caseId: string) => {
    const [row] = await scene.rows(`select state, end_reason from evaluations.phone_invitations where case_id = $1`, [
      caseId,
    ])
    return row && `${row.state} ${row.end_reason}`
  }
  await waitFor(async () => (await stateOf(nobody)) === 'DONE NO_PHONE', 'the end of who left no telephone')
  await waitFor(async () => (await stateOf(reopenedId!)) === 'DONE NOT_RATEABLE', 'the end of the reopened case')
  scene.clock.now = new Date('2026-11-27T16:00:00.000Z')
  await waitFor(async () => (await stateOf(expiring)) === 'EXPIRED WINDOW_OVER', 'the end of the window')
  expect(
    (await phone(scene, inviter, 'phoneInvitations', { filter: { state: 'EXPIRED' } })).edges.map(
      (edge: { node: { serviceCase: { id: string } } }) => edge.node.serviceCase.id,
    ),
  ).toContain(expiring)
})

test('cases that were there before anybody planned are found when the subgraph starts', async () => {
  const id = await closed()
  await scene.rows(
    `update evaluations.phone_invitations set state = 'DONE', end_reason = 'RATED', case_id = $2 where case_id = $1`,
    [id, newId()],
  )
  const twin = await scene.startTwin(evaluations)
  await callable(scene, id)
  await twin.stop()
})

test('every rating on the phone enters the call-back queue of the province; what differs is a mismatch and a fact', async () => {
  const [one, two] = [await closed(), await closed()]
  await phone(scene, hotline, 'submitPhoneEvaluation', saidOnPhone(one))
  await phone(scene, hotline, 'submitPhoneEvaluation', saidOnPhone(two))
  const queued = await waitFor(async () => {
    const rows = await scene.rows(
      `select evaluation_id, case_id from evaluations.call_backs where case_id = any ($1::uuid[]) order by case_id`,
      [[one, two]],
    )
    return rows.length === 2 && rows
  }, 'the call-backs')
  const [first, second] = queued.map(row => row.evaluation_id as string)
  const list = await phone(scene, province, 'callBacks', { filter: { state: 'OPEN' } })
  const mine = list.edges
    .map((edge: { node: object }) => edge.node)
    .find((node: { evaluation: { id: string } }) => node.evaluation.id === first)
  expect(mine).toMatchObject({
    source: 'HOTLINE',
    operatorName: '热线甲',
    operatorContact: '0371-00012345',
    recordedLevel: 'VERY_SATISFIED',
    maskedContactPhone: '139****0000',
    state: 'OPEN',
    result: null,
  })
  for (const viewer of [hotline, inviter, accountViewer('city'), accountViewer('window'), anonymousViewer]) {
    expect((await phone(scene, viewer, 'callBacks')).edges).toEqual([])
    expect(
      await phone(scene, viewer, 'recordCallBack', { input: { evaluationId: first, result: 'CONFIRMED' } }),
    ).toMatchObject({ code: 'NOT_PERMITTED' })
    expect(await phone(scene, viewer, 'revealCallBackContact', { input: { evaluationId: first } })).toMatchObject({
      code: 'NOT_PERMITTED',
    })
  }
  expect(await phone(scene, province, 'revealCallBackContact', { input: { evaluationId: first } })).toEqual({
    __typename: 'RevealCallBackContactSuccess',
    contactName: '苏小满',
    contactPhone: '13900000000',
    relation: 'APPLICANT',
  })
  expect(await scene.rows(`select purpose from evaluations.personal_looks where evaluation_id = $1`, [first])).toEqual([
    { purpose: 'CALL_BACK' },
  ])
  expect(await phone(scene, province, 'revealCallBackContact', { input: { evaluationId: newId() } })).toMatchObject({
    code: 'EVALUATION_UNKNOWN',
  })

  const record = (evaluationId: string, changes: object) =>
    phone(scene, province, 'recordCallBack', { input: { evaluationId, ...changes } })
  expect(await record(first!, { result: 'NOT_REACHED' })).toMatchObject({
    callBack: { state: 'OPEN', attempts: 1, isMismatch: false },
  })
  expect(await record(first!, { result: 'DIFFERENT' })).toMatchObject({
    problems: [{ path: 'statedLevel', code: 'LEVEL_REQUIRED' }],
  })
  expect(await record(first!, { result: 'DIFFERENT', statedLevel: 'DISSATISFIED' })).toMatchObject({
    callBack: { state: 'DONE', attempts: 2, isMismatch: true, statedLevel: 'DISSATISFIED', calledByName: '省局' },
  })
  expect(await record(second!, { result: 'CONFIRMED' })).toMatchObject({
    callBack: { state: 'DONE', isMismatch: false },
  })
  const facts = await scene.rows(`select payload from evaluations.outbox where type = 'CallBackMismatch'`)
  expect(facts.map(({ payload }) => payload)).toEqual([
    {
      evaluationId: first,
      caseId: queued[0]!.case_id,
      cityCode: '410100',
      result: 'DIFFERENT',
      recordedLevel: 5,
      statedLevel: 2,
      source: 'HOTLINE',
      operatorId: hotline.id,
    },
  ])
  expect((await phone(scene, province, 'callBacks', { filter: { isMismatch: true } })).edges).toHaveLength(1)
})

test('operators are compared within the scope, and who may not compare sees none', async () => {
  const period = { since: '2026-11-01T00:00:00.000Z', until: '2026-12-01T00:00:00.000Z' }
  const figures = await phone(scene, accountViewer('city'), 'operatorFigures', period)
  const own = figures.operators.find((each: { operatorId: string }) => each.operatorId === hotline.id)
  expect(own).toMatchObject({ operatorName: '热线甲', distance: null, isOutlier: false, confirmed: 1, mismatches: 1 })
  expect(own.ratings).toBeGreaterThan(3)
  expect(await phone(scene, accountViewer('cityB'), 'operatorFigures', period)).toEqual({
    ratings: 0,
    shareOfFives: null,
    meanLevel: null,
    operators: [],
  })
  expect((await phone(scene, hotline, 'operatorFigures', period)).operators).toEqual([])
})
