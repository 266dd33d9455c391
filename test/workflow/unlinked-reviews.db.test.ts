import { afterAll, beforeAll, expect, test } from 'vitest'
import { recordEvents } from '../../db/outbox.ts'
import { type EvaluationLinked, evaluationLinkedType } from '../../subgraphs/shared/events/evaluation-linked.ts'
import type { EvaluationSubmitted } from '../../subgraphs/shared/events/evaluation-submitted.ts'
import type { Placement } from '../../subgraphs/shared/events/event.ts'
import { newId } from '../../subgraphs/shared/uuid.ts'
import { waitFor } from '../kit/wait-for.ts'
import {
  city,
  county,
  everything,
  hallA,
  managementBodyOf,
  placementAt,
  rated,
  type Scene,
  staff,
  startScene,
  supervisorOf,
} from './workflow-scene.ts'

let scene: Scene
beforeAll(async () => {
  scene = await startScene()
})
afterAll(() => scene.stop())

/** The place of a hall's own code: its management body answers, nobody served. */
const hallCode: Placement = { ...placementAt(county), hallId: hallA.hallId, windowId: null, staffMemberId: null }
const unlinked = (placement: Placement, facts: Partial<EvaluationSubmitted> = {}) =>
  rated(placement, { caseId: null, matterId: null, subjectKind: 'HALL', staticCodeId: newId(), ...facts })

const reviewQuery = `query ($id: ID!) {
  negativeReview(id: $id) {
    isUnlinked serviceCase { id } department { id } hall { id } staffMember { id } deadlines { kind state startedAt dueAt }
  }
}`
const reviewFor = async (viewer: Parameters<Scene['ask']>[0], id: string) =>
  (await scene.ask<{ negativeReview: Record<string, unknown> | null }>(viewer, reviewQuery, { id })).data.negativeReview

const link = (evaluationId: string, caseId: string) =>
  scene.database.inScope(everything, tx =>
    recordEvents(tx, 'evaluations', [
      {
        type: evaluationLinkedType,
        feed: null,
        subjectId: evaluationId,
        occurredAt: new Date(),
        placement: hallCode,
        payload: { evaluationId, caseId, cityCode: '410100' } satisfies EvaluationLinked,
      },
    ]),
  )
const rowsOf = (evaluationId: string) =>
  scene.database.inScope(everything, tx =>
    tx.query(
      `select r.subject_kind, r.case_id as review, d.case_id as clock from workflow.negative_reviews r
       join workflow.deadlines d on d.negative_review_id = r.id where r.evaluation_id = $1`,
      [evaluationId],
    ),
  )

test('an unlinked bad rating opens the same review with the same clock, owned by the unit of its code', async () => {
  const rating = unlinked(hallCode, { evaluatedAt: '2099-01-01T00:00:00.000Z' })
  await scene.rate(rating)
  const id = await scene.reviewOf(rating.payload.evaluationId)
  const review = {
    isUnlinked: true,
    serviceCase: null,
    department: { id: hallCode.departmentId },
    hall: { id: hallA.hallId },
    staffMember: null,
    deadlines: [
      {
        kind: 'VERIFICATION',
        state: 'RUNNING',
        startedAt: '2099-01-01T00:00:00.000Z',
        dueAt: '2099-01-02T00:00:00.000Z',
      },
    ],
  }
  expect(await reviewFor(managementBodyOf(city), id)).toEqual(review)
  expect(await reviewFor(supervisorOf(hallA), id)).toEqual(review)
  const handler = (departmentId: string) =>
    staff('DEPARTMENT_HANDLER', { reach: 'REGION', regionPath: county, departmentId })
  expect(await reviewFor(handler(hallCode.departmentId!), id)).toEqual(review)
  expect(await reviewFor(handler(newId()), id)).toBe(null)
})

test.each(['STAFF_MEMBER', 'HALL', 'PROVINCE', 'PLATFORM'] as const)(
  'what was rated is kept with the review: %s',
  async subjectKind => {
    const rating = unlinked(hallCode, { subjectKind })
    await scene.rate(rating)
    await scene.reviewOf(rating.payload.evaluationId)
    expect(await rowsOf(rating.payload.evaluationId)).toEqual([
      { subject_kind: subjectKind, review: null, clock: null },
    ])
  },
)

test('whoever holds the receipt of an unlinked rating follows its review, and no other', async () => {
  const [own, other] = [unlinked(hallCode, { isAnonymous: true }), unlinked(hallCode)]
  for (const rating of [own, other]) {
    await scene.rate(rating)
    await scene.reviewOf(rating.payload.evaluationId)
  }
  const { evaluationId } = own.payload
  const holder = staff('CITIZEN', { reach: 'CASES', caseIds: [], evaluationIds: [evaluationId] })
  const references = [own, other].map(({ payload }) => ({ __typename: 'Evaluation', id: payload.evaluationId }))
  const { data } = await scene.ask<{ _entities: unknown[] }>(
    { ...holder, kind: 'CITIZEN' },
    `query ($references: [_Any!]!) { _entities(representations: $references) {
      ... on Evaluation { negativeReview { isUnlinked deadlines { kind state } } } } }`,
    { references },
  )
  expect(data._entities).toEqual([
    { negativeReview: { isUnlinked: true, deadlines: [{ kind: 'VERIFICATION', state: 'RUNNING' }] } },
    { negativeReview: null },
  ])
})

test('a rating of a case is of a case, and not unlinked', async () => {
  const rating = rated(hallA)
  await scene.rate(rating)
  const id = await scene.reviewOf(rating.payload.evaluationId)
  expect(await reviewFor(managementBodyOf(city), id)).toMatchObject({ isUnlinked: false })
  const { caseId } = rating.payload
  expect(await rowsOf(rating.payload.evaluationId)).toEqual([{ subject_kind: 'CASE', review: caseId, clock: caseId }])
})

test('a rating that is linked afterwards names its case in review and clock, once and for all', async () => {
  const rating = unlinked(hallCode)
  const { evaluationId } = rating.payload
  await scene.rate(rating)
  const id = await scene.reviewOf(evaluationId)
  const [caseId, another] = [newId(), newId()]
  await link(evaluationId, caseId)
  await waitFor(async () => (await reviewFor(managementBodyOf(city), id))?.isUnlinked === false, 'the link')
  expect(await reviewFor(managementBodyOf(city), id)).toMatchObject({
    serviceCase: { id: caseId },
    department: { id: hallCode.departmentId },
  })
  await link(evaluationId, another)
  await link(newId(), another)
  const last = rated(hallA)
  await scene.rate(last)
  await scene.reviewOf(last.payload.evaluationId)
  expect(await rowsOf(evaluationId)).toEqual([{ subject_kind: 'HALL', review: caseId, clock: caseId }])
})

test('the unit learns of an anonymous rating that it was linked, and not to which case', async () => {
  const rating = unlinked(hallCode, { isAnonymous: true })
  const { evaluationId } = rating.payload
  await scene.rate(rating)
  const id = await scene.reviewOf(evaluationId)
  const caseId = newId()
  await link(evaluationId, caseId)
  await waitFor(async () => (await reviewFor(managementBodyOf(city), id))?.isUnlinked === false, 'the link')
  expect(await reviewFor(supervisorOf(hallA), id)).toMatchObject({ isUnlinked: false, serviceCase: null })
  expect(await reviewFor(managementBodyOf(city), id)).toMatchObject({ serviceCase: { id: caseId } })
})
