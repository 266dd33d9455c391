import { afterEach, beforeEach, expect, test } from 'vitest'
import { createAuthentication } from '../../router/authentication.ts'
import type { LiveConnection } from '../../router/live/connection.ts'
import { type SessionWatch, watchSessions } from '../../router/live/session-watch.ts'
import type { Subgraph } from '../../subgraphs/shared/subgraph.ts'
import { anonymousViewer, type Viewer } from '../../subgraphs/shared/viewer.ts'
import { createCasesFixture } from './fixtures/cases.ts'
import { keptLog, staffOf } from './fixtures/graph.ts'

const clock = { now: 5_000_000 }
const holders = new Map<string, Viewer>()
let isDown = false
let watch: SessionWatch

beforeEach(async () => {
  holders.clear()
  isDown = false
  const cases = await createCasesFixture(holders)
  const sometimesDown: Subgraph = {
    ...cases,
    execute: request => (isDown ? Promise.reject(new Error('connection refused')) : cases.execute(request)),
  }
  const now = () => clock.now
  const authentication = createAuthentication({ cases: sometimesDown, now, log: keptLog() })
  for (const token of ['token', 'other']) holders.set(token, staffOf('/41/', token))
  await authentication.authenticate('token')
  await authentication.authenticate('other')
  watch = watchSessions({ authentication, now, roundEveryMs: 2 })
})

afterEach(() => watch.stop())

/** A connection, and the reason why it was closed once it was. */
function connected(credential: string | undefined, viewer: Viewer) {
  const { promise, resolve } = Promise.withResolvers<string>()
  const connection: LiveConnection = { credential, viewer, checkedAt: clock.now, members: new Set(), close: resolve }
  watch.add(connection)
  return { connection, closed: promise }
}

test('a holder who lost his right is closed within thirty seconds, others are not', async () => {
  const dismissed = connected('token', staffOf('/41/', 'token'))
  const staying = connected('other', staffOf('/41/', 'other'))
  const nobody = connected(undefined, anonymousViewer)
  holders.delete('token')
  clock.now += 29_000
  expect(await dismissed.closed).toBe('RIGHT_LOST')
  while (staying.connection.checkedAt < clock.now) await new Promise(resolve => setTimeout(resolve, 2))
  expect(await Promise.race([staying.closed, nobody.closed, Promise.resolve('still there')])).toBe('still there')
})

test('a holder whose scope was narrowed is closed, so that he comes back with the new one', async () => {
  const narrowed = connected('token', staffOf('/41/', 'token'))
  holders.set('token', staffOf('/41/4101/', 'token'))
  clock.now += 29_000
  expect(await narrowed.closed).toBe('RIGHT_LOST')
})

test('when nobody can check, connections live a minute on what was known', async () => {
  const unsure = connected('token', staffOf('/41/', 'token'))
  isDown = true
  clock.now += 59_000
  while (unsure.connection.checkedAt < clock.now) await new Promise(resolve => setTimeout(resolve, 2))
  expect(await Promise.race([unsure.closed, Promise.resolve('still there')])).toBe('still there')
  clock.now += 16_000
  expect(await unsure.closed).toBe('NOT_CHECKABLE')
})
