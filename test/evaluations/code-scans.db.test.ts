import { parse } from 'graphql'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { calendarOf, isWorkday } from '../../subgraphs/shared/clock/calendar.ts'
import { calendarDaysFromChineseDays } from '../../subgraphs/shared/clock/calendar-from-chinese-days.ts'
import { addDays } from '../../subgraphs/shared/clock/shanghai-day.ts'
import type { Subgraph } from '../../subgraphs/shared/subgraph.ts'
import { anonymousViewer, type Viewer } from '../../subgraphs/shared/viewer.ts'
import { accountViewer, clientViewer, smallDirectory } from '../kit/small-directory.ts'
import {
  granted,
  openStaticCodeScene,
  request,
  retire,
  type StaticCodeScene,
  strayToken,
  tokenOf,
} from './static-code-scene.ts'

const { halls, staff } = smallDirectory
const [province, city, cityB, supervisor] = (['province', 'city', 'cityB', 'supervisor'] as const).map(
  accountViewer,
) as [Viewer, Viewer, Viewer, Viewer]

let scene: StaticCodeScene
let hallCode: { id: string; url: string; printedId: string }
let clerkCode: typeof hallCode
beforeAll(async () => {
  scene = await openStaticCodeScene()
  hallCode = await granted(scene, city, 'HALL', halls.hallA)
  clerkCode = await granted(scene, city, 'STAFF_MEMBER', staff.socialSecurityA)
})
afterAll(() => scene.stop())

const scanMutation = 'mutation ($token: String!) { countCodeScan(token: $token) }'
const scan = async (token: string): Promise<boolean> =>
  (await scene.ask(anonymousViewer, scanMutation, { token })).countCodeScan
/** The same at another process. */
async function scanAt(twin: Pick<Subgraph, 'execute'>, token: string): Promise<unknown> {
  const { data } = await twin.execute({ document: parse(scanMutation), variables: { token }, viewer: anonymousViewer })
  return data?.countCodeScan
}
const scansOf = async (id: string, days?: number, viewer = city) =>
  (
    await scene.ask(
      viewer,
      'query ($id: ID!, $days: Int) { staticCode(id: $id) { scans(days: $days) { day scans } } }',
      { id, days },
    )
  ).staticCode.scans

test('scans of many phones and two processes at once are counted to the last one, by Shanghai days', async () => {
  const twin = await scene.startTwin()
  const scanAtTwin = (token: string) => scanAt(twin, token)
  const tokens = [hallCode, clerkCode].map(tokenOf) as [string, string]
  const work = Array.from({ length: 400 }, (_, index) => (index % 3 === 0 ? scanAtTwin : scan)(tokens[index % 2]!))
  expect(new Set(await Promise.all(work))).toEqual(new Set([true]))
  expect(await scansOf(hallCode.id)).toEqual([{ day: '2026-11-20', scans: 200 }])
  expect(await scansOf(clerkCode.id)).toEqual([{ day: '2026-11-20', scans: 200 }])
  // 23:59:59 and 00:00 in Shanghai.
  scene.clock.now = new Date('2026-11-20T15:59:59.000Z')
  await scan(tokens[0])
  scene.clock.now = new Date('2026-11-20T16:00:00.000Z')
  await scan(tokens[0])
  expect(await scansOf(hallCode.id)).toEqual([
    { day: '2026-11-21', scans: 1 },
    { day: '2026-11-20', scans: 201 },
  ])
  expect(await scansOf(hallCode.id, 1)).toEqual([{ day: '2026-11-21', scans: 1 }])
  await twin.stop()
})

test('what was gathered is written when the process ends', async () => {
  const code = await granted(scene, city, 'HALL', halls.stationA)
  const twin = await scene.startTwin()
  const scans = Array.from({ length: 5 }, () => scanAt(twin, tokenOf(code)))
  await new Promise(resolve => setImmediate(resolve))
  await twin.stop()
  expect(await Promise.all(scans)).toEqual(Array(5).fill(true))
  expect(await scansOf(code.id)).toMatchObject([{ scans: 5 }])
})

test('a forged, stray or retired code counts nothing', async () => {
  const before = await scene.rows('select sum(scans)::int as scans from evaluations.code_scans')
  const token = tokenOf(hallCode)
  const altered = `${token[0] === 'Q' ? 'R' : 'Q'}${token.slice(1)}`
  for (const text of ['', 'x', altered, strayToken(scene), token.slice(1), `${token}A`])
    expect(await scan(text)).toBe(false)
  const code = await granted(scene, city, 'HALL', halls.hallA)
  await retire(scene, city, { id: code.id, reason: '破损' })
  expect(await scan(tokenOf(code))).toBe(false)
  expect(await scene.rows('select sum(scans)::int as scans from evaluations.code_scans')).toEqual(before)
})

test('how often a code is scanned is for staff; a senseless number of days is refused', async () => {
  const device = clientViewer('device')
  expect(await scansOf(clerkCode.id, 30, device)).toEqual([])
  const text = 'query ($id: ID!, $days: Int) { staticCode(id: $id) { scans(days: $days) { day } } }'
  for (const days of [0, 367, -1]) {
    expect(await scene.refusedWith(city, text, { id: clerkCode.id, days })).toEqual(['BAD_USER_INPUT'])
  }
})

test('a code that fell silent is suspected until somebody scans it or it is retired', async () => {
  const code = await granted(scene, cityB, 'HALL', halls.hallB)
  const calendar = calendarOf(calendarDaysFromChineseDays([2026]))
  const today = '2026-11-21'
  const workdays = Array.from({ length: 50 }, (_, i) => addDays(today, -1 - i)).filter(day => isWorkday(calendar, day))
  await scene.rows(
    `insert into evaluations.code_scans (static_code_id, day, scans) select $1, unnest($2::date[]), 12`,
    [code.id, workdays.slice(3)],
  )
  const isSuspected = async (viewer = cityB) =>
    (await scene.ask(viewer, 'query ($id: ID!) { staticCode(id: $id) { isScanDropSuspected } }', { id: code.id }))
      .staticCode.isScanDropSuspected
  expect(await isSuspected()).toBe(true)
  await scene.rows('insert into evaluations.code_scans values ($1, $2, 9)', [code.id, workdays[1]])
  expect(await isSuspected()).toBe(false)
  await scene.rows('update evaluations.code_scans set scans = 0 where static_code_id = $1 and day = $2', [
    code.id,
    workdays[1],
  ])
  expect(await isSuspected()).toBe(true)
  await retire(scene, cityB, { id: code.id, reason: '更换' })
  expect(await isSuspected()).toBe(false)
})

type Listed = {
  edges: { node: { id: string; printedId: string } }[]
  pageInfo: { hasNextPage: boolean; endCursor: string }
}
async function list(viewer: Viewer, filter: Record<string, unknown> | null = null, page: Record<string, unknown> = {}) {
  const text = `query ($filter: StaticCodeFilter, $first: Int, $after: String) {
    staticCodes(filter: $filter, first: $first, after: $after) { edges { node { id printedId } } pageInfo { hasNextPage endCursor } }
  }`
  const { staticCodes } = (await scene.ask(viewer, text, { filter, ...page })) as { staticCodes: Listed }
  return { ids: staticCodes.edges.map(({ node }) => node.id), ...staticCodes.pageInfo }
}

test('the ledger shows each his own codes, page by page, and is searched by printed id, name and number', async () => {
  const all = (await list(province)).ids
  expect(all.length).toBe((await list(city)).ids.length + (await list(cityB)).ids.length)
  const pages = []
  for (let after: string | undefined; ; ) {
    const page = await list(province, null, { first: 2, after })
    pages.push(...page.ids)
    if (!page.hasNextPage) break
    after = page.endCursor
  }
  expect(pages).toEqual(all)
  expect((await list(anonymousViewer)).ids).toEqual([])

  const tail = hallCode.printedId.replaceAll('-', '').slice(-6).toLowerCase()
  expect((await list(city, { search: tail })).ids).toEqual([hallCode.id])
  expect((await list(city, { search: hallCode.printedId })).ids).toEqual([hallCode.id])
  for (const search of ['林晓', 'sb001', ' ＳＢ００１ '])
    expect((await list(city, { search })).ids).toEqual([clerkCode.id])
  for (const search of ['%', '_', '江若云', '\0']) expect((await list(city, { search })).ids).toEqual([])
  expect((await list(city, { subjectKind: 'STAFF_MEMBER' })).ids).toEqual([clerkCode.id])
  expect((await list(province, { hallId: halls.hallB })).ids).toHaveLength(1)
  expect((await list(province, { state: 'RETIRED' })).ids).toHaveLength(2)
  expect((await list(city, { hallId: halls.hallB })).ids).toEqual([])
  expect((await list(city, { departmentId: 'x' })).ids).toEqual([])
  const text = 'query ($after: String, $first: Int) { staticCodes(after: $after, first: $first) { edges { cursor } } }'
  expect(await scene.refusedWith(city, text, { after: 'x' })).toEqual(['BAD_CURSOR'])
  expect(await scene.refusedWith(city, text, { first: 0 })).toEqual(['PAGE_TOO_LARGE'])
})

test('a code is found by its printed id however it is typed, by those in whose scope it lies', async () => {
  const text =
    'query ($printedId: String, $id: ID) { staticCode(printedId: $printedId, id: $id) { id svg png(scale: 1) } }'
  const find = async (viewer: Viewer, printedId: string) => (await scene.ask(viewer, text, { printedId })).staticCode
  const typed = ` ${hallCode.printedId.toLowerCase().replaceAll('-', ' ').replaceAll('0', 'o')}`
  expect(await find(supervisor, typed)).toMatchObject({ id: hallCode.id, svg: expect.stringMatching(/^<svg /) })
  for (const viewer of [cityB, anonymousViewer]) expect(await find(viewer, hallCode.printedId)).toBe(null)
  expect(await find(city, '41-0000-0001')).toBe(null)
  expect((await scene.ask(city, text, { id: 'x' })).staticCode).toBe(null)
  expect((await scene.ask(city, text, {})).staticCode).toBe(null)
})

const representations = `query ($representations: [_Any!]!) { _entities(representations: $representations) {
  ... on Hall { staticCodes { id } } ... on StaffMember { staticCode { id } } ... on StaticCode { printedId } } }`

test('hall and clerk show their codes in use, to the device at their window as well', async () => {
  const entities = [
    { __typename: 'Hall', id: halls.hallA },
    { __typename: 'StaffMember', id: staff.socialSecurityA },
    { __typename: 'StaffMember', id: staff.policeA },
    { __typename: 'StaticCode', id: clerkCode.id },
  ]
  const shown = async (viewer: Viewer) =>
    (await scene.ask(viewer, representations, { representations: entities }))._entities
  // Only applied for.
  await request(scene, supervisor, { subjectKind: 'STAFF_MEMBER', subjectIds: [staff.policeA] })
  const own = [
    { staticCodes: [{ id: hallCode.id }] },
    { staticCode: { id: clerkCode.id } },
    { staticCode: null },
    { printedId: clerkCode.printedId },
  ]
  for (const viewer of [city, supervisor, clientViewer('device')]) expect(await shown(viewer)).toEqual(own)
  const nothing = [{ staticCodes: [] }, { staticCode: null }, { staticCode: null }, null]
  for (const viewer of [cityB, anonymousViewer]) expect(await shown(viewer)).toEqual(nothing)
  // His own code, not those of his hall.
  expect(await shown(accountViewer('window'))).toEqual([{ staticCodes: [] }, ...own.slice(1)])
})
