import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { anonymousViewer, type Viewer } from '../../subgraphs/shared/viewer.ts'
import { caseRow } from '../kit/case-rows.ts'
import { type CasesScene, openCasesScene } from '../kit/cases-subgraph.ts'
import { accountViewer, clientViewer, serviceCodes, smallDirectory } from '../kit/small-directory.ts'
import { waitFor } from '../kit/wait-for.ts'

let scene: CasesScene
const ids = new Map<string, string>()
const inA = caseRow(1)
const openInA = caseRow(2, { state: '2', closedAt: null, windowNumber: 'A02' })
const policeInA = caseRow(3, { serviceCode: serviceCodes.identityCard, staffNumber: 'GA001', windowNumber: 'A02' })
const inB = caseRow(4, { regionCode: '410200', hall: '乙州市政务大厅', windowNumber: 'B01' })

beforeAll(async () => {
  scene = await openCasesScene()
  await report([inA, openInA, policeInA], clientViewer('windowSystem'))
  await report([inB], clientViewer('windowSystemB'))
})
afterAll(() => scene.stop())

async function report(cases: (typeof inA)[], viewer: Viewer) {
  const { reportCases } = await scene.ask<{
    reportCases: { results: { caseNumber: string; serviceCase: { id: string } }[] }
  }>(
    viewer,
    'mutation ($input: ReportCasesInput!) { reportCases(input: $input) { ... on ReportCasesSuccess { results { caseNumber serviceCase { id } } } } }',
    { input: { cases } },
  )
  for (const { caseNumber, serviceCase } of reportCases.results) ids.set(caseNumber, serviceCase.id)
}

const idOf = (row: typeof inA) => ids.get(row.caseNumber)!

const wholeCase = `caseNumber dataVersion state handlingKind isValid region { code parent { name } } department { name kind line { name } region { code } }
  hall { name kind address windows { number } } window { number hall { id } } staffMember { staffNumber name department { name } } matter { serviceCode name department { id } }
  taskItemCode queueNumber acceptedAt promisedAt legalLimitAt closedAt isAboveLegalLimit sourceSystem reportedAt
  applicant { kind maskedName maskedPhone maskedDocumentNumber }`

test('a case shows everything around it', async () => {
  const answer = await scene.ask(
    clientViewer('windowSystem'),
    `query ($caseNumber: String!) { serviceCase(caseNumber: $caseNumber) { ${wholeCase} } }`,
    { caseNumber: inA.caseNumber },
  )
  expect(answer).toEqual({
    serviceCase: {
      caseNumber: inA.caseNumber,
      dataVersion: 1,
      state: 'CLOSED',
      handlingKind: 'INSTANT',
      isValid: true,
      // The parent is the province, outside this system's scope.
      region: { code: '410100', parent: null },
      department: { name: '甲州市人社局', kind: 'GOVERNMENT', line: { name: '社会保障' }, region: { code: '410100' } },
      hall: {
        name: '甲州市政务大厅',
        kind: 'HALL',
        address: '甲州市示例路1号',
        windows: [{ number: 'A01' }, { number: 'A02' }],
      },
      window: { number: 'A01', hall: { id: smallDirectory.halls.hallA } },
      staffMember: { staffNumber: 'SB001', name: '林晓禾', department: { name: '甲州市人社局' } },
      matter: {
        serviceCode: serviceCodes.pension,
        name: '养老保险待遇核定',
        department: { id: smallDirectory.departments.socialSecurityA },
      },
      taskItemCode: null,
      queueNumber: 'A1',
      acceptedAt: '2026-11-19T01:00:00.000Z',
      promisedAt: null,
      legalLimitAt: '2026-11-30T15:59:59.000Z',
      closedAt: '2026-11-19T01:20:00.000Z',
      isAboveLegalLimit: false,
      sourceSystem: 'QUEUE-A',
      reportedAt: '2026-11-20T02:00:00.000Z',
      applicant: {
        kind: 'NATURAL_PERSON',
        maskedName: '苏**',
        maskedPhone: '139****0000',
        maskedDocumentNumber: expect.stringMatching(/^999\*+..$/),
      },
    },
  })
})

describe('nobody sees a case outside his scope, by whatever way he asks', () => {
  const viewers: [string, Viewer, (typeof inA)[]][] = [
    ['province', accountViewer('province'), [openInA, inA, policeInA, inB]],
    ['city A', accountViewer('city'), [openInA, inA, policeInA]],
    ['city B', accountViewer('cityB'), [inB]],
    ['handler of a department', accountViewer('handler'), [openInA, inA]],
    ['supervisor of hall A', accountViewer('supervisor'), [openInA, inA, policeInA]],
    ['window clerk', accountViewer('window'), [inA]],
    ['device of window A01', clientViewer('device'), [inA]],
    ['nobody', anonymousViewer, []],
  ]
  test.each(viewers)('%s', async (_name, viewer, visible) => {
    for (const row of [inA, openInA, policeInA, inB]) {
      const answer = await scene.ask<Record<string, unknown>>(
        viewer,
        `query ($caseNumber: String!, $id: ID!, $representations: [_Any!]!) {
           byNumber: serviceCase(caseNumber: $caseNumber) { id } byId: serviceCase(id: $id) { id }
           _entities(representations: $representations) { ... on ServiceCase { id caseNumber } }
         }`,
        {
          caseNumber: row.caseNumber,
          id: idOf(row),
          representations: [{ __typename: 'ServiceCase', id: idOf(row) }],
        },
      )
      const found = visible.includes(row)
      expect(answer).toEqual({
        byNumber: found ? { id: idOf(row) } : null,
        byId: found ? { id: idOf(row) } : null,
        _entities: [found ? { id: idOf(row), caseNumber: row.caseNumber } : null],
      })
    }
    const { serviceCases } = await scene.ask<{ serviceCases: { edges: { node: { caseNumber: string } }[] } }>(
      viewer,
      'query { serviceCases { edges { node { caseNumber } } } }',
    )
    expect(serviceCases.edges.map(edge => edge.node.caseNumber).sort()).toEqual(
      visible.map(row => row.caseNumber).sort(),
    )
  })
})

test('a zero character in what is asked for finds nothing', async () => {
  const text = '\u0000'
  expect(
    await scene.ask(
      accountViewer('province'),
      `query ($text: String!) { serviceCase(caseNumber: $text) { id } region(code: $text) { id }
         serviceCases(filter: { caseNumberPrefix: $text }) { edges { cursor } } }`,
      { text },
    ),
  ).toEqual({ serviceCase: null, region: null, serviceCases: { edges: [] } })
})

test('an id that is none, and a reference to what does not exist, are null', async () => {
  const representations = [
    'Region',
    'Department',
    'Line',
    'Hall',
    'Window',
    'StaffMember',
    'ServiceMatter',
    'ServiceCase',
  ].flatMap(__typename => [
    { __typename, id: 'not-an-id' },
    { __typename, id: '01900000-0000-7000-8000-999999999999' },
  ])
  const { _entities } = await scene.ask<{ _entities: unknown[] }>(
    accountViewer('province'),
    'query ($representations: [_Any!]!) { _entities(representations: $representations) { __typename } }',
    { representations },
  )
  expect(_entities).toEqual(Array(representations.length).fill(null))
})

test('every entity of the directory resolves by its key, a region also by its code', async () => {
  const { regions, departments, lines, halls, windows, staff, matters } = smallDirectory
  const answer = await scene.ask(
    accountViewer('city'),
    `query ($representations: [_Any!]!) { _entities(representations: $representations) {
       ... on Region { code name } ... on Department { name } ... on Line { name } ... on Hall { name } ... on Window { number }
       ... on StaffMember { staffNumber } ... on ServiceMatter { serviceCode } } }`,
    {
      representations: [
        { __typename: 'Region', id: regions.countyA },
        { __typename: 'Region', code: '410105' },
        { __typename: 'Region', code: '410200' },
        { __typename: 'Department', id: departments.policeA },
        { __typename: 'Line', id: lines.police },
        { __typename: 'Hall', id: halls.stationA },
        { __typename: 'Window', id: windows.a02 },
        { __typename: 'StaffMember', id: staff.policeA },
        { __typename: 'ServiceMatter', id: matters.licenceCountyA },
        { __typename: 'Hall', id: halls.hallB },
      ],
    },
  )
  expect(answer).toEqual({
    _entities: [
      { code: '410105', name: '甲东区' },
      { code: '410105', name: '甲东区' },
      null,
      { name: '甲州市公安局' },
      { name: '公安' },
      { name: '柳溪村便民服务站' },
      { number: 'A02' },
      { staffNumber: 'GA001' },
      { serviceCode: serviceCodes.licence },
      null,
    ],
  })
})

test('a supervisor sees numbers of staff but no names and no applicants, a clerk sees applicants masked', async () => {
  const look = (viewer: Viewer) =>
    scene.ask(
      viewer,
      'query ($id: ID!) { serviceCase(id: $id) { staffMember { staffNumber name } applicant { maskedName } } }',
      { id: idOf(inA) },
    )
  expect(await look(accountViewer('supervisor'))).toEqual({
    serviceCase: { staffMember: { staffNumber: 'SB001', name: null }, applicant: null },
  })
  expect(await look(accountViewer('window'))).toEqual({
    serviceCase: { staffMember: { staffNumber: 'SB001', name: '林晓禾' }, applicant: { maskedName: '苏**' } },
  })
  expect(await look(clientViewer('device'))).toEqual({
    serviceCase: { staffMember: { staffNumber: 'SB001', name: '林晓禾' }, applicant: null },
  })
})

test('nobody is no viewer; a clerk is one with his window and number', async () => {
  const document =
    'query { viewer { name role region { code } department { name } hall { name } window { number } staffMember { staffNumber } sessionExpiresAt } }'
  expect(await scene.ask(anonymousViewer, document)).toEqual({ viewer: null })
  expect(await scene.ask(accountViewer('window'), document)).toEqual({
    viewer: {
      name: 'window',
      role: 'WINDOW_STAFF',
      region: { code: '410100' },
      department: null,
      hall: { name: '甲州市政务大厅' },
      window: { number: 'A01' },
      staffMember: { staffNumber: 'SB001' },
      sessionExpiresAt: null,
    },
  })
})

describe('lists', () => {
  const page = async (viewer: Viewer, variables: Record<string, unknown>) => {
    const { serviceCases } = await scene.ask<{
      serviceCases: { edges: { node: { caseNumber: string } }[]; pageInfo: { hasNextPage: boolean; endCursor: string } }
    }>(
      viewer,
      `query ($filter: ServiceCaseFilter, $first: Int, $after: String) {
         serviceCases(filter: $filter, first: $first, after: $after) { edges { node { caseNumber } } pageInfo { hasNextPage endCursor } } }`,
      variables,
    )
    return { numbers: serviceCases.edges.map(edge => edge.node.caseNumber), ...serviceCases.pageInfo }
  }

  test('pages hold every case once, open ones first, then the latest closed, while new ones come in', async () => {
    const rows = Array.from({ length: 7 }, (_, n) =>
      caseRow(100 + n, {
        regionCode: '410200',
        hall: '乙州市政务大厅',
        windowNumber: 'B01',
        acceptedAt: '2026-11-18 08:00:00',
        closedAt: n < 2 ? null : `2026-11-18 09:0${Math.floor(n / 2)}:00`,
        state: n < 2 ? '2' : '3',
      }),
    )
    await report(rows, clientViewer('windowSystemB'))
    const viewer = accountViewer('cityB')
    const filter = { caseNumberPrefix: '410100202611190000010' }
    const all = (await page(viewer, { filter, first: 100 })).numbers
    expect(all).toHaveLength(7)
    expect(new Set(all.slice(0, 2))).toEqual(new Set(rows.slice(0, 2).map(row => row.caseNumber)))
    const closings = all.slice(2).map(number => rows.find(row => row.caseNumber === number)!.closedAt!)
    expect(closings).toEqual([...closings].sort().reverse())
    const paged: string[] = []
    let after: string | null = null
    for (let pages = 0; pages < 10; pages++) {
      const next = await page(viewer, { filter, first: 3, after })
      paged.push(...next.numbers)
      after = next.endCursor
      if (!next.hasNextPage) break
      await report(
        [caseRow(110 + pages, { ...rows[6], caseNumber: `99990020261119${pages}00000` })],
        clientViewer('windowSystemB'),
      )
    }
    expect(paged).toEqual(all)
  })

  test('filters narrow, also to what the viewer cannot see: then nothing comes', async () => {
    const city = accountViewer('city')
    const { halls, windows, departments } = smallDirectory
    expect((await page(city, { filter: { state: 'ACCEPTED' } })).numbers).toEqual([openInA.caseNumber])
    expect((await page(city, { filter: { windowId: windows.a01 } })).numbers).toEqual([inA.caseNumber])
    expect((await page(city, { filter: { departmentId: departments.policeA } })).numbers).toEqual([
      policeInA.caseNumber,
    ])
    expect((await page(city, { filter: { hallId: halls.hallB } })).numbers).toEqual([])
    expect((await page(city, { filter: { caseNumberPrefix: '%' } })).numbers).toEqual([])
    expect((await page(city, { filter: { windowId: 'A01' } })).numbers).toEqual([])
  })

  test('halls come by name and page', async () => {
    const halls = async (first: number, after: string | null) => {
      const answer = await scene.ask<{
        halls: { edges: { node: { name: string } }[]; pageInfo: { hasNextPage: boolean; endCursor: string } }
      }>(
        accountViewer('province'),
        'query ($first: Int, $after: String) { halls(first: $first, after: $after) { edges { node { name } } pageInfo { hasNextPage endCursor } } }',
        { first, after },
      )
      return answer.halls
    }
    const first = await halls(3, null)
    const second = await halls(3, first.pageInfo.endCursor)
    const names = [...first.edges, ...second.edges].map(edge => edge.node.name)
    expect(names).toEqual([...names].sort())
    expect(names).toHaveLength(4)
    expect([first.pageInfo.hasNextPage, second.pageInfo.hasNextPage]).toEqual([true, false])
  })

  test('a page of 101, a foreign cursor and a cursor that was tampered with are refused in words', async () => {
    const viewer = accountViewer('city')
    const cursor = (values: unknown) => Buffer.from(JSON.stringify(values)).toString('base64url')
    expect(await scene.refusedWith(viewer, '{ serviceCases(first: 101) { pageInfo { hasNextPage } } }')).toEqual([
      'PAGE_TOO_LARGE',
    ])
    for (const after of [
      'garbage',
      cursor(['one value']),
      cursor(['2026-11-20', 'no id']),
      cursor(['no time', idOf(inA)]),
      cursor([{}, idOf(inA)]),
    ]) {
      expect(
        await scene.refusedWith(
          viewer,
          'query ($after: String) { serviceCases(after: $after) { pageInfo { hasNextPage } } }',
          { after },
        ),
      ).toEqual(['BAD_CURSOR'])
    }
    expect(
      await scene.refusedWith(viewer, 'query ($after: String) { halls(after: $after) { pageInfo { hasNextPage } } }', {
        after: cursor(['name', 'no id']),
      }),
    ).toEqual(['BAD_CURSOR'])
  })
})

describe('closings at a window', () => {
  const feed = (viewer: Viewer, variables: Record<string, unknown>) =>
    scene.ask<{
      serviceCaseClosedFeed: {
        epoch: string
        latestPosition: string
        isReset: boolean
        events: { position: string; previousPosition: string; serviceCase: { caseNumber: string } | null }[]
      }
    }>(
      viewer,
      `query ($windowId: ID!, $after: String) { serviceCaseClosedFeed(windowId: $windowId, after: $after) {
         epoch latestPosition isReset serverTime events { position previousPosition isHeartbeat serviceCase { caseNumber } } } }`,
      variables,
    )

  test('the device of the window replays them, and is told to start over beyond the history', async () => {
    const windowId = smallDirectory.windows.a01
    const device = clientViewer('device')
    const { serviceCaseClosedFeed: page } = await waitFor(async () => {
      const answer = await feed(device, { windowId, after: '0' })
      return answer.serviceCaseClosedFeed.events.length > 0 && answer
    }, 'the closing')
    expect(page.events).toEqual([
      {
        position: page.latestPosition,
        previousPosition: '0',
        isHeartbeat: false,
        serviceCase: { caseNumber: inA.caseNumber },
      },
    ])
    const beyond = await feed(device, { windowId, after: '999999' })
    expect(beyond.serviceCaseClosedFeed).toMatchObject({ isReset: true, events: [] })
  })

  test('another window, another city and nobody are refused', async () => {
    const document = 'query ($windowId: ID!) { serviceCaseClosedFeed(windowId: $windowId) { epoch } }'
    const { a02, b01 } = smallDirectory.windows
    expect(await scene.refusedWith(clientViewer('device'), document, { windowId: a02 })).toEqual(['SCOPE_NOT_COVERED'])
    expect(await scene.refusedWith(accountViewer('city'), document, { windowId: b01 })).toEqual(['SCOPE_NOT_COVERED'])
    expect(await scene.refusedWith(accountViewer('city'), document, { windowId: 'x' })).toEqual(['SCOPE_NOT_COVERED'])
    expect(await scene.refusedWith(anonymousViewer, document, { windowId: a02 })).toEqual(['UNAUTHENTICATED'])
  })

  test('a closing reaches the live subscription with its case', async () => {
    const { parse } = await import('graphql')
    const stream = await scene.subgraph.subscribe({
      document: parse(
        'subscription ($windowId: ID!) { serviceCaseClosed(windowId: $windowId) { isHeartbeat previousPosition serviceCase { caseNumber staffMember { name } } } }',
      ),
      variables: { windowId: smallDirectory.windows.a02 },
      viewer: accountViewer('supervisor'),
    })
    if (!(Symbol.asyncIterator in stream)) throw new Error(JSON.stringify(stream))
    const first = stream.next()
    // The stream has read its start once its first read is done; a closing before that would be replayed by nobody.
    await feed(accountViewer('supervisor'), { windowId: smallDirectory.windows.a02 })
    await report([caseRow(2, { dataVersion: 2, windowNumber: 'A02' })], clientViewer('windowSystem'))
    expect((await first).value).toMatchObject({
      data: {
        serviceCaseClosed: {
          isHeartbeat: false,
          serviceCase: { caseNumber: openInA.caseNumber, staffMember: { name: null } },
        },
      },
    })
    await stream.return?.()
  })
})

test('a request is one transaction, however deep it asks', async () => {
  const before = scene.transactions()
  const { serviceCases } = await scene.ask<{ serviceCases: { edges: unknown[] } }>(
    accountViewer('province'),
    `query { serviceCases(first: 100) { edges { node { ${wholeCase} } } } halls { edges { node { windows { hall { region { parent { code } } } } } } } }`,
  )
  expect(serviceCases.edges.length).toBeGreaterThan(10)
  expect(scene.transactions() - before).toBe(1)
})

test('nothing on the way was an internal error', () => {
  expect(scene.logged).toEqual([])
})
