import { afterAll, beforeAll, expect, test } from 'vitest'
import { recordEvents } from '../../db/outbox.ts'
import { startRelay } from '../../db/relay.ts'
import { type StaticCodesChanged, staticCodesChangedType } from '../../subgraphs/shared/events/static-codes-changed.ts'
import { newId } from '../../subgraphs/shared/uuid.ts'
import { anonymousViewer, type Scope, systemViewer, type Viewer } from '../../subgraphs/shared/viewer.ts'
import { type CasesScene, openCasesScene } from '../kit/cases-subgraph.ts'
import { accountViewer, regionPaths, smallDirectory } from '../kit/small-directory.ts'
import { waitFor } from '../kit/wait-for.ts'

const { halls, staff, windows, departments, lines, regions } = smallDirectory
const everything: Scope = { reach: 'EVERYTHING', name: 'seed' }

let scene: CasesScene
beforeAll(async () => {
  scene = await openCasesScene()
})
afterAll(() => scene.stop())

const subjectQuery = `query ($kind: String!, $id: ID, $scope: String!) { staticCodeSubject(subjectKind: $kind, subjectId: $id, scope: $scope) }`
async function subject(kind: string, id: string | null, scope: Scope) {
  const variables = { kind, id, scope: JSON.stringify(scope) }
  const { staticCodeSubject } = await scene.ask(systemViewer('rating-code'), subjectQuery, variables)
  return staticCodeSubject === null ? null : JSON.parse(staticCodeSubject as string)
}
const scopeOf = (account: keyof typeof smallDirectory.accounts) => accountViewer(account).scope

const cityA = { cityCode: '410100', policyId: 'henan', regionPath: regionPaths.cityA, regionName: '甲州市' }
const management = { departmentId: departments.bureau, departmentName: '示例省政务服务局', lineId: null }
const nobody = { windowId: null, windowNumber: null, staffMemberId: null, staffNumber: null, staffName: null }

test('of a member of staff his own department answers, and his window is the one of his account', async () => {
  expect(await subject('STAFF_MEMBER', staff.socialSecurityA, scopeOf('supervisor'))).toEqual({
    subjectKind: 'STAFF_MEMBER',
    subjectId: staff.socialSecurityA,
    ...cityA,
    departmentId: departments.socialSecurityA,
    departmentName: '甲州市人社局',
    lineId: lines.socialSecurity,
    hallId: halls.hallA,
    hallName: '甲州市政务大厅',
    windowId: windows.a01,
    windowNumber: 'A01',
    staffMemberId: staff.socialSecurityA,
    staffNumber: 'SB001',
    staffName: '林晓禾',
  })
  expect(await subject('STAFF_MEMBER', staff.policeA, scopeOf('city'))).toMatchObject({
    staffName: '方亦宁',
    windowId: null,
  })
})

test('of a hall the nearest management body above answers, even where it lies outside the scope', async () => {
  const hall = { hallId: halls.hallA, hallName: '甲州市政务大厅' }
  expect(await subject('HALL', halls.hallA, scopeOf('supervisor'))).toEqual({
    subjectKind: 'HALL',
    subjectId: halls.hallA,
    ...cityA,
    ...management,
    ...hall,
    ...nobody,
  })
  const station = await subject('HALL', halls.stationA, scopeOf('city'))
  expect(station).toMatchObject({ ...management, hallName: '柳溪村便民服务站', regionPath: regionPaths.villageA })
})

test('of province and platform the management body of the province answers', async () => {
  for (const kind of ['PROVINCE', 'PLATFORM']) {
    const asked = await subject(kind, null, scopeOf('province'))
    expect(asked).toMatchObject({
      subjectKind: kind,
      subjectId: regions.province,
      ...management,
      hallId: null,
      ...nobody,
    })
  }
})

test('what the scope does not cover is as unknown as what nobody knows', async () => {
  const asked = await Promise.all([
    subject('HALL', halls.hallB, scopeOf('supervisor')),
    subject('HALL', halls.hallB, scopeOf('city')),
    subject('STAFF_MEMBER', staff.socialSecurityB, scopeOf('city')),
    subject('STAFF_MEMBER', staff.policeA, scopeOf('handler')),
    subject('PROVINCE', null, scopeOf('city')),
    subject('PLATFORM', regions.province, scopeOf('supervisor')),
    subject('HALL', newId(), scopeOf('province')),
    subject('HALL', null, scopeOf('province')),
    subject('HALL', "' or true --", scopeOf('province')),
    subject('CASE', halls.hallA, scopeOf('province')),
  ])
  expect(asked).toEqual(Array(10).fill(null))
})

test('a subject without any management body above has nobody who answers, so it is not offered', async () => {
  const set = (id: string | null) =>
    scene.database.inScope(everything, tx =>
      tx.query('update cases.regions set management_department_id = $1 where id = $2', [id, regions.province]),
    )
  await set(null)
  expect(await subject('HALL', halls.hallA, scopeOf('city'))).toBe(null)
  expect(await subject('STAFF_MEMBER', staff.policeA, scopeOf('city'))).not.toBe(null)
  await set(departments.bureau)
})

test('only the hub itself may ask', async () => {
  const variables = { kind: 'HALL', id: halls.hallA, scope: JSON.stringify(scopeOf('province')) }
  for (const viewer of [accountViewer('province'), anonymousViewer]) {
    expect(await scene.refusedWith(viewer, subjectQuery, variables)).toEqual(['NOT_PERMITTED'])
  }
})

const hallsQuery = `query ($first: Int, $after: String) {
  hallsWithoutStaticCode(first: $first, after: $after) { edges { cursor node { name } } pageInfo { hasNextPage endCursor } }
}`
const staffQuery = `query ($hallId: ID, $first: Int, $after: String) {
  staffWithoutStaticCode(hallId: $hallId, first: $first, after: $after) { edges { node { staffNumber } } pageInfo { hasNextPage endCursor } }
}`
type Names = {
  edges: { node: { name: string; staffNumber: string } }[]
  pageInfo: { hasNextPage: boolean; endCursor: string }
}
async function missingHalls(viewer: Viewer, page: { first?: number; after?: string } = {}) {
  const { hallsWithoutStaticCode: found } = await scene.ask<Record<string, Names>>(viewer, hallsQuery, page)
  return { names: found!.edges.map(({ node }) => node.name), ...found!.pageInfo }
}
async function missingStaff(viewer: Viewer, variables: Record<string, unknown> = {}) {
  const { staffWithoutStaticCode: found } = await scene.ask<Record<string, Names>>(viewer, staffQuery, variables)
  return found!.edges.map(({ node }) => node.staffNumber)
}

test('coverage follows the facts of the codes: halls and people drop out of the lists and come back', async () => {
  // Started after this subgraph: its consumer asks for what it missed.
  const relay = await startRelay({
    source: 'evaluations',
    database: scene.database,
    bus: scene.bus,
    log: text => void scene.logged.push(text),
  })
  const tell = (...facts: StaticCodesChanged[]) =>
    scene.database.inScope(everything, tx =>
      recordEvents(
        tx,
        'evaluations',
        facts.map(payload => ({
          type: staticCodesChangedType,
          feed: null,
          subjectId: payload.subjectId,
          occurredAt: scene.clock.now,
          placement: {
            regionPath: regionPaths.cityA,
            departmentId: null,
            lineId: null,
            hallId: null,
            windowId: null,
            staffMemberId: null,
          },
          payload,
        })),
      ),
    )
  const hall = (activeCount: number): StaticCodesChanged => ({
    subjectKind: 'HALL',
    subjectId: halls.hallA,
    activeCount,
  })
  const [both, onlyStation] = [['柳溪村便民服务站', '甲州市政务大厅'], ['柳溪村便民服务站']]
  expect((await missingHalls(accountViewer('city'))).names).toEqual(both)
  expect(await missingStaff(accountViewer('city'))).toEqual(['GA001', 'SB001'])

  await tell(hall(1), hall(2), { subjectKind: 'STAFF_MEMBER', subjectId: staff.policeA, activeCount: 1 })
  await waitFor(async () => (await missingStaff(accountViewer('city'))).length === 1, 'the fact of the clerk')
  expect(await missingStaff(accountViewer('city'))).toEqual(['SB001'])
  expect((await missingHalls(accountViewer('city'))).names).toEqual(onlyStation)
  expect((await missingHalls(accountViewer('supervisor'))).names).toEqual([])

  await tell(hall(1), hall(0))
  await waitFor(async () => (await missingHalls(accountViewer('city'))).names.length === 2, 'the retirement')
  await relay.stop()
})

test('the lists hold what lies in the viewer’s scope, page by page', async () => {
  const first = await missingHalls(accountViewer('province'), { first: 3 })
  const second = await missingHalls(accountViewer('province'), { first: 3, after: first.endCursor })
  expect([first.names.length, first.hasNextPage, second.names.length, second.hasNextPage]).toEqual([3, true, 1, false])
  expect(new Set([...first.names, ...second.names]).size).toBe(4)
  expect((await missingHalls(accountViewer('cityB'))).names).toEqual(['乙州市政务大厅'])
  expect(await missingStaff(accountViewer('cityB'))).toEqual(['SB001'])
  expect(await missingStaff(accountViewer('province'), { hallId: halls.hallDirect })).toEqual(['SJ001'])
  expect(await missingStaff(accountViewer('city'), { hallId: halls.hallDirect })).toEqual([])
  expect(await missingStaff(accountViewer('city'), { hallId: 'x' })).toEqual([])
  const citizen: Viewer = {
    ...anonymousViewer,
    kind: 'CITIZEN',
    role: 'CITIZEN',
    scope: { reach: 'CASES', caseIds: [] },
  }
  for (const nobody of [anonymousViewer, citizen]) {
    expect((await missingHalls(nobody)).names).toEqual([])
    expect(await missingStaff(nobody)).toEqual([])
  }
  expect(await scene.refusedWith(accountViewer('city'), staffQuery, { first: 101 })).toEqual(['PAGE_TOO_LARGE'])
  expect(await scene.refusedWith(accountViewer('city'), hallsQuery, { after: 'x' })).toEqual(['BAD_CURSOR'])
})
