import { GraphQLError } from 'graphql'
import { beforeEach, expect, test } from 'vitest'
import { type Authentication, createAuthentication } from '../../router/authentication.ts'
import type { Subgraph } from '../../subgraphs/shared/subgraph.ts'
import { anonymousViewer, type Viewer } from '../../subgraphs/shared/viewer.ts'
import { createCasesFixture } from './fixtures/cases.ts'
import { keptLog, staffOf } from './fixtures/graph.ts'

const holders = new Map<string, Viewer>()
const clock = { now: 1_000_000 }
let asked = 0
let isDown = false
let authentication: Authentication

beforeEach(async () => {
  holders.clear()
  holders.set('token', staffOf('/41/'))
  asked = 0
  isDown = false
  const cases = await createCasesFixture(holders, {
    onIdentify() {
      asked += 1
    },
  })
  const sometimesDown: Subgraph = {
    ...cases,
    execute: request => (isDown ? Promise.reject(new Error('connection refused')) : cases.execute(request)),
  }
  authentication = createAuthentication({ cases: sometimesDown, now: () => clock.now, log: keptLog() })
})

const codeOf = (answer: Viewer | GraphQLError) =>
  answer instanceof GraphQLError ? answer.extensions.code : answer.name

test('nobody asks when there is no credential, with or without the word Bearer', async () => {
  expect([await authentication.authenticate(undefined), await authentication.authenticate('Bearer ')]).toEqual([
    anonymousViewer,
    anonymousViewer,
  ])
  expect(asked).toBe(0)
})

test('a holder is asked for once in ten seconds, even by many requests at once', async () => {
  const answers = await Promise.all(
    ['Bearer token', 'token', 'bearer token'].map(text => authentication.authenticate(text)),
  )
  expect(answers.map(codeOf)).toEqual(['staff of /41/', 'staff of /41/', 'staff of /41/'])
  clock.now += 9_999
  await authentication.authenticate('token')
  expect(asked).toBe(1)
  clock.now += 1
  await authentication.authenticate('token')
  expect(asked).toBe(2)
})

test('an ended session is refused at the next question, an unknown credential for two seconds', async () => {
  await authentication.authenticate('token')
  holders.delete('token')
  clock.now += 10_000
  expect(codeOf(await authentication.authenticate('token'))).toBe('UNAUTHENTICATED')
  holders.set('token', staffOf('/41/'))
  clock.now += 1_999
  expect(codeOf(await authentication.authenticate('token'))).toBe('UNAUTHENTICATED')
  clock.now += 1
  expect(codeOf(await authentication.authenticate('token'))).toBe('staff of /41/')
})

test('a session ends by its own time, whatever is remembered', async () => {
  holders.set('short', { ...staffOf('/41/'), expiresAt: clock.now / 1000 + 5 })
  expect(codeOf(await authentication.authenticate('short'))).toBe('staff of /41/')
  clock.now += 5_000
  expect(codeOf(await authentication.authenticate('short'))).toBe('UNAUTHENTICATED')
})

test('while cases is down, holders work on for a minute and newcomers are told to wait', async () => {
  await authentication.authenticate('token')
  isDown = true
  clock.now += 59_999
  expect(codeOf(await authentication.authenticate('token'))).toBe('staff of /41/')
  expect(codeOf(await authentication.authenticate('other'))).toBe('SUBGRAPH_UNAVAILABLE')
  clock.now += 1
  expect(codeOf(await authentication.authenticate('token'))).toBe('SUBGRAPH_UNAVAILABLE')
})
