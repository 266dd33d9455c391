import { expect, test } from 'vitest'
import type { RateableCase } from '../../subgraphs/evaluations/domain/rateable-case.ts'
import { nextStep, plannedInvitationAt, reminderAt } from '../../subgraphs/evaluations/domain/sms-invitation.ts'
import { isSmsToken, smsTokenHash, smsTokenHashes, smsTokenOf } from '../../subgraphs/evaluations/domain/sms-token.ts'
import { hmacSha256Ring } from '../../subgraphs/shared/crypto/mac-ring.ts'
import { henan } from '../../subgraphs/shared/policy/presets.ts'

const shanghai = (text: string) => new Date(`${text}+08:00`)
const now = shanghai('2026-11-20T10:00:00')
const closed = (closedAt: Date, changes: Partial<RateableCase> = {}): RateableCase => ({
  ...{ state: 'CLOSED', closedAt, promisedAt: null, legalLimitAt: null, isVoid: false, mergedInto: null },
  ...{ hasFirstRating: false, ...changes },
})
const open = (changes: Partial<RateableCase>) => closed(now, { state: 'ACCEPTED', closedAt: null, ...changes })
const notOffered = { ...henan, smsInvitation: { ...henan.smsInvitation } }
notOffered.smsInvitation.value = { ...henan.smsInvitation.value, isOffered: false }

test('half an hour after closing, out of the quiet hours', () => {
  const at = (closing: string) => plannedInvitationAt(closed(shanghai(closing)), shanghai(closing), henan)
  expect(at('2026-11-20T09:00:00')).toEqual(shanghai('2026-11-20T09:30:00'))
  expect(at('2026-11-20T20:31:00')).toEqual(shanghai('2026-11-21T08:00:00'))
})

test('a case closed more than two days ago is not invited: a bulk load of the past sends nothing', () => {
  expect(plannedInvitationAt(closed(shanghai('2026-11-18T10:00:00')), now, henan)).not.toBeNull()
  expect(plannedInvitationAt(closed(shanghai('2026-11-18T09:59:59')), now, henan)).toBeNull()
  expect(plannedInvitationAt(closed(shanghai('2025-11-20T09:00:00')), now, henan)).toBeNull()
})

test('void cases, pending ones and places that offer none are not invited', () => {
  expect(plannedInvitationAt(closed(now, { isVoid: true }), now, henan)).toBeNull()
  expect(plannedInvitationAt(open({ state: 'PENDING' }), now, henan)).toBeNull()
  expect(plannedInvitationAt(open({}), now, henan)).toBeNull()
  expect(plannedInvitationAt(closed(now), now, notOffered)).toBeNull()
})

test('an open case is planned for the limit that it may miss, the legal one before the promised one', () => {
  const limits = { legalLimitAt: shanghai('2026-11-25T12:00:00'), promisedAt: shanghai('2026-11-22T12:00:00') }
  expect(plannedInvitationAt(open(limits), now, henan)).toEqual(shanghai('2026-11-25T12:30:00'))
  expect(plannedInvitationAt(open({ promisedAt: limits.promisedAt }), now, henan)).toEqual(
    shanghai('2026-11-22T12:30:00'),
  )
})

test('one reminder a day later, out of the quiet hours, or none', () => {
  expect(reminderAt(shanghai('2026-11-20T20:30:00'), henan)).toEqual(shanghai('2026-11-21T20:30:00'))
  const eager = { ...henan.smsInvitation, value: { ...henan.smsInvitation.value, reminderHours: 2 } }
  expect(reminderAt(shanghai('2026-11-20T20:30:00'), { ...henan, smsInvitation: eager })).toEqual(
    shanghai('2026-11-21T08:00:00'),
  )
  const none = { ...eager, value: { ...eager.value, reminderHours: null } }
  expect(reminderAt(now, { ...henan, smsInvitation: none })).toBeNull()
})

test('at its time an invitation is sent, waits for the morning, or ends by what became of the case', () => {
  const yesterday = shanghai('2026-11-19T10:00:00')
  expect(nextStep('DUE', closed(yesterday), now, henan)).toEqual({ send: 'INVITATION' })
  expect(nextStep('SENT', closed(yesterday), now, henan)).toEqual({ send: 'REMINDER' })
  const night = shanghai('2026-11-20T23:00:00')
  expect(nextStep('DUE', closed(yesterday), night, henan)).toEqual({ waitUntil: shanghai('2026-11-21T08:00:00') })
  expect(nextStep('SENT', closed(yesterday, { hasFirstRating: true }), now, henan)).toEqual({ end: 'RATED' })
  expect(nextStep('DUE', closed(yesterday, { isVoid: true }), now, henan)).toEqual({ end: 'NOT_RATEABLE' })
  expect(nextStep('SENT', closed(shanghai('2026-10-01T10:00:00')), now, henan)).toEqual({ end: 'TOO_LATE' })
  const extended = open({ legalLimitAt: shanghai('2026-11-25T12:00:00') })
  expect(nextStep('DUE', extended, now, henan)).toEqual({ waitUntil: shanghai('2026-11-25T12:30:00') })
  expect(nextStep('DUE', open({ state: 'PENDING' }), now, henan)).toEqual({ end: 'NOT_RATEABLE' })
})

test('a link’s secret part is the same for the reminder, also after its key was replaced, and is stored as a hash', () => {
  const keys = { 1: Buffer.alloc(32, 1), 2: Buffer.alloc(32, 2) }
  const before = hmacSha256Ring({ current: '1', keys: { 1: keys[1] } })
  const after = hmacSha256Ring({ current: '2', keys })
  const id = '01900000-0000-7000-8000-000000000001'
  const token = smsTokenOf(id, before)
  expect(isSmsToken(token)).toBe(true)
  expect(isSmsToken(`${token}A`)).toBe(false)
  expect(smsTokenOf(id, after, '1')).toBe(token)
  expect(smsTokenOf(id, after)).not.toBe(token)
  expect(smsTokenHashes(token, after)).toContain(smsTokenHash(token, before))
  expect(smsTokenHash(token, before)).not.toContain(token)
})
