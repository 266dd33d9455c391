import { expect, test } from 'vitest'
import { createAuthentication } from '../../router/authentication.ts'
import { sessionHolder } from '../../router/session-holder.ts'
import type { Subgraph } from '../../subgraphs/shared/subgraph.ts'
import { anonymousViewer, type Viewer } from '../../subgraphs/shared/viewer.ts'
import { createCasesFixture } from './fixtures/cases.ts'
import { keptLog, staffOf } from './fixtures/graph.ts'

const citizen = (caseIds: string[]): Viewer => ({
  ...anonymousViewer,
  id: 'person',
  kind: 'CITIZEN',
  role: 'CITIZEN',
  name: '苏**',
  scope: { reach: 'CASES', caseIds },
  sessionId: 'session',
})

async function openPages() {
  const holders = new Map<string, Viewer>([
    ['token', citizen(['a'])],
    ['staff', staffOf('/41/')],
  ])
  const state = { isDown: false, now: 1_000_000 }
  const cases = await createCasesFixture(holders)
  const sometimesDown: Subgraph = {
    ...cases,
    execute: request => (state.isDown ? Promise.reject(new Error('connection refused')) : cases.execute(request)),
  }
  const authentication = createAuthentication({ cases: sometimesDown, now: () => state.now, log: keptLog() })
  return { holders, state, holderOf: (token: string) => sessionHolder(authentication, token) }
}

test('an ended session is nobody’s at once, not ten seconds later', async () => {
  const { holders, holderOf } = await openPages()
  expect((await holderOf('token')).id).toBe('person')
  holders.delete('token')
  expect(await holderOf('token')).toEqual(anonymousViewer)
})

test('whoever acts for somebody else is seen so at the next page', async () => {
  const { holders, holderOf } = await openPages()
  await holderOf('token')
  holders.set('token', citizen(['b']))
  expect((await holderOf('token')).scope).toEqual({ reach: 'CASES', caseIds: ['b'] })
})

test('staff are nobody at the pages of citizens', async () => {
  const { holderOf } = await openPages()
  expect(await holderOf('staff')).toEqual(anonymousViewer)
})

test('while nobody can say who holds a session, that is said instead of “signed out”', async () => {
  const { state, holderOf } = await openPages()
  state.isDown = true
  await expect(holderOf('token')).rejects.toMatchObject({ extensions: { code: 'SUBGRAPH_UNAVAILABLE' } })
})
