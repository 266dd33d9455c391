import { afterAll, beforeAll, expect, test } from 'vitest'
import { newId } from '../../subgraphs/shared/uuid.ts'
import { anonymousViewer, type Viewer } from '../../subgraphs/shared/viewer.ts'
import { accountViewer, clientViewer, smallDirectory } from '../kit/small-directory.ts'
import { waitFor } from '../kit/wait-for.ts'
import {
  codeOf,
  decide,
  granted,
  openStaticCodeScene,
  request,
  retire,
  type StaticCodeScene,
  tokenOf,
} from './static-code-scene.ts'

const { halls, staff, departments } = smallDirectory
const [province, city, cityB, supervisor] = (['province', 'city', 'cityB', 'supervisor'] as const).map(
  accountViewer,
) as [Viewer, Viewer, Viewer, Viewer]
const hallA = { subjectKind: 'HALL', subjectIds: [halls.hallA] }

let scene: StaticCodeScene
beforeAll(async () => {
  scene = await openStaticCodeScene()
})
afterAll(() => scene.stop())

const facts = (subjectId: string) =>
  scene.rows<{ count: number }>(
    `select (payload ->> 'activeCount')::int as count from evaluations.outbox
     where type = 'StaticCodesChanged' and payload ->> 'subjectId' = $1 order by id`,
    [subjectId],
  )
const countsOf = async (subjectId: string) => (await facts(subjectId)).map(({ count }) => count)
const howMany = async () =>
  (await scene.rows<{ count: number }>('select count(*)::int as count from evaluations.static_codes'))[0]!.count

test('a supervisor applies for his hall and the management body grants it', async () => {
  const applied = await request(scene, supervisor, { ...hallA, reason: ' 门口易拉宝 ' })
  const [code] = applied.staticCodes
  expect(code).toEqual({
    id: expect.any(String),
    printedId: expect.stringMatching(/^41-[0-9A-HJKMNP-TV-Z]{4}-[0-9A-HJKMNP-TV-Z]{4}$/),
    state: 'REQUESTED',
    subjectKind: 'HALL',
    url: null,
    requestedAt: '2026-11-20T02:00:00.000Z',
    requestedBy: 'supervisor',
    requestReason: '门口易拉宝',
    decidedAt: null,
    decidedBy: null,
    decisionReason: null,
    retiredAt: null,
    retireReason: null,
    place: {
      subjectKind: 'HALL',
      name: '甲州市政务大厅',
      departmentName: '示例省政务服务局',
      hallName: '甲州市政务大厅',
      windowNumber: null,
      staffNumber: null,
      staffName: null,
      printedId: code.printedId,
    },
    staffMember: null,
    hall: { id: halls.hallA },
    department: { id: departments.bureau },
  })
  expect(await countsOf(halls.hallA)).toEqual([])

  const decided = await decide(scene, city, { ids: [code.id], isGranted: true })
  expect(decided.staticCodes).toEqual([
    { ...code, state: 'ACTIVE', url: expect.any(String), decidedAt: '2026-11-20T02:00:00.000Z', decidedBy: 'city' },
  ])
  const { url } = decided.staticCodes[0]
  expect(url).toMatch(/^http:\/\/hall\.example\.cn:4000\/r\/[A-Za-z0-9_-]{32}$/)
  expect(codeOf(scene, tokenOf({ url }))).toMatchObject({ ok: true, code: { kind: 'STATIC', point: 0 } })
  expect(await countsOf(halls.hallA)).toEqual([1])
  // Decided before: it stays as it was, whatever is decided now.
  const again = await decide(scene, city, { ids: [code.id], isGranted: false, reason: '重复' })
  expect(again.staticCodes[0].state).toBe('ACTIVE')
  expect(await countsOf(halls.hallA)).toEqual([1])
})

test('whoever may grant them himself has his codes in use at once, in the order that he asked for', async () => {
  const subjectIds = [staff.policeA, staff.socialSecurityA]
  const { staticCodes } = await request(scene, city, { subjectKind: 'STAFF_MEMBER', subjectIds })
  expect(
    staticCodes.map(({ state, staffMember, department, place }: Record<string, unknown>) => ({
      state,
      staffMember,
      department,
      place,
    })),
  ).toMatchObject([
    {
      state: 'ACTIVE',
      staffMember: { id: staff.policeA },
      department: { id: departments.policeA },
      place: { name: '方亦宁（工号 GA001）' },
    },
    {
      state: 'ACTIVE',
      staffMember: { id: staff.socialSecurityA },
      department: { id: departments.socialSecurityA },
      place: { name: '林晓禾（工号 SB001）', windowNumber: 'A01', hallName: '甲州市政务大厅' },
    },
  ])
  expect(new Set(staticCodes.map(({ url }: { url: string }) => url)).size).toBe(2)
  const again = await request(scene, supervisor, {
    subjectKind: 'STAFF_MEMBER',
    subjectIds: [staff.policeA, staff.policeA],
  })
  expect(again.staticCodes.map(({ id }: { id: string }) => id)).toEqual([staticCodes[0].id, staticCodes[0].id])
  expect(await countsOf(staff.policeA)).toEqual([1])
})

test('twenty requests at once for one person make one code', async () => {
  const before = await howMany()
  const input = { subjectKind: 'STAFF_MEMBER', subjectIds: [staff.socialSecurityB] }
  const answers = await Promise.all(Array.from({ length: 20 }, () => request(scene, cityB, input)))
  expect(new Set(answers.map(({ staticCodes }) => staticCodes[0].id)).size).toBe(1)
  expect(await howMany()).toBe(before + 1)
  expect(await countsOf(staff.socialSecurityB)).toEqual([1])
})

test('changes of one hall at the same moment are told one after another, the last with all of them', async () => {
  const input = { subjectKind: 'HALL', subjectIds: [halls.hallB] }
  const codes = await Promise.all(Array.from({ length: 12 }, () => request(scene, cityB, input)))
  expect((await countsOf(halls.hallB)).at(-1)).toBe(12)
  await Promise.all(codes.map(({ staticCodes }) => retire(scene, cityB, { id: staticCodes[0].id, reason: '更换' })))
  expect((await countsOf(halls.hallB)).at(-1)).toBe(0)
})

test('a pending application is granted when its decider asks for the same', async () => {
  await scene.rows(`update evaluations.static_codes set state = 'RETIRED' where staff_member_id = $1`, [staff.policeA])
  const input = { subjectKind: 'STAFF_MEMBER', subjectIds: [staff.policeA] }
  const pending = (await request(scene, supervisor, input)).staticCodes[0]
  expect(pending.state).toBe('REQUESTED')
  const [code] = (await request(scene, city, input)).staticCodes
  expect(code).toMatchObject({ id: pending.id, state: 'ACTIVE', requestedBy: 'supervisor', decidedBy: 'city' })
})

test('province and platform are for the bureau alone, and the platform’s code is for everyone to see', async () => {
  const platform = async (viewer: Viewer) =>
    (
      await scene.ask(
        viewer,
        '{ platformRatingCode { printedId url requestedBy decidedBy requestReason scans { day } evaluationCount isScanDropSuspected place { name departmentName } } }',
      )
    ).platformRatingCode
  expect(await platform(anonymousViewer)).toBe(null)
  for (const subjectKind of ['PROVINCE', 'PLATFORM']) {
    for (const viewer of [city, supervisor]) {
      expect((await request(scene, viewer, { subjectKind })).__typename).toBe('NotPermitted')
    }
  }
  expect((await granted(scene, province, 'PROVINCE')).place.name).toBe('示例省')
  const { printedId, url } = await granted(scene, province, 'PLATFORM')
  const place = { name: '本平台', departmentName: '示例省政务服务局' }
  expect(await platform(anonymousViewer)).toEqual({
    printedId,
    url,
    place,
    requestedBy: '示例省政务服务局',
    decidedBy: null,
    requestReason: null,
    scans: [],
    evaluationCount: 0,
    isScanDropSuspected: false,
  })
  expect(await platform(province)).toMatchObject({ printedId, requestedBy: 'province', decidedBy: 'province' })
})

test('who has no right is told so, and nothing is written', async () => {
  const before = await howMany()
  const { id } = await granted(scene, city, 'HALL', halls.hallA)
  const strangers = [
    ...(['handler', 'window', 'analyst', 'auditor'] as const).map(accountViewer),
    ...(['windowSystem', 'frontend', 'device'] as const).map(clientViewer),
    anonymousViewer,
  ]
  for (const viewer of strangers) {
    const typenames = [
      await request(scene, viewer, hallA),
      await decide(scene, viewer, { ids: [id], isGranted: true }),
      await retire(scene, viewer, { id, reason: '停用' }),
    ].map(({ __typename, code }) => `${__typename} ${code}`)
    expect([viewer.name, ...typenames]).toEqual([viewer.name, ...Array(3).fill('NotPermitted NOT_PERMITTED')])
  }
  expect((await decide(scene, supervisor, { ids: [id], isGranted: true })).__typename).toBe('NotPermitted')
  expect(await howMany()).toBe(before + 1)
})

test('a foreign hall or clerk is as unknown as none, and one of them spoils the whole application', async () => {
  const before = await howMany()
  const problemsOf = async (viewer: Viewer, subjectKind: string, subjectIds: string[]) => {
    const { __typename, code, problems } = await request(scene, viewer, { subjectKind, subjectIds })
    expect([__typename, code]).toEqual(['InvalidEvaluation', 'INVALID_INPUT'])
    return problems.map((problem: { path: string; code: string }) => `${problem.path} ${problem.code}`)
  }
  const second = ['subjectIds.1 SUBJECT_UNKNOWN']
  expect(await problemsOf(supervisor, 'HALL', [halls.hallA, halls.hallB])).toEqual(second)
  expect(await problemsOf(city, 'HALL', [halls.stationA, newId()])).toEqual(second)
  expect(await problemsOf(city, 'STAFF_MEMBER', [staff.policeA, staff.socialSecurityB])).toEqual(second)
  expect(await problemsOf(city, 'STAFF_MEMBER', [halls.hallA, 'x'])).toEqual([
    'subjectIds.0 SUBJECT_UNKNOWN',
    'subjectIds.1 SUBJECT_UNKNOWN',
  ])
  expect(await howMany()).toBe(before)
})

test('a senseless application names each fault', async () => {
  const faults = async (viewer: Viewer, input: Record<string, unknown>) =>
    (await request(scene, viewer, input)).problems.map(
      ({ path, code }: { path: string; code: string }) => `${path} ${code}`,
    )
  expect(await faults(city, { subjectKind: 'HALL' })).toEqual(['subjectIds SUBJECTS_COUNT'])
  expect(await faults(city, { ...hallA, subjectIds: Array(101).fill(halls.hallA), reason: '长'.repeat(201) })).toEqual([
    'subjectIds SUBJECTS_COUNT',
    'reason REASON_LENGTH',
  ])
  expect(await faults(province, { subjectKind: 'PROVINCE', subjectIds: [newId()] })).toEqual([
    'subjectIds SUBJECTS_NOT_TAKEN',
  ])
  expect(await faults(city, { subjectKind: 'CASE', subjectIds: [newId()] })).toEqual(['subjectKind SUBJECT_KIND'])
})

test('one place has at most twenty codes, and what goes beyond keeps none of its application', async () => {
  const input = { subjectKind: 'HALL', subjectIds: Array(20).fill(halls.hallDirect) }
  const first = await request(scene, province, input)
  expect(first.staticCodes).toHaveLength(20)
  const before = await howMany()
  const { problems } = await request(scene, province, {
    subjectKind: 'HALL',
    subjectIds: [halls.stationA, halls.hallDirect],
  })
  expect(problems).toMatchObject([{ path: 'subjectIds.1', code: 'CODES_COUNT' }])
  expect(await howMany()).toBe(before)
})

test('a refusal needs a reason and leaves the code without address', async () => {
  const { staticCodes } = await request(scene, supervisor, hallA)
  const [{ id }] = staticCodes
  const bare = await decide(scene, city, { ids: [id], isGranted: false })
  expect(bare.problems).toMatchObject([{ path: 'reason', code: 'REASON_LENGTH' }])
  expect((await decide(scene, city, { ids: [], isGranted: true })).problems).toMatchObject([
    { path: 'ids', code: 'IDS_COUNT' },
  ])
  const refusedCodes = await decide(scene, city, { ids: [id, id.toUpperCase()], isGranted: false, reason: '已有足够' })
  expect(refusedCodes.staticCodes).toHaveLength(2)
  expect(refusedCodes.staticCodes[1]).toMatchObject({
    id,
    state: 'REFUSED',
    url: null,
    decidedBy: 'city',
    decisionReason: '已有足够',
  })
})

test('another city’s codes, and ids of nothing, cannot be decided or retired', async () => {
  const { id } = (await request(scene, supervisor, hallA)).staticCodes[0]
  const own = (await request(scene, supervisor, hallA)).staticCodes[0]
  for (const unknown of [newId(), 'x', "' or true --"]) {
    expect(await decide(scene, city, { ids: [own.id, unknown], isGranted: true })).toMatchObject({
      __typename: 'StaticCodeNotFound',
      code: 'STATIC_CODE_UNKNOWN',
    })
    expect(await retire(scene, city, { id: unknown, reason: '停用' })).toMatchObject({
      __typename: 'StaticCodeNotFound',
    })
  }
  expect((await decide(scene, cityB, { ids: [id], isGranted: true })).__typename).toBe('StaticCodeNotFound')
  expect((await retire(scene, cityB, { id, reason: '停用' })).__typename).toBe('StaticCodeNotFound')
  const states = await scene.rows('select state from evaluations.static_codes where id = any($1::uuid[])', [
    [id, own.id],
  ])
  expect(states).toEqual([{ state: 'REQUESTED' }, { state: 'REQUESTED' }])
})

test('a code is retired once: its first reason stays, its address goes, and the hall is told', async () => {
  const code = await granted(scene, city, 'HALL', halls.stationA)
  expect((await retire(scene, city, { id: code.id, reason: '掉' })).problems).toMatchObject([{ path: 'reason' }])
  scene.clock.now = new Date('2026-11-20T03:00:00.000Z')
  const retired = (await retire(scene, city, { id: code.id, reason: '破损' })).staticCode
  expect(retired).toMatchObject({
    state: 'RETIRED',
    url: null,
    retiredAt: '2026-11-20T03:00:00.000Z',
    retireReason: '破损',
  })
  const again = (await retire(scene, province, { id: code.id, reason: '再次停用' })).staticCode
  expect(again).toEqual(retired)
  expect(await countsOf(halls.stationA)).toEqual([1, 0])
  const pending = (await request(scene, supervisor, hallA)).staticCodes[0]
  const before = await countsOf(halls.hallA)
  expect((await retire(scene, supervisor, { id: pending.id, reason: '撤回申领' })).staticCode.state).toBe('RETIRED')
  expect(await countsOf(halls.hallA)).toEqual(before)
})

test('halls without a code and those with one are known to the directory soon after', async () => {
  const missing = async () =>
    (
      await scene.askCases(province, '{ hallsWithoutStaticCode { edges { node { name } } } }')
    ).hallsWithoutStaticCode.edges.map(({ node }: { node: { name: string } }) => node.name)
  // All others have codes in use from the tests before.
  await waitFor(async () => (await missing()).length === 2, 'the coverage')
  expect(await missing()).toEqual(['乙州市政务大厅', '柳溪村便民服务站'])
  const code = await granted(scene, city, 'HALL', halls.stationA)
  await waitFor(async () => (await missing()).length === 1, 'the station')
  await retire(scene, city, { id: code.id, reason: '遗失' })
  await waitFor(async () => (await missing()).length === 2, 'the station without a code')
})
