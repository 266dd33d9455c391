import { afterAll, beforeAll, expect, test } from 'vitest'
import { logTopic } from '../../db/relay.ts'
import { calendarChangedType } from '../../subgraphs/shared/events/calendar-changed.ts'
import type { Subgraph } from '../../subgraphs/shared/subgraph.ts'
import { waitFor } from '../kit/wait-for.ts'
import { city, everything, hallA, managementBodyOf, rated, type Scene, startScene } from './workflow-scene.ts'

const kept = { calendar: '[]' }
const cases = {
  name: 'cases',
  execute: async () => ({ data: { workCalendar: kept.calendar } }),
  subscribe: () => Promise.reject(new Error('nobody subscribes here')),
  stop: async () => {},
} satisfies Subgraph

let scene: Scene
beforeAll(async () => {
  scene = await startScene({ cases, now: () => new Date('2027-01-04T02:00:00Z') })
})
afterAll(() => scene.stop())

const year2027 = [{ day: '2027-01-01', isWorkday: false, name: { zh: '元旦', en: 'New Year’s Day' } }]
const review = `query ($id: ID!) { negativeReview(id: $id) { state openedAt deadlines { state startedAt dueAt policyVersion explanation { day isCounted } } } }`
const look = async (id: string) =>
  (await scene.ask<{ negativeReview: object }>(managementBodyOf(city), review, { id })).data
const waiting = () =>
  scene.database.inScope(everything, tx => tx.query('select negative_review_id from workflow.waiting_clocks'))

test('a bad rating beyond the last year that is known opens its review at once; its clock starts from the rating when the year is entered', async () => {
  // Shanghai counts the first working day; 1 January 2027 is a Friday and a holiday.
  const waits = rated(hallA, { policyId: 'shanghai', evaluatedAt: '2027-01-01T01:30:00.000Z' })
  const runs = rated(hallA, { policyId: 'henan', evaluatedAt: '2027-01-01T01:30:00.000Z' })
  const [id, other] = (await scene.opened(waits, runs)) as [string, string]
  expect(await look(id)).toEqual({
    negativeReview: { state: 'DISPATCHED', openedAt: '2027-01-01T01:30:00.000Z', deadlines: [] },
  })
  expect(await look(other)).toMatchObject({ negativeReview: { deadlines: [{ dueAt: '2027-01-02T01:30:00.000Z' }] } })
  expect(await waiting()).toHaveLength(1)
  const parked = await scene.database.inScope(everything, tx => tx.query('select from workflow.inbox_parked'))
  expect(parked).toEqual([])

  kept.calendar = JSON.stringify([{ year: 2027, days: year2027 }])
  await scene.bus.publish(logTopic('cases'), [JSON.stringify({ kind: 'event', event: { type: calendarChangedType } })])
  await waitFor(async () => (await waiting()).length === 0, 'the clock that waited')
  expect(await look(id)).toEqual({
    negativeReview: {
      state: 'DISPATCHED',
      openedAt: '2027-01-01T01:30:00.000Z',
      deadlines: [
        {
          state: 'RUNNING',
          startedAt: '2027-01-01T01:30:00.000Z',
          dueAt: '2027-01-04T16:00:00.000Z',
          policyVersion: 'shanghai@1',
          explanation: [
            { day: '2027-01-01', isCounted: false },
            { day: '2027-01-02', isCounted: false },
            { day: '2027-01-03', isCounted: false },
            { day: '2027-01-04', isCounted: true },
          ],
        },
      ],
    },
  })
})

test('from then on its clocks start with the rating, after a restart too', async () => {
  await scene.restart()
  const [id] = (await scene.opened(
    rated(hallA, { policyId: 'shanghai', evaluatedAt: '2027-01-05T01:30:00.000Z' }),
  )) as [string]
  expect(await look(id)).toMatchObject({ negativeReview: { deadlines: [{ dueAt: '2027-01-05T16:00:00.000Z' }] } })
})

test('probes are left out of the list of open reviews unless they are asked for', async () => {
  const [id] = (await scene.opened(rated(hallA, { isProbe: true, evaluatedAt: '2027-01-03T01:30:00.000Z' }))) as [
    string,
  ]
  const list = async (includesProbes: boolean) => {
    const query = `query ($includesProbes: Boolean) { openNegativeReviews(first: 100, includesProbes: $includesProbes) { edges { node { id isProbe } } } }`
    const { data } = await scene.ask<{ openNegativeReviews: { edges: { node: { id: string; isProbe: boolean } }[] } }>(
      managementBodyOf(city),
      query,
      { includesProbes },
    )
    return data.openNegativeReviews.edges.filter(({ node }) => node.id === id || node.isProbe)
  }
  expect(await list(false)).toEqual([])
  expect(await list(true)).toEqual([{ node: { id, isProbe: true } }])
})
