import type { ExecutionResult } from 'graphql'
import { afterAll, afterEach, beforeAll, expect, test, vi } from 'vitest'
import { newId } from '../../subgraphs/shared/uuid.ts'
import { anonymousViewer, type Viewer } from '../../subgraphs/shared/viewer.ts'
import { waitFor } from '../kit/wait-for.ts'
import {
  city,
  county,
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
afterEach(() => vi.useRealTimers())
afterAll(() => scene.stop())

type Event = {
  epoch: string
  position: string
  previousPosition: string
  kind: string
  negativeReview: { id: string } | null
}
type Page = { epoch: string; latestPosition: string; isReset: boolean; events: Event[] }

const eventFields = 'epoch position previousPosition kind negativeReview { id }'

async function page(viewer: Viewer, variables: { scope?: object; after?: string; first?: number } = {}) {
  const { data, codes } = await scene.ask<{ negativeReviewFeed: Page }>(
    viewer,
    `query Feed($scope: FeedScope, $after: String, $first: Int) {
      negativeReviewFeed(scope: $scope, after: $after, first: $first) { epoch latestPosition isReset events { ${eventFields} } }
    }`,
    variables,
  )
  return { ...data?.negativeReviewFeed, codes }
}

const subscription = `subscription Wall($scope: FeedScope, $after: String) {
  negativeReviews(scope: $scope, after: $after) { ${eventFields} }
}`

/** A standing subscription; its first event is asked for at once, so that it stands before anything else happens. */
async function follow(viewer: Viewer, variables: { scope?: object; after?: string } = {}) {
  const stream = (await scene.follow(viewer, subscription, variables)) as AsyncIterableIterator<ExecutionResult>
  const pending = [stream.next()]
  await page(viewer)
  return {
    async next() {
      const { value, done } = await (pending.shift() ?? stream.next())
      return done ? 'ended' : ((value.data?.negativeReviews ?? value.errors?.[0]?.extensions.code) as Event)
    },
    end: () => stream.return?.(),
  }
}

test('a feed tells each review in commit order, and each event the position of the one before it in this very feed', async () => {
  const [mine, other] = [placementAt(county), placementAt(county)]
  const supervisor = supervisorOf(mine)
  const wall = await follow(supervisor)
  const ids = []
  for (const hall of [mine, other, mine, other, other, mine]) ids.push(...(await scene.opened(rated(hall))))
  const [first, , third, , , sixth] = ids

  const live = [await wall.next(), await wall.next(), await wall.next()] as Event[]
  expect(live.map(({ kind, negativeReview }) => [kind, negativeReview?.id])).toEqual([
    ['OPENED', first],
    ['OPENED', third],
    ['OPENED', sixth],
  ])
  expect(live.map(event => event.previousPosition)).toEqual(['0', live[0]!.position, live[1]!.position])

  const { epoch } = live[0]!
  const replayed = await page(supervisor, { after: `${epoch}:0` })
  expect(replayed).toEqual({ epoch, latestPosition: live[2]!.position, isReset: false, events: live, codes: [] })
  const resumed = await page(supervisor, { after: `${epoch}:${live[0]!.position}`, first: 1 })
  expect(resumed.events).toEqual([live[1]])
  const atPresent = await page(supervisor)
  expect(atPresent).toEqual({ epoch, latestPosition: live[2]!.position, isReset: false, events: [], codes: [] })
  await wall.end()
})

test('a subscription that resumes behind a position gives what it missed and then goes on', async () => {
  const hall = placementAt(county)
  const supervisor = supervisorOf(hall)
  const [a, b] = await scene.opened(rated(hall), rated(hall))
  const { epoch, events } = await page(supervisor, { after: '0' })
  const wall = await follow(supervisor, { after: `${epoch}:${events![0]!.position}` })
  expect(await wall.next()).toEqual(events![1])
  const [c] = await scene.opened(rated(hall))
  expect(await wall.next()).toMatchObject({ negativeReview: { id: c }, previousPosition: events![1]!.position })
  expect(events!.map(event => event.negativeReview!.id).sort()).toEqual([a, b].sort())
  await wall.end()
})

test('a position that this log never gave ends the subscription with FEED_RESET and marks the page', async () => {
  const supervisor = supervisorOf(placementAt(county))
  for (const after of ['999999999', `${newId()}:1`, 'yesterday']) {
    const wall = await follow(supervisor, { after })
    expect([await wall.next(), await wall.next()]).toEqual(['FEED_RESET', 'ended'])
    expect(await page(supervisor, { after })).toMatchObject({ isReset: true, events: [], codes: [] })
  }
})

test('a feed narrows to a division below, a hall or a window of one’s own', async () => {
  const [west, east] = [placementAt(county), placementAt('/410000/410100/410106/410106001/')]
  const body = managementBodyOf(city)
  const { epoch, latestPosition } = await page(body)
  const [inWest, inEast] = [...(await scene.opened(rated(west))), ...(await scene.opened(rated(east)))]
  const seen = async (scope: object) => {
    const { events } = await page(body, { scope, after: `${epoch}:${latestPosition}` })
    return events!.map(event => event.negativeReview!.id)
  }
  expect(await seen({})).toEqual([inWest, inEast])
  expect(await seen({ regionCode: '410100' })).toEqual([inWest, inEast])
  expect(await seen({ regionCode: '410105' })).toEqual([inWest])
  expect(await seen({ regionCode: '410106' })).toEqual([inEast])
  expect(await seen({ regionCode: '410107' })).toEqual([])
  expect(await seen({ hallId: west.hallId })).toEqual([inWest])
  expect(await seen({ windowId: east.windowId, hallId: east.hallId })).toEqual([inEast])
  expect(await seen({ windowId: east.windowId, hallId: west.hallId })).toEqual([])

  const wall = await follow(body, { scope: { regionCode: '410106' } })
  await scene.opened(rated(west))
  const [later] = await scene.opened(rated(east))
  expect(await wall.next()).toMatchObject({ negativeReview: { id: later } })
  await wall.end()
})

test('whoever names what his scope rules out is refused, on pages and streams alike', async () => {
  const hall = placementAt(county)
  const supervisor = supervisorOf(hall)
  const handler = staff('DEPARTMENT_HANDLER', {
    reach: 'REGION',
    regionPath: county,
    departmentId: hall.departmentId!,
  })
  const refused: [Viewer, object, string][] = [
    [supervisor, { hallId: newId() }, 'SCOPE_NOT_COVERED'],
    [supervisor, { hallId: `${hall.hallId}' or true --` }, 'SCOPE_NOT_COVERED'],
    [supervisor, { regionCode: '410100' }, 'SCOPE_NOT_COVERED'],
    [supervisor, { regionCode: '%' }, 'SCOPE_NOT_COVERED'],
    [handler, { departmentId: newId() }, 'SCOPE_NOT_COVERED'],
    [staff('CITIZEN', { reach: 'CASES', caseIds: [newId()] }), {}, 'SCOPE_NOT_COVERED'],
    [anonymousViewer, {}, 'UNAUTHENTICATED'],
  ]
  for (const [viewer, scope, code] of refused) {
    expect((await page(viewer, { scope })).codes).toEqual([code])
    const stream = (await scene.follow(viewer, subscription, { scope })) as ExecutionResult
    expect(stream.errors?.map(error => error.extensions.code)).toEqual([code])
  }
  expect((await page(supervisor, { first: 101 })).codes).toEqual(['PAGE_TOO_LARGE'])
})

test('what lies outside the scope is not there: neither by id, nor in lists, nor on entities', async () => {
  const [mine, other] = [placementAt(county), placementAt(county)]
  const fact = rated(other)
  const [foreign] = await scene.opened(fact)
  const { data, codes } = await scene.ask(
    supervisorOf(mine),
    `query Foreign($id: ID!, $representations: [_Any!]!) {
      negativeReview(id: $id) { id }
      openNegativeReviews { edges { node { id } } }
      _entities(representations: $representations) {
        ... on NegativeReview { state }
        ... on Evaluation { negativeReview { id } }
        ... on ServiceCase { negativeReviews { id } }
      }
    }`,
    {
      id: foreign,
      representations: [
        { __typename: 'NegativeReview', id: foreign },
        { __typename: 'Evaluation', id: fact.payload.evaluationId },
        { __typename: 'ServiceCase', id: fact.payload.caseId },
      ],
    },
  )
  expect({ data, codes }).toEqual({
    data: {
      negativeReview: null,
      openNegativeReviews: { edges: [] },
      _entities: [null, { negativeReview: null }, { negativeReviews: [] }],
    },
    codes: [],
  })
})

test('of an anonymous rating the unit sees neither the case nor the minute, and the case does not give it away', async () => {
  const hall = placementAt(county)
  const anonymous = rated(hall, { isAnonymous: true, evaluatedAt: '2026-11-21T01:47:13.500Z' })
  const named = rated(hall, { caseId: anonymous.payload.caseId })
  const [id, namedId] = await scene.opened(anonymous, named)
  const seenBy = (viewer: Viewer) =>
    scene.ask(
      viewer,
      `query Seen($id: ID!, $representations: [_Any!]!) {
        negativeReview(id: $id) { openedAt isAnonymous serviceCase { id } staffMember { id } }
        _entities(representations: $representations) { ... on ServiceCase { negativeReviews { id } } }
      }`,
      { id, representations: [{ __typename: 'ServiceCase', id: anonymous.payload.caseId }] },
    )
  const ofUnit = {
    negativeReview: {
      openedAt: '2026-11-21T01:00:00.000Z',
      isAnonymous: true,
      serviceCase: null,
      staffMember: { id: hall.staffMemberId },
    },
    _entities: [{ negativeReviews: [{ id: namedId }] }],
  }
  const department = { reach: 'REGION', regionPath: county, departmentId: hall.departmentId! } as const
  const window = { reach: 'REGION', regionPath: county, hallId: hall.hallId, windowId: hall.windowId } as const
  for (const viewer of [
    supervisorOf(hall),
    staff('DEPARTMENT_HANDLER', department),
    staff('WINDOW_STAFF', window),
    staff('INTEGRATION_CLIENT', window),
  ]) {
    expect(await seenBy(viewer)).toEqual({ data: ofUnit, codes: [] })
  }
  const { data } = await seenBy(managementBodyOf(city))
  expect(data).toEqual({
    negativeReview: {
      openedAt: '2026-11-21T01:47:13.500Z',
      isAnonymous: true,
      serviceCase: { id: anonymous.payload.caseId },
      staffMember: { id: hall.staffMemberId },
    },
    _entities: [{ negativeReviews: [id, namedId].sort((a, b) => (a! < b! ? 1 : -1)).map(each => ({ id: each })) }],
  })
})

test('the clock of an anonymous rating begins with the hour for the unit: no field, cursor or id tells the minute', async () => {
  const hall = placementAt(county)
  const [id] = await scene.opened(rated(hall, { isAnonymous: true, evaluatedAt: '2026-11-21T01:47:13.500Z' }))
  const seenBy = async (viewer: Viewer): Promise<Record<string, unknown>> => {
    const { data } = await scene.ask<Record<string, unknown>>(
      viewer,
      `query Seen($id: ID!) {
        negativeReview(id: $id) { id openedAt deadlines { id startedAt dueAt explanation { day reason reasonEnglish } } }
        openNegativeReviews { edges { cursor } pageInfo { endCursor } }
        negativeReviewFeed(after: "0") { events { at kind } }
        deadlineFeed(after: "0") { events { at kind deadline { startedAt dueAt } } }
      }`,
      { id },
    )
    const { edges } = data.openNegativeReviews as { edges: { cursor: string }[] }
    return { ...data, cursors: edges.map(({ cursor }) => Buffer.from(cursor, 'base64url').toString()) }
  }
  const hourInId = (text: string) => new Date(Number.parseInt(text.replaceAll('-', '').slice(0, 12), 16)).toISOString()
  const department = { reach: 'REGION', regionPath: county, departmentId: hall.departmentId! } as const
  for (const viewer of [supervisorOf(hall), staff('DEPARTMENT_HANDLER', department)]) {
    const seen = await seenBy(viewer)
    const review = seen.negativeReview as { deadlines: { id: string }[] }
    expect(review).toEqual({
      id,
      openedAt: '2026-11-21T01:00:00.000Z',
      deadlines: [
        {
          id: expect.any(String),
          startedAt: '2026-11-21T01:00:00.000Z',
          dueAt: '2026-11-22T01:00:00.000Z',
          explanation: [
            {
              day: '2026-11-21',
              reason: '连续计时，计入15小时0分0秒',
              reasonEnglish: 'runs without a break: 15 h 0 min 0 s counted',
            },
            {
              day: '2026-11-22',
              reason: '连续计时，计入9小时0分0秒',
              reasonEnglish: 'runs without a break: 9 h 0 min 0 s counted',
            },
          ],
        },
      ],
    })
    expect(seen.cursors).toEqual([JSON.stringify(['2026-11-22T01:00:00.000Z', id])])
    expect([id!, review.deadlines[0]!.id].map(hourInId)).toEqual(Array(2).fill('2026-11-21T01:00:00.000Z'))
    const told = [seen.negativeReviewFeed, seen.deadlineFeed] as { events: { at: string }[] }[]
    expect(told.flatMap(({ events }) => events.map(({ at }) => at.slice(13)))).toEqual(Array(2).fill(':00:00.000Z'))
  }
  const exact = { startedAt: '2026-11-21T01:47:13.500Z', dueAt: '2026-11-22T01:47:13.500Z' }
  const ofBody = await seenBy(managementBodyOf(city))
  expect(ofBody.negativeReview).toMatchObject({ openedAt: exact.startedAt, deadlines: [exact] })
})

test('open reviews come with least time left first, page by page, and a page of cards is two reads', async () => {
  const hall = placementAt(county)
  const supervisor = supervisorOf(hall)
  const hours = [5, 1, 9, 3, 7]
  const facts = hours.map(hour => rated(hall, { evaluatedAt: `2098-01-01T0${hour}:00:00.000Z` }))
  const ids = await scene.opened(...facts)
  const expected = [1, 3, 5, 7, 9].map(hour => ids[hours.indexOf(hour)])

  type Cards = {
    openNegativeReviews: {
      edges: { node: { id: string; deadlines: { kind: string }[] } }[]
      pageInfo: { hasNextPage: boolean; endCursor: string | null }
    }
  }
  const read = async (first: number, after: string | null) => {
    const { data } = await scene.ask<Cards>(
      supervisor,
      `query Cards($first: Int, $after: String) {
        openNegativeReviews(first: $first, after: $after) { edges { node { id deadlines { kind } } } pageInfo { hasNextPage endCursor } }
      }`,
      { first, after },
    )
    return data.openNegativeReviews
  }
  const seen: string[] = []
  for (let after: string | null = null; ; ) {
    const { edges, pageInfo } = await read(2, after)
    seen.push(...edges.map(({ node }) => node.id))
    if (!pageInfo.hasNextPage) break
    after = pageInfo.endCursor
  }
  expect(seen).toEqual(expected)
  expect(await scene.viewerReads(() => read(100, null))).toBe(2)
  const bad = await scene.ask(supervisor, '{ openNegativeReviews(after: "x") { edges { cursor } } }')
  expect(bad.codes).toEqual(['BAD_CURSOR'])
})

test('entities of one request are read in one statement a kind', async () => {
  const hall = placementAt(county)
  const facts = Array.from({ length: 20 }, () => rated(hall))
  const ids = await scene.opened(...facts)
  const representations = facts.map(({ payload }) => ({ __typename: 'Evaluation', id: payload.evaluationId }))
  let answer: { data: { _entities: { negativeReview: { id: string } }[] } } | null = null
  const reads = await scene.viewerReads(async () => {
    answer = await scene.ask(
      supervisorOf(hall),
      `query Entities($representations: [_Any!]!) {
        _entities(representations: $representations) { ... on Evaluation { negativeReview { id } } }
      }`,
      { representations },
    )
  })
  expect(answer!.data._entities.map(({ negativeReview }) => negativeReview.id)).toEqual(ids)
  expect(reads).toBe(1)
})

test('a silent feed says where it stands', async () => {
  const hall = placementAt(county)
  await scene.opened(rated(hall))
  const supervisor = supervisorOf(hall)
  const { latestPosition, epoch } = await page(supervisor)
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] })
  const wall = await follow(supervisor)
  const heartbeat = wall.next()
  const settled = { value: false }
  void heartbeat.then(() => {
    settled.value = true
  })
  while (!settled.value) {
    await vi.advanceTimersByTimeAsync(1_000)
    await new Promise(resolve => setImmediate(resolve))
  }
  vi.useRealTimers()
  expect(await heartbeat).toEqual({
    epoch,
    position: latestPosition,
    previousPosition: latestPosition,
    kind: 'HEARTBEAT',
    negativeReview: null,
  })
  await wall.end()
})

test('a restart of the subgraph loses nothing of its feed', async () => {
  const hall = placementAt(county)
  const supervisor = supervisorOf(hall)
  const [before] = await scene.opened(rated(hall))
  await scene.restart()
  const [after] = await scene.opened(rated(hall))
  const events = await waitFor(async () => {
    const { events } = await page(supervisor, { after: '0' })
    return events!.length === 2 && events
  })
  expect(events.map(event => event.negativeReview!.id)).toEqual([before, after])
  expect(events[1]!.previousPosition).toBe(events[0]!.position)
})
