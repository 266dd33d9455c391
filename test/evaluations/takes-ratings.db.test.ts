import { afterAll, beforeAll, expect, test } from 'vitest'
import { anonymousViewer, type Viewer } from '../../subgraphs/shared/viewer.ts'
import { closedCase, type EvaluationsScene, freshToken, openEvaluationsScene, submit } from './evaluations-scene.ts'

let scene: EvaluationsScene
beforeAll(async () => {
  scene = await openEvaluationsScene()
})
afterAll(() => scene.stop())

const personOf = (...caseIds: string[]): Viewer => ({
  ...anonymousViewer,
  id: 'person',
  kind: 'CITIZEN',
  role: 'CITIZEN',
  scope: { reach: 'CASES', caseIds },
})

async function reported(facts: Parameters<typeof closedCase>[1] = {}) {
  const serviceCase = closedCase(scene.clock.now, facts)
  await scene.report(serviceCase)
  return serviceCase
}

async function takesRatings(viewer: Viewer, ...ids: string[]): Promise<(boolean | null)[]> {
  const { _entities } = await scene.ask(
    viewer,
    'query ($of: [_Any!]!) { _entities(representations: $of) { ... on ServiceCase { takesRatings } } }',
    { of: ids.map(id => ({ __typename: 'ServiceCase', id })) },
  )
  return _entities.map((found: { takesRatings: boolean | null }) => found.takesRatings)
}

const daysAgo = (days: number) => new Date(scene.clock.now.getTime() - days * 86_400_000).toISOString()

test('a case takes ratings while it is closed within its late window, or open beyond its limit', async () => {
  const cases = [
    await reported(),
    await reported({ outcome: 'WITHDRAWN' }),
    await reported({ state: 'ACCEPTED', closedAt: null, legalLimitAt: daysAgo(1) }),
    await reported({ state: 'ACCEPTED', closedAt: null }),
    await reported({ closedAt: daysAgo(32) }),
    await reported({ isValid: false }),
  ]
  const ids = cases.map(({ caseId }) => caseId)
  expect(await takesRatings(personOf(...ids), ...ids)).toEqual([true, true, true, false, false, false])
})

test('it says nothing of whether the case was rated', async () => {
  const { caseId, caseNumber } = await reported()
  await submit(scene, { token: await freshToken(scene, caseNumber) })
  expect(await takesRatings(personOf(caseId), caseId)).toEqual([true])
})

test('of a case out of reach, or one never heard of, nothing is known', async () => {
  const { caseId } = await reported()
  const unknown = '018f0000-0000-7000-8000-000000000000'
  expect(await takesRatings(personOf(unknown), caseId, unknown)).toEqual([null, null])
})
