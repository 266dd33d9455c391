import type { ExecutionResult } from 'graphql'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { recordEvents } from '../../db/outbox.ts'
import type { Database } from '../../subgraphs/shared/database.ts'
import type { Viewer } from '../../subgraphs/shared/viewer.ts'
import { acknowledgeNegativeReview } from '../../subgraphs/workflow/actions/acknowledge-negative-review.ts'
import {
  county,
  everything,
  placementAt,
  rated,
  type Scene,
  startScene,
  supervisorOf,
} from '../workflow/workflow-scene.ts'

let scene: Scene
beforeAll(async () => {
  scene = await startScene()
})
afterAll(() => scene.stop())

/** The database with every transaction held open just before its commit, until `commit` is called. */
function heldOpen(database: Database) {
  let commit = () => {}
  let reached = () => {}
  const isReached = new Promise<void>(resolve => {
    reached = resolve
  })
  const mayCommit = new Promise<void>(resolve => {
    commit = resolve
  })
  const held: Database = {
    ...database,
    inScope: (scope, work) =>
      database.inScope(scope, async transaction => {
        const result = await work(transaction)
        reached()
        await mayCommit
        return result
      }),
  }
  return { held, isReached, commit: () => commit() }
}

type Event = { epoch: string; position: string; previousPosition: string; kind: string; negativeReview: { id: string } }
const eventFields = 'epoch position previousPosition kind negativeReview { id }'

/** A wall: its live events so far, gathered from a subscription that stands. */
async function wallOf(viewer: Viewer) {
  const query = `subscription { negativeReviews { ${eventFields} } }`
  const stream = (await scene.follow(viewer, query)) as AsyncIterableIterator<ExecutionResult>
  const first = stream.next()
  await replay(viewer, '0')
  const events: Event[] = []
  const take = async (count: number) => {
    while (events.length < count) {
      const { value } = await (events.length === 0 ? first : stream.next())
      events.push(value.data.negativeReviews)
    }
    return events
  }
  return { take, end: () => stream.return?.() }
}

async function replay(viewer: Viewer, after: string): Promise<Event[]> {
  const { data } = await scene.ask<{ negativeReviewFeed: { events: Event[] } }>(
    viewer,
    `query Replay($after: String) { negativeReviewFeed(after: $after, first: 100) { events { ${eventFields} } } }`,
    { after },
  )
  return data.negativeReviewFeed.events
}

/** Every wall that stopped anywhere in the feed is given exactly the rest, and each event names the one before it. */
async function expectNoHole(viewer: Viewer, events: Event[]) {
  expect(events.map(event => event.previousPosition)).toEqual([
    '0',
    ...events.slice(0, -1).map(event => event.position),
  ])
  const { epoch } = events[0]!
  for (const [index, { position }] of events.entries()) {
    expect(await replay(viewer, `${epoch}:${position}`)).toEqual(events.slice(index + 1))
  }
}

test('a rating whose transaction commits after forty later ones is on the wall, live and in every replay', async () => {
  const hall = placementAt(county)
  const supervisor = supervisorOf(hall)
  const wall = await wallOf(supervisor)
  const late = rated(hall)
  const { held, isReached, commit } = heldOpen(scene.database)
  const lateCommit = held.inScope(everything, tx => recordEvents(tx, 'evaluations', [late]))
  await isReached
  const early = await scene.opened(...Array.from({ length: 40 }, () => rated(hall)))
  await wall.take(40)
  commit()
  await lateCommit
  const lateId = await scene.reviewOf(late.payload.evaluationId)

  const events = await wall.take(41)
  expect(
    events
      .map(event => event.negativeReview.id)
      .slice(0, 40)
      .sort(),
  ).toEqual(early.sort())
  expect(events[40]).toMatchObject({ kind: 'OPENED', negativeReview: { id: lateId } })
  await expectNoHole(supervisor, events)
  await wall.end()
})

test('an acknowledgement that commits after later facts of the same feed is told after them, never skipped', async () => {
  const hall = placementAt(county)
  const supervisor = supervisorOf(hall)
  const wall = await wallOf(supervisor)
  const [first] = await scene.opened(rated(hall))
  const { held, isReached, commit } = heldOpen(scene.database)
  const acknowledging = acknowledgeNegativeReview(held, supervisor, first!, new Date())
  await isReached
  await scene.opened(...Array.from({ length: 10 }, () => rated(hall)))
  await wall.take(11)
  commit()
  await acknowledging

  const events = await wall.take(12)
  expect(events[11]).toMatchObject({ kind: 'ACKNOWLEDGED', negativeReview: { id: first } })
  await expectNoHole(supervisor, events)
  await wall.end()
})
