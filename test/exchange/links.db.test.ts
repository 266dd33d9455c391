import { parse } from 'graphql'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { recordEvents } from '../../db/outbox.ts'
import { startRelay } from '../../db/relay.ts'
import { exchange } from '../../subgraphs/exchange/index.ts'
import { createMemoryBus } from '../../subgraphs/shared/bus/memory-bus.ts'
import type { CryptoPort } from '../../subgraphs/shared/crypto/crypto-port.ts'
import { type Database, openDatabase } from '../../subgraphs/shared/database.ts'
import type { NewEvent } from '../../subgraphs/shared/events/event.ts'
import type { ServableSubgraph } from '../../subgraphs/shared/local-subgraph.ts'
import { newId } from '../../subgraphs/shared/uuid.ts'
import { anonymousViewer, type Scope, type Viewer } from '../../subgraphs/shared/viewer.ts'
import { createTestDatabase, type TestDatabase } from '../kit/test-database.ts'
import { waitFor } from '../kit/wait-for.ts'

const everything: Scope = { reach: 'EVERYTHING', name: 'seed' }
const city = '/410000/410100/'
const county = '/410000/410100/410105/'
const log: string[] = []
const bus = createMemoryBus()
let server: TestDatabase
let database: Database
let relay: { stop(): Promise<void> }
let subgraph: ServableSubgraph

const start = () =>
  exchange.start({
    ...{ database, bus, crypto: {} as CryptoPort, now: () => new Date(), publicUrl: 'http://hub.test' },
    ...{ picturesUrl: 'file:///tmp/hub-test-pictures', smsUrl: null },
    log: {
      info: () => {},
      warn: (_fields, text) => void log.push(text),
      error: (_fields, text) => void log.push(text),
    },
    peer: () => {
      throw new Error('exchange asks no other subgraph')
    },
  })

beforeAll(async () => {
  server = await createTestDatabase()
  database = await openDatabase({ url: server.applicationUrl, entities: [], applicationName: 'test', poolSize: 15 })
  relay = await startRelay({ source: 'cases', database, bus, log: line => void log.push(line) })
  subgraph = await start()
})
afterAll(async () => {
  await subgraph.stop()
  await relay.stop()
  await database.close()
  await server.drop()
})

const staffOf = (scope: Scope): Viewer => ({
  ...{ ...anonymousViewer, id: newId(), kind: 'STAFF', role: 'MANAGEMENT_BODY', name: '主管', scope },
})
const cityBody = staffOf({ reach: 'REGION', regionPath: city })

async function register(sourceSystem: string, place: { regionPath?: string; hallId?: string | null } = {}) {
  const id = newId()
  await database.inScope(everything, tx =>
    tx.query(
      `insert into exchange.links (id, source_system, name, mode, state, region_id, region_path, hall_id)
       values ($1, $2, $3, 'PER_SYSTEM', 'LIVE', $4, $5, $6)`,
      [id, sourceSystem, `${sourceSystem} 窗口系统`, newId(), place.regionPath ?? county, place.hallId ?? null],
    ),
  )
  return id
}

function reported(sourceSystem: string, reportedAt: string, caseId = newId()): NewEvent {
  const nowhere = { departmentId: null, lineId: null, hallId: null, windowId: null, staffMemberId: null }
  return {
    ...{ type: 'ServiceCaseReported', feed: null, subjectId: caseId, occurredAt: new Date(reportedAt) },
    placement: { regionPath: county, ...nowhere },
    payload: { caseId, sourceSystem, reportedAt, caseNumber: 'SYNTH-1', state: 'CLOSED' },
  }
}

const report = (...events: NewEvent[]) => database.inScope(everything, tx => recordEvents(tx, 'cases', events))

async function ask<Data>(viewer: Viewer, query: string, variables: Record<string, unknown> = {}) {
  const { data, errors } = await subgraph.execute({ document: parse(query), variables, viewer })
  return {
    data: JSON.parse(JSON.stringify(data ?? null)) as Data,
    codes: errors?.map(error => error.extensions?.code) ?? [],
  }
}

type LinkFigures = { lastCaseAt: string | null; caseCount: number }
async function figures(id: string): Promise<LinkFigures> {
  const { data } = await ask<{ link: LinkFigures }>(
    cityBody,
    'query Link($id: ID!) { link(id: $id) { lastCaseAt caseCount } }',
    { id },
  )
  return data.link
}

test('a link shows how many cases came through it and when the last one did', async () => {
  const id = await register('win-a')
  expect(await figures(id)).toEqual({ lastCaseAt: null, caseCount: 0 })
  await report(
    reported('win-a', '2026-11-21T03:00:00.000Z'),
    reported('win-a', '2026-11-21T01:00:00.000Z'),
    reported('win-a', '2026-11-21T02:00:00.000Z'),
  )
  await waitFor(async () => (await figures(id)).caseCount === 3)
  expect(await figures(id)).toEqual({ lastCaseAt: '2026-11-21T03:00:00.000Z', caseCount: 3 })
})

test('each report is counted once, whatever is ended and begun again in between', async () => {
  const id = await register('win-b')
  const writing = (async () => {
    for (let count = 0; count < 80; count++) await report(reported('win-b', '2026-11-21T04:00:00.000Z'))
  })()
  for (const least of [5, 20, 40]) {
    await waitFor(async () => (await figures(id)).caseCount >= least)
    await subgraph.stop()
    subgraph = await start()
  }
  await writing
  const last = await register('win-b-last')
  await report(reported('win-b-last', '2026-11-21T04:00:01.000Z'))
  await waitFor(async () => (await figures(last)).caseCount === 1)
  expect((await figures(id)).caseCount).toBe(80)
})

test('a case tells through which link it came, and a changed case keeps its origin', async () => {
  const id = await register('win-c')
  const caseId = newId()
  await report(
    reported('win-c', '2026-11-21T05:00:00.000Z', caseId),
    reported('win-c', '2026-11-21T06:00:00.000Z', caseId),
  )
  await waitFor(async () => (await figures(id)).caseCount === 2)
  const linkOf = (viewer: Viewer) =>
    ask(
      viewer,
      `query Origin($representations: [_Any!]!) {
        _entities(representations: $representations) { ... on ServiceCase { link { sourceSystem name mode state region { id } hall { id } } } }
      }`,
      { representations: [{ __typename: 'ServiceCase', id: caseId }] },
    )
  const { data, codes } = await linkOf(cityBody)
  expect({ data, codes }).toEqual({
    data: {
      _entities: [
        {
          link: {
            ...{ sourceSystem: 'win-c', name: 'win-c 窗口系统', mode: 'PER_SYSTEM', state: 'LIVE', hall: null },
            region: { id: expect.stringMatching(/^[0-9a-f-]{36}$/) },
          },
        },
      ],
    },
    codes: [],
  })
  const foreign = await linkOf(staffOf({ reach: 'REGION', regionPath: '/410000/410200/' }))
  expect(foreign).toEqual({ data: { _entities: [{ link: null }] }, codes: [] })
})

test('a system that nobody registered is counted nowhere, invented nowhere and named in the log once', async () => {
  await report(...Array.from({ length: 5 }, () => reported('stranger', '2026-11-21T07:00:00.000Z')))
  const marker = await register('win-d')
  await report(reported('win-d', '2026-11-21T07:00:01.000Z'))
  await waitFor(async () => (await figures(marker)).caseCount === 1)
  const rows = await database.inScope(everything, tx =>
    tx.query(`select 1 from exchange.links where source_system = 'stranger'`),
  )
  expect(rows).toEqual([])
  expect(log.filter(line => line.includes('stranger'))).toEqual([
    'cases come from "stranger", for which no link is registered',
  ])
})

test('links come silent longest first, page by page, within the scope', async () => {
  const path = '/410000/410300/'
  const viewer = staffOf({ reach: 'REGION', regionPath: path })
  const never = await register('l-never', { regionPath: path })
  const recent = await register('l-recent', { regionPath: `${path}410302/` })
  const old = await register('l-old', { regionPath: path })
  await report(reported('l-recent', '2026-11-21T08:00:00.000Z'), reported('l-old', '2026-11-20T08:00:00.000Z'))
  const body = staffOf({ reach: 'REGION', regionPath: path })
  type Page = { links: { edges: { node: { id: string } }[]; pageInfo: { hasNextPage: boolean; endCursor: string } } }
  const read = async (after: string | null, first: number) => {
    const query = `query Links($after: String, $first: Int) {
      links(after: $after, first: $first) { edges { node { id } } pageInfo { hasNextPage endCursor } }
    }`
    return (await ask<Page>(viewer, query, { after, first })).data.links
  }
  await waitFor(async () => (await read(null, 10)).edges.at(-1)?.node.id === recent)
  const seen: string[] = []
  for (let after: string | null = null; ; ) {
    const { edges, pageInfo } = await read(after, 1)
    seen.push(...edges.map(({ node }) => node.id))
    if (!pageInfo.hasNextPage) break
    after = pageInfo.endCursor
  }
  expect(seen).toEqual([never, old, recent])
  expect((await ask(body, '{ links(first: 0) { edges { cursor } } }')).codes).toEqual(['PAGE_TOO_LARGE'])
  expect((await ask(anonymousViewer, '{ links { edges { cursor } } }')).codes).toEqual(['UNAUTHENTICATED'])
})

test('a hall lists the systems linked at it, those of many halls in one statement', async () => {
  const [hallA, hallB, hallC] = [newId(), newId(), newId()]
  const a = await register('hall-a', { hallId: hallA })
  const b = [await register('hall-b1', { hallId: hallB }), await register('hall-b2', { hallId: hallB })]
  const query = `query Halls($representations: [_Any!]!) {
    _entities(representations: $representations) { ... on Hall { links { id hall { id } } } }
  }`
  const representations = [hallA, hallB, hallC].map(id => ({ __typename: 'Hall', id }))
  const link = (id: string, hallId: string) => ({ id, hall: { id: hallId } })
  expect(await ask(cityBody, query, { representations })).toEqual({
    data: { _entities: [{ links: [link(a, hallA)] }, { links: b.map(id => link(id, hallB)) }, { links: [] }] },
    codes: [],
  })
  const supervisor = staffOf({ reach: 'REGION', regionPath: county, hallId: hallA })
  expect(await ask(supervisor, query, { representations })).toEqual({
    data: { _entities: [{ links: [link(a, hallA)] }, { links: [] }, { links: [] }] },
    codes: [],
  })
})
