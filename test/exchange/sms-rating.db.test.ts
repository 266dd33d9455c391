import { afterAll, beforeAll, expect, test } from 'vitest'
import { anonymousViewer, type Viewer } from '../../subgraphs/shared/viewer.ts'
import { regionPaths } from '../kit/small-directory.ts'
import { startSmppPeer } from '../kit/smpp-peer.ts'
import { waitFor } from '../kit/wait-for.ts'
import { closedThisMorning, openSmsRatingScene, type SmsRatingScene, tokenIn } from './sms-rating-scene.ts'

let peer: Awaited<ReturnType<typeof startSmppPeer>>
let scene: SmsRatingScene
beforeAll(async () => {
  peer = await startSmppPeer()
  scene = await openSmsRatingScene({ smsUrl: peer.url })
})
afterAll(async () => {
  await scene.stop()
  await peer.stop()
})

const to = async (phone: string) => (await peer.messages()).filter(message => message.to.endsWith(phone))
const arrived = (phone: string, count: number) =>
  waitFor(async () => (await to(phone)).length >= count && to(phone), `${count} messages at ${phone}`)
const reply = (phone: string, text: string) => peer.inbound({ from: `86${phone}`, text, dataCoding: 8 })
const outcomes = async (phone: string) => {
  const sql = `select outcome from exchange.inbound_messages where phone_hash = $1 order by received_at, ctid`
  return (await scene.rows(sql, [scene.crypto.lookupHash('PHONE', phone)])).map(row => row.outcome)
}
/** Waits until the invitation message of a case stands there. */
const stateOf = (caseId: string, state: string) =>
  waitFor(
    async () => (await scene.messages()).some(message => message.caseId === caseId && message.state === state),
    `a message that is ${state}`,
  )

const wallViewer: Viewer = {
  ...{ ...anonymousViewer, id: '01900000-0000-7000-8000-000000000980', kind: 'STAFF', role: 'MANAGEMENT_BODY' },
  scope: { reach: 'REGION', regionPath: regionPaths.cityA },
}
/** What the wall has heard since that position. */
const wallFeed = (after: string) =>
  scene.ask('workflow', wallViewer, feedQuery, { after }).then(({ negativeReviewFeed }) => negativeReviewFeed.events)
const wallPosition = async (): Promise<string> =>
  (await scene.ask('workflow', wallViewer, feedQuery, {})).negativeReviewFeed.latestPosition
const feedQuery = `query ($after: String) { negativeReviewFeed(after: $after, first: 100) {
  latestPosition events { __typename negativeReview { score serviceCase { id } } } } }`

/** Waits until the wall shows a bad rating of that case. */
const onTheWall = (caseId: string, after: string) =>
  waitFor(async () => {
    const events: { negativeReview: { score: number; serviceCase: { id: string } } }[] = await wallFeed(after)
    return events.find(({ negativeReview }) => negativeReview.serviceCase.id === caseId)
  }, 'the bad rating on the wall')

const atTen = new Date('2026-11-20T02:00:00.000Z')

test('an invitation arrives with office, matter and link; a bad rating by the link reaches the wall, and no reminder follows', async () => {
  const before = await wallPosition()
  const [caseId] = await scene.report(closedThisMorning('13800000001'))
  const [message] = await arrived('13800000001', 1)
  expect(message!.parts).toBeLessThanOrEqual(2)
  expect(message!.text).toContain('养老保险待遇核定')
  expect(message!.text).not.toMatch(/苏小满|410100|13800000001|SB001/)
  expect(await scene.invitation(caseId!)).toBe('SENT')

  const token = tokenIn(message!.text)
  const answer = await scene.rate(token, { level: 'VERY_DISSATISFIED', items: ['108'] })
  expect(answer).toMatchObject({ __typename: 'SubmitEvaluationSuccess', evaluation: { score: 1, channel: 'SMS' } })
  expect((await onTheWall(caseId!, before)).negativeReview.score).toBe(1)

  scene.pass(25 * 60)
  await waitFor(async () => (await scene.invitation(caseId!)) === 'ENDED RATED', 'the end of the invitation')
  expect(await to('13800000001')).toHaveLength(1)
  scene.clock.now = atTen
})

test('a reply of 2 rates the case, is thanked once however often it comes, and opens the handling of a bad rating', async () => {
  const before = await wallPosition()
  const phone = '13800000002'
  const [caseId] = await scene.report(closedThisMorning(phone))
  const [invitation] = await arrived(phone, 1)
  expect(await reply(phone, '２ 分')).toEqual([0])
  const [, thanks] = await arrived(phone, 2)
  expect(tokenIn(thanks!.text)).toBe(tokenIn(invitation!.text))
  expect(thanks!.text).toContain('将交责任单位核实整改')
  expect(await scene.ratings(caseId!)).toMatchObject([{ level: 2, channel: 7, by: 'SMS_REPLY', items: [] }])
  expect((await onTheWall(caseId!, before)).negativeReview.score).toBe(2)

  // The carrier brings it again, minutes later: the same rating, no second thanks.
  scene.pass(3)
  expect(await reply(phone, '２ 分')).toEqual([0])
  // Another level does not change the first rating, and the answer says so once.
  expect(await reply(phone, '5')).toEqual([0])
  const [, , already] = await arrived(phone, 3)
  expect(already!.text).toContain('以首次评价为准')
  expect(await scene.ratings(caseId!)).toHaveLength(1)
  expect(await outcomes(phone)).toEqual(['RATED', 'RATED', 'ALREADY_RATED'])
  scene.clock.now = atTen
})

test('a reply that the carrier brings twice does not rate the case before the one it meant', async () => {
  const phone = '13800000003'
  const [earlier] = await scene.report(closedThisMorning(phone))
  await arrived(phone, 1)
  scene.pass(1)
  const [later] = await scene.report(closedThisMorning(phone))
  await arrived(phone, 2)
  await reply(phone, '5')
  scene.pass(1)
  await reply(phone, '5')
  expect(await scene.ratings(later!)).toHaveLength(1)
  expect(await scene.ratings(earlier!)).toHaveLength(0)
  // What is said after that time is meant for the other one.
  scene.pass(11)
  await reply(phone, '5')
  expect(await scene.ratings(earlier!)).toMatchObject([{ level: 5 }])
  scene.clock.now = atTen
})

test('TD ends invitations of that phone for good; nonsense is answered once a day, and strangers not at all', async () => {
  const phone = '13800000004'
  await scene.report(closedThisMorning(phone))
  await arrived(phone, 1)
  await reply(phone, '什么意思')
  await arrived(phone, 2)
  await reply(phone, '到底什么意思')
  await reply(phone, 'ｔｄ')
  const [, notUnderstood, confirmed] = await arrived(phone, 3)
  expect(notUnderstood!.text).toContain('未能识别')
  expect(confirmed!.text).toContain('已退订')
  expect(await outcomes(phone)).toEqual(['NOT_UNDERSTOOD', 'NOT_UNDERSTOOD', 'OPTED_OUT'])

  const [next] = await scene.report(closedThisMorning(phone))
  await waitFor(async () => (await scene.invitation(next!)) === 'ENDED OPTED_OUT', 'the end of the invitation')
  expect(await to(phone)).toHaveLength(3)

  await reply('13800000099', '5')
  await reply('13800000099', '你好')
  expect(await outcomes('13800000099')).toEqual(['NO_INVITATION', 'NOT_UNDERSTOOD'])
  expect(await to('13800000099')).toEqual([])
})

test('receipts tell what was delivered; a number that no network takes ends its invitation', async () => {
  const phone = '13800000005'
  const [caseId] = await scene.report(closedThisMorning(phone))
  const [message] = await arrived(phone, 1)
  await stateOf(caseId!, 'SENT')
  expect(await peer.receipt(`id:${message!.id} sub:001 dlvrd:001 stat:DELIVRD err:000 text:`)).toBe(0)
  await stateOf(caseId!, 'DELIVERED')

  const [lost] = await scene.report(closedThisMorning('13800000006'))
  const [second] = await arrived('13800000006', 1)
  await stateOf(lost!, 'SENT')
  expect(await peer.receipt(`id:${second!.id} sub:001 dlvrd:000 stat:UNDELIV err:013 text:`)).toBe(0)
  await stateOf(lost!, 'FAILED')
  expect(await scene.invitation(lost!)).toBe('ENDED UNDELIVERABLE')

  await peer.behave({ refused: ['8613800000007', '13800000007'] })
  const [refused] = await scene.report(closedThisMorning('13800000007'))
  await stateOf(refused!, 'FAILED')
  expect(await scene.invitation(refused!)).toBe('ENDED UNDELIVERABLE')
})

test('a message waits while the SMS centre is gone, and arrives once when it is back', async () => {
  await peer.kill()
  const [caseId] = await scene.report(closedThisMorning('13800000008'))
  await stateOf(caseId!, 'QUEUED')
  await peer.start()
  const [message] = await arrived('13800000008', 1)
  expect(message!.text).toContain('请评价')
  // The new centre counts from one again: ids that it gives twice do not keep a message from being sent.
  await stateOf(caseId!, 'SENT')
  expect(await to('13800000008')).toHaveLength(1)
})

test('neither phones nor texts nor links are logged', () => {
  expect(scene.logged.join('\n')).not.toMatch(/1380000|满意|请评价|\/r\//)
})
