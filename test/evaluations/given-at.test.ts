import { expect, test } from 'vitest'
import { momentOf, problemOfGivenAt } from '../../subgraphs/evaluations/domain/given-at.ts'

const now = new Date('2026-11-21T01:44:00Z')
const code = { issuedAt: new Date('2026-11-21T01:30:00Z') }
const seconds = (from: Date, count: number) => new Date(from.getTime() + count * 1000)

test('a rating is judged as of when it was given, and never as of a time ahead', () => {
  expect(momentOf(null, now)).toBe(now)
  expect(momentOf(seconds(now, -600), now)).toEqual(seconds(now, -600))
  expect(momentOf(seconds(now, 30), now)).toBe(now)
})

test.each([
  ['no stated time', null, []],
  ['a time between code and now', seconds(code.issuedAt, 20), []],
  ['the very minute of the code', code.issuedAt, []],
  ['a clock that is a minute fast', seconds(now, 60), []],
  ['a time ahead', seconds(now, 61), ['givenAt GIVEN_AT_IN_FUTURE']],
  ['a time before the code was made', seconds(code.issuedAt, -1), ['givenAt GIVEN_AT_BEFORE_CODE']],
])('%s', (_, givenAt, problems) => {
  const found = problemOfGivenAt(givenAt, code, now)
  expect(found.map(({ path, code: fault }) => `${path} ${fault}`)).toEqual(problems)
  for (const { message } of found) expect(message.zh).toMatch(/\d{4}-\d\d-\d\dT/)
})
