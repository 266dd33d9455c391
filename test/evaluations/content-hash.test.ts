import { expect, test } from 'vitest'
import { contentHash } from '../../subgraphs/evaluations/domain/content-hash.ts'
import { type AcceptedDraft, type Draft, decideSubmission } from '../../subgraphs/evaluations/domain/submission.ts'
import { henan } from '../../subgraphs/shared/policy/presets.ts'

const now = new Date('2026-11-21T01:44:00Z')

function accepted(part: Partial<Draft>): AcceptedDraft {
  const draft: Draft = { channel: 'QR_CODE', round: 1, level: 2, items: ['207', '214'], text: '等了很久', ...part }
  const decision = decideSubmission(null, draft, now, henan)
  if (!decision.accepted) throw new Error(JSON.stringify(decision.refusal))
  return decision.accepted
}

const first = contentHash(accepted({}))

test('the same content has the same hash, whatever the order of items, the blanks around it and the way it came', () => {
  expect(first).toMatch(/^[\w-]{43}$/)
  expect(contentHash(accepted({ items: ['214', '207'] }))).toBe(first)
  expect(contentHash(accepted({ text: '\u3000等了很久\r\n' }))).toBe(first)
  expect(contentHash(accepted({ channel: 'PORTAL', isPublic: true, isAnonymous: false }))).toBe(first)
  expect(contentHash(accepted({ text: 'cafe\u0301' }))).toBe(contentHash(accepted({ text: 'caf\u00e9' })))
})

test.each([
  ['level', { level: 1, items: ['115'] }],
  ['items', { items: ['207'] }],
  ['text', { text: '等了很久！' }],
  ['no text', { text: null }],
  ['public', { isPublic: false }],
  ['anonymous', { isAnonymous: true }],
])('another content has another hash: %s', (_, part) => {
  expect(contentHash(accepted(part))).not.toBe(first)
})

test('a content without answers apart and pictures has the hash that it always had', () => {
  const plain = { level: 2, items: ['214', '207'], text: '等了很久', isPublic: true, isAnonymous: false } as const
  expect(contentHash({ ...plain, items: [...plain.items] })).toBe('RRWP-AcJ3yXrxx_HMBiOhvnggradP4jledw4AqSucwE')
  expect(first).toBe('RRWP-AcJ3yXrxx_HMBiOhvnggradP4jledw4AqSucwE')
})

test('answers apart and pictures are content, pictures in their order', () => {
  const answers = {
    environment: 'POOR',
    environmentReason: null,
    attitude: null,
    attitudeReason: null,
    isOvercharged: null,
    isIntermediaryForced: null,
  } as const
  const plain = accepted({})
  const hashes = [
    first,
    contentHash({ ...plain, subRatings: answers }),
    contentHash({ ...plain, subRatings: { ...answers, environmentReason: '没有座位' } }),
    contentHash({ ...plain, subRatings: { ...answers, environment: null, attitude: 'POOR' } }),
    contentHash(plain, ['a', 'b']),
    contentHash(plain, ['b', 'a']),
    contentHash({ ...plain, subRatings: answers }, ['a', 'b']),
  ]
  expect(new Set(hashes).size).toBe(hashes.length)
})
