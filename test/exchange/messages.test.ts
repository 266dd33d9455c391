import { describe, expect, test } from 'vitest'
import { smsTokenOf } from '../../subgraphs/evaluations/domain/sms-token.ts'
import { answeredInvitation, SAME_REPLY_MS } from '../../subgraphs/exchange/messages/answered-invitation.ts'
import { afterFailure, MOST_ATTEMPTS } from '../../subgraphs/exchange/messages/attempts.ts'
import { invitationText, LONGEST_INVITATION, reminderText } from '../../subgraphs/exchange/messages/invitation-text.ts'
import { readReply } from '../../subgraphs/exchange/messages/reply.ts'
import { textParts } from '../../subgraphs/exchange/messages/transport/text-parts.ts'
import { readConfiguration } from '../../subgraphs/shared/configuration.ts'
import { hmacSha256Ring } from '../../subgraphs/shared/crypto/mac-ring.ts'

const longestLink = `https://hcp.example.gov.cn/r/${'A'.repeat(19)}`

test('a link is no longer than 48 characters under the default address', () => {
  const token = smsTokenOf(
    '01900000-0000-7000-8000-000000000001',
    hmacSha256Ring({ current: '1', keys: { 1: Buffer.alloc(32) } }),
  )
  expect(`${readConfiguration({}).publicUrl}/r/${token}`.length).toBeLessThanOrEqual(48)
  expect(longestLink).toHaveLength(48)
})

describe('an invitation', () => {
  const service = { departmentName: '甲州市人社局', matterName: '养老保险待遇核定', isClosed: true, url: longestLink }

  test('names office and matter, says how to answer and how to end it', () => {
    expect(invitationText(service)).toBe(
      `【政务服务好差评】您在甲州市人社局办理的“养老保险待遇核定”已办结，请评价：${longestLink} 直接回复1-5也可（5非常满意，1非常不满意），退订回TD`,
    )
  })

  test.each([
    ['long names', '甲州市人力资源和社会保障局社会保险事业管理中心', '机关事业单位养老保险关系转移接续申请（跨省）'],
    ['a long matter alone', '公安局', '𠮷'.repeat(60)],
    ['a long office alone', '甲'.repeat(60), '落户'],
  ])(
    'of %s stays within two parts, with the longest link, overdue or reminded',
    (_what, departmentName, matterName) => {
      const named = { departmentName, matterName, url: longestLink }
      for (const text of [
        invitationText({ ...named, isClosed: true }),
        invitationText({ ...named, isClosed: false }),
        reminderText({ ...named, isClosed: true }),
      ]) {
        expect(text.length).toBeLessThanOrEqual(LONGEST_INVITATION)
        expect(textParts('id', text).length).toBeLessThanOrEqual(2)
        expect(text.isWellFormed()).toBe(true)
        expect(text).toContain(longestLink)
      }
    },
  )
})

describe('a reply', () => {
  test.each([
    ['5', 5],
    ['５', 5],
    [' 3 ', 3],
    ['2分', 2],
    ['四', 4],
    ['一分', 1],
    ['5。', 5],
    ['“4”', 4],
    ['五星', 5],
    ['1！', 1],
  ])('%s is level %i', (text, level) => {
    expect(readReply(text)).toEqual({ kind: 'LEVEL', level })
  })

  test.each(['TD', 'td', 'ｔｄ', 'T', '退订', ' 退订。'])('%s ends invitations', text => {
    expect(readReply(text)).toEqual({ kind: 'OPT_OUT' })
  })

  test.each(['', '0', '6', '55', '15', '5 4', '1-5', '满意', '5 很好', '不满意1', 'TD5', '六'])(
    '%j is neither',
    text => {
      expect(readReply(text)).toEqual({ kind: 'OTHER' })
    },
  )
})

describe('a level answers', () => {
  const receivedAt = new Date('2026-11-20T02:00:00Z')
  const sent = [{ caseId: 'latest' }, { caseId: 'earlier' }]
  const rated = (caseId: string, score: number, channel = 'SMS', ago = 60_000) =>
    [caseId, { score, channel, evaluatedAt: new Date(receivedAt.getTime() - ago) }] as const
  const answered = (...ratings: ReturnType<typeof rated>[]) =>
    answeredInvitation(sent, new Map(ratings), { level: 5, receivedAt })?.caseId

  test('the latest invitation that is not rated, else the latest', () => {
    expect(answered()).toBe('latest')
    expect(answered(rated('latest', 4))).toBe('earlier')
    expect(answered(rated('latest', 5, 'QR_CODE'))).toBe('earlier')
    expect(answered(rated('latest', 4), rated('earlier', 4))).toBe('latest')
    expect(answeredInvitation([], new Map(), { level: 5, receivedAt })).toBeNull()
  })

  test('the one just answered with the same level, since carriers bring texts twice', () => {
    expect(answered(rated('latest', 5))).toBe('latest')
    expect(answered(rated('latest', 5, 'SMS', SAME_REPLY_MS + 1))).toBe('earlier')
  })
})

test('waits between attempts grow to an hour; ten attempts are the end, and a bad number is at once', () => {
  const now = new Date('2026-11-20T02:00:00Z')
  const busy = { forGood: false, reason: 'THROTTLED' } as const
  const waits = Array.from({ length: MOST_ATTEMPTS - 1 }, (_, index) => {
    const after = afterFailure(busy, index + 1, now)
    return 'nextAttemptAt' in after ? (after.nextAttemptAt.getTime() - now.getTime()) / 1000 : null
  })
  expect(waits).toEqual([10, 30, 90, 270, 810, 2430, 3600, 3600, 3600])
  expect(afterFailure(busy, MOST_ATTEMPTS, now)).toEqual({ fault: 'GIVEN_UP' })
  expect(afterFailure({ forGood: true, reason: 'BAD_NUMBER' }, 1, now)).toEqual({ fault: 'BAD_NUMBER' })
})
