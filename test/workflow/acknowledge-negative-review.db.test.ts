import pg from 'pg'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { newId } from '../../subgraphs/shared/uuid.ts'
import { anonymousViewer, type Viewer } from '../../subgraphs/shared/viewer.ts'
import {
  city,
  county,
  everything,
  managementBodyOf,
  placementAt,
  rated,
  type Scene,
  staff,
  startScene,
  supervisorOf,
} from './workflow-scene.ts'

let now = new Date('2026-11-21T02:00:00.000Z')
let scene: Scene
beforeAll(async () => {
  scene = await startScene({ now: () => now })
})
afterAll(() => scene.stop())

type Answer = {
  __typename: string
  code?: string
  negativeReview?: { acknowledgedAt: string; acknowledgedBy: string; deadlines: { state: string }[] }
}

async function acknowledge(viewer: Viewer, id: string): Promise<Answer> {
  const { data, codes } = await scene.ask<{ acknowledgeNegativeReview: Answer }>(
    viewer,
    `mutation Acknowledge($id: ID!) {
      acknowledgeNegativeReview(input: { id: $id }) {
        __typename
        ... on UserError { code }
        ... on AcknowledgeNegativeReviewSuccess { negativeReview { acknowledgedAt acknowledgedBy deadlines { state } } }
      }
    }`,
    { id },
  )
  expect(codes).toEqual([])
  return data.acknowledgeNegativeReview
}

const facts = (id: string) =>
  scene.database.inScope(everything, tx =>
    tx.query(
      `select payload ->> 'acknowledgedById' as by from workflow.outbox where type = 'NegativeReviewAcknowledged' and subject_id = $1`,
      [id],
    ),
  )
const isUntouched = async (id: string) => {
  const [row] = await scene.database.inScope(everything, tx =>
    tx.query(
      'select acknowledged_at, acknowledged_by_id, acknowledged_by_name from workflow.negative_reviews where id = $1',
      [id],
    ),
  )
  return { row, facts: await facts(id) }
}
const untouched = { row: { acknowledged_at: null, acknowledged_by_id: null, acknowledged_by_name: null }, facts: [] }

test('the supervisor acknowledges: it is kept with name and time, told in the feed, and the clock runs on', async () => {
  const hall = placementAt(county)
  const supervisor = supervisorOf(hall)
  const [id] = await scene.opened(rated(hall, { evaluatedAt: '2026-11-21T01:30:00.000Z' }))
  expect(await acknowledge(supervisor, id!)).toEqual({
    __typename: 'AcknowledgeNegativeReviewSuccess',
    negativeReview: {
      acknowledgedAt: '2026-11-21T02:00:00.000Z',
      acknowledgedBy: supervisor.name,
      deadlines: [{ state: 'RUNNING' }],
    },
  })
  expect(await facts(id!)).toEqual([{ by: supervisor.id }])
})

test('whoever comes later is answered with the first acknowledgement, and nothing more is told', async () => {
  const hall = placementAt(county)
  const [id] = await scene.opened(rated(hall))
  const first = await acknowledge(supervisorOf(hall), id!)
  now = new Date('2026-11-21T02:05:00.000Z')
  expect(await acknowledge(managementBodyOf(city), id!)).toEqual(first)
  expect(await facts(id!)).toHaveLength(1)
})

test('twenty at once are answered with the same acknowledgement, which is told once', async () => {
  const hall = placementAt(county)
  const [id] = await scene.opened(rated(hall))
  const viewers = Array.from({ length: 20 }, (_, index) => ({ ...supervisorOf(hall), name: `值班 ${index}` }))
  const answers = await Promise.all(viewers.map(viewer => acknowledge(viewer, id!)))
  expect(new Set(answers.map(answer => JSON.stringify(answer))).size).toBe(1)
  expect(answers[0]!.__typename).toBe('AcknowledgeNegativeReviewSuccess')
  const winner = viewers.find(({ name }) => name === answers[0]!.negativeReview!.acknowledgedBy)!
  expect(await facts(id!)).toEqual([{ by: winner.id }])
})

test('other roles and nobody are refused, and nothing is written', async () => {
  const hall = placementAt(county)
  const [id] = await scene.opened(rated(hall))
  const scope = { reach: 'REGION', regionPath: county } as const
  const roles = ['DEPARTMENT_HANDLER', 'WINDOW_STAFF', 'ANALYST', 'AUDITOR', 'INTEGRATION_CLIENT', 'DEVICE'] as const
  for (const viewer of [...roles.map(role => staff(role, scope)), anonymousViewer]) {
    expect(await acknowledge(viewer, id!)).toEqual({ __typename: 'NotPermitted', code: 'NOT_PERMITTED' })
  }
  expect(await isUntouched(id!)).toEqual(untouched)
})

test('a review outside the scope, one that nobody knows and an id that is none are not found, and nothing is written', async () => {
  const [id] = await scene.opened(rated(placementAt(county)))
  const foreigners = [supervisorOf(placementAt(county)), managementBodyOf('/410000/410200/')]
  for (const viewer of foreigners) {
    for (const asked of [id!, newId(), 'A12']) {
      expect(await acknowledge(viewer, asked)).toEqual({
        __typename: 'NegativeReviewNotFound',
        code: 'NEGATIVE_REVIEW_NOT_FOUND',
      })
    }
  }
  expect(await isUntouched(id!)).toEqual(untouched)
})

test('an acknowledgement whose fact cannot be kept is not kept either', async () => {
  const hall = placementAt(county)
  const [id] = await scene.opened(rated(hall))
  const owner = new pg.Client({ connectionString: scene.server.ownerUrl })
  await owner.connect()
  await owner.query(
    `alter table workflow.outbox add constraint no_acknowledgement check (type <> 'NegativeReviewAcknowledged') not valid`,
  )
  const { codes } = await scene.ask(
    supervisorOf(hall),
    `mutation { acknowledgeNegativeReview(input: { id: "${id}" }) { __typename } }`,
  )
  await owner.query('alter table workflow.outbox drop constraint no_acknowledgement')
  await owner.end()
  expect(codes).toEqual(['INTERNAL'])
  expect(await isUntouched(id!)).toEqual(untouched)
})
