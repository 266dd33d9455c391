import { afterAll, beforeAll, expect, test } from 'vitest'
import { anonymousViewer, systemViewer, type Viewer } from '../../subgraphs/shared/viewer.ts'
import { type CasesScene, openCasesScene } from '../kit/cases-subgraph.ts'
import { accountViewer, clientViewer, smallDirectory } from '../kit/small-directory.ts'

const { halls, windows } = smallDirectory
const supervisor = accountViewer('supervisor')
const province = accountViewer('province')

let scene: CasesScene
beforeAll(async () => {
  scene = await openCasesScene()
})
afterAll(() => scene.stop())

type DeviceData = { id: string; isOnline: boolean; records: { state: string; note: string; recordedBy: string }[] }
type Answer = {
  __typename: string
  code?: string
  device: DeviceData
  deviceKey: string
  problems?: { code: string }[]
}

const fields = `__typename
  ... on NotPermitted { code } ... on InvalidInput { code problems { path code message messageEnglish } }`
const device = `device { id name owner model state isOnline lastSeenAt registeredAt window { number } hall { name }
  records { state note recordedAt recordedBy } }`

const register = async (input: Record<string, unknown>, viewer: Viewer = supervisor): Promise<Answer> => {
  const { registerDevice } = await scene.ask<{ registerDevice: Answer }>(
    viewer,
    `mutation ($input: RegisterDeviceInput!) { registerDevice(input: $input) { ${fields}
       ... on RegisterDeviceSuccess { ${device} deviceKey } } }`,
    { input: { name: '评价器', owner: '大厅办公室', ...input } },
  )
  return registerDevice
}

const record = async (input: Record<string, unknown>, viewer: Viewer = supervisor): Promise<Answer> => {
  const { recordDevice } = await scene.ask<{ recordDevice: Answer }>(
    viewer,
    `mutation ($input: RecordDeviceInput!) { recordDevice(input: $input) { ${fields}
       ... on DeviceNotFound { code } ... on RecordDeviceSuccess { ${device} } } }`,
    { input },
  )
  return recordDevice
}

const renewKey = async (id: string, viewer: Viewer = supervisor): Promise<Answer> => {
  const { renewDeviceKey } = await scene.ask<{ renewDeviceKey: Answer }>(
    viewer,
    `mutation ($input: RenewDeviceKeyInput!) { renewDeviceKey(input: $input) { __typename
       ... on NotPermitted { code } ... on DeviceNotFound { code } ... on RenewDeviceKeySuccess { ${device} deviceKey } } }`,
    { input: { id } },
  )
  return renewDeviceKey
}

const identify = async (credential: string) => {
  const { identify } = await scene.ask<{ identify: string | null }>(
    systemViewer('door'),
    'query ($credential: String!) { identify(credential: $credential) }',
    { credential },
  )
  return identify ? (JSON.parse(identify) as Viewer) : null
}

type Page = { edges: { node: { id: string; number: string } }[]; pageInfo: { endCursor: string; hasNextPage: boolean } }
const page = async (viewer: Viewer, list: string, given = '') => {
  const data = await scene.ask<Record<string, Page>>(
    viewer,
    `{ ${list}${given} { edges { node { id ${list === 'devices' ? '' : 'number'} } } pageInfo { endCursor hasNextPage } } }`,
  )
  return data[list]!
}
const listed = async (viewer: Viewer, given = '') =>
  (await page(viewer, 'devices', given)).edges.map(({ node }) => node.id)
const windowsWithout = async (viewer: Viewer, given = '') =>
  (await page(viewer, 'windowsWithoutDevice', given)).edges.map(({ node }) => node.number)

const later = (seconds: number) => {
  scene.clock.now = new Date(scene.clock.now.getTime() + seconds * 1_000)
}

let atA01: Answer

test('a supervisor puts a device at his window; its key lets it in and is told once', async () => {
  atA01 = await register({ windowId: windows.a01, model: ' PJ-10 ' })
  expect(atA01).toEqual({
    __typename: 'RegisterDeviceSuccess',
    deviceKey: expect.stringMatching(/^hub_d_[A-Za-z0-9_-]{43}$/),
    device: {
      id: expect.any(String),
      name: '评价器',
      owner: '大厅办公室',
      model: 'PJ-10',
      state: 'IN_SERVICE',
      isOnline: false,
      lastSeenAt: null,
      registeredAt: '2026-11-20T02:00:00.000Z',
      window: { number: 'A01' },
      hall: { name: '甲州市政务大厅' },
      records: [
        {
          state: 'IN_SERVICE',
          note: '登记启用 Registered',
          recordedAt: '2026-11-20T02:00:00.000Z',
          recordedBy: 'supervisor',
        },
      ],
    },
  })
  const viewer = await identify(atA01.deviceKey)
  expect(viewer).toMatchObject({
    id: atA01.device.id,
    kind: 'CLIENT',
    role: 'DEVICE',
    name: '评价器',
    scope: { reach: 'REGION', hallId: halls.hallA, windowId: windows.a01 },
  })
  const own = await scene.ask(
    viewer!,
    `query ($id: ID!) { device(id: $id) { id isOnline window { device { id } } } }`,
    {
      id: viewer!.id,
    },
  )
  const { id } = atA01.device
  expect(own).toEqual({ device: { id, isOnline: true, window: { device: { id } } } })
})

test('a window has one device in use, even when two are put there at once', async () => {
  const answers = await Promise.all(Array.from({ length: 4 }, () => register({ windowId: windows.a02 })))
  expect(answers.map(({ __typename }) => __typename).sort()).toEqual([
    ...Array(3).fill('InvalidInput'),
    'RegisterDeviceSuccess',
  ])
  expect(await register({ windowId: windows.a01 })).toMatchObject({
    code: 'INVALID_INPUT',
    problems: [{ path: 'windowId', code: 'WINDOW_HAS_DEVICE' }],
  })
  const counts = await scene.database.inScope({ reach: 'EVERYTHING', name: 'seed' }, tx =>
    tx.query(`select count(*)::int as keys from cases.api_clients where name = '评价器'`),
  )
  expect(counts).toEqual([{ keys: 2 }])
})

test('whatever does not hold is named, and a window elsewhere looks like none', async () => {
  const codes = async (input: Record<string, unknown>) => (await register(input)).problems!.map(({ code }) => code)
  expect(await codes({ windowId: windows.b01 })).toEqual(['WINDOW_UNKNOWN'])
  expect(await codes({ windowId: 'no id' })).toEqual(['WINDOW_UNKNOWN'])
  expect(await codes({ windowId: windows.b01, name: ' ', owner: '责'.repeat(51), model: '型'.repeat(51) })).toEqual([
    'WINDOW_UNKNOWN',
    'MISSING',
    'TOO_LONG',
    'TOO_LONG',
  ])
})

test('devices of different halls may have the same name', async () => {
  expect(await register({ windowId: windows.b01 }, accountViewer('cityB'))).toMatchObject({
    __typename: 'RegisterDeviceSuccess',
  })
})

test('the ledger keeps what happened, and a retired device has no key and frees its window', async () => {
  const { id } = atA01.device
  later(60)
  expect(await record({ id, state: 'FAULTY', note: '触屏无反应' })).toMatchObject({
    device: { state: 'FAULTY', records: [{ state: 'FAULTY', note: '触屏无反应' }, { state: 'IN_SERVICE' }] },
  })
  expect(await identify(atA01.deviceKey)).not.toBeNull()
  expect(await record({ id, state: 'IN_REPAIR', note: '修' })).toMatchObject({ problems: [{ code: 'TOO_SHORT' }] })
  expect(await record({ id, state: 'IN_REPAIR', note: '修'.repeat(201) })).toMatchObject({
    problems: [{ code: 'TOO_LONG' }],
  })
  expect((await record({ id, state: 'RETIRED', note: '报废' })).device.records).toHaveLength(3)
  expect(await identify(atA01.deviceKey)).toBeNull()
  expect(await record({ id, state: 'IN_SERVICE', note: '误操作' })).toMatchObject({
    problems: [{ path: 'state', code: 'DEVICE_RETIRED' }],
  })
  expect(await renewKey(id)).toMatchObject({ __typename: 'DeviceNotFound' })
  const next = await register({ windowId: windows.a01 })
  expect(next.__typename).toBe('RegisterDeviceSuccess')
  const { hall } = await scene.ask<{ hall: { windows: { device: { id: string } | null }[] } }>(
    supervisor,
    `{ hall(id: "${halls.hallA}") { windows { device { id } } } }`,
  )
  expect(hall.windows[0]!.device).toEqual({ id: next.device.id })
  atA01 = next
})

test('a new key replaces the one before at once', async () => {
  const renewed = await renewKey(atA01.device.id)
  expect(renewed).toMatchObject({ __typename: 'RenewDeviceKeySuccess', device: { id: atA01.device.id } })
  expect(await identify(atA01.deviceKey)).toBeNull()
  expect(await identify(renewed.deviceKey)).toMatchObject({ id: atA01.device.id })
  atA01 = renewed
})

test('a device is online for five minutes after it was heard of', async () => {
  const isOnline = async () =>
    (await scene.ask<{ device: DeviceData }>(supervisor, `{ device(id: "${atA01.device.id}") { isOnline } }`)).device
      .isOnline
  later(61)
  await identify(atA01.deviceKey)
  later(299)
  expect(await isOnline()).toBe(true)
  expect(await listed(supervisor, '(filter: { isOnline: true })')).toEqual([atA01.device.id])
  later(1)
  expect(await isOnline()).toBe(false)
  expect(await listed(supervisor, '(filter: { isOnline: true })')).toEqual([])
  expect(await listed(supervisor, '(filter: { isOnline: false })')).toContain(atA01.device.id)
})

test('the list begins with the faulty, then those silent longest, the retired ones last, and goes on page by page', async () => {
  const place = { registeredAt: scene.clock.now, hallId: halls.hallA }
  const made: Record<string, string> = {}
  const seen = { faulty: 1, silent: 500, never: null, fresh: 2, repair: 90, gone: null } as const
  const states = { faulty: 'FAULTY', repair: 'IN_REPAIR', gone: 'RETIRED' } as Record<string, string>
  await scene.database.inScope({ reach: 'EVERYTHING', name: 'seed' }, async tx => {
    for (const [n, [name, minutes]] of Object.entries(seen).entries()) {
      const id = `01900000-0000-7000-8000-00000000020${n}`
      const windowId = `01900000-0000-7000-8000-00000000030${n}`
      const at = minutes === null ? null : new Date(place.registeredAt.getTime() - minutes * 60_000)
      await tx.query(
        `insert into cases.windows (id, hall_id, number, name, region_path) values ($1, $2, $3, $3, '/410000/410100/')`,
        [windowId, place.hallId, `L0${n}`],
      )
      await tx.query(
        `insert into cases.api_clients (id, name, role, key_hash, last_seen_at) values ($1, $2, 'DEVICE', $3, $4)`,
        [id, name, Buffer.from(id), at],
      )
      await tx.query(
        `insert into cases.devices (id, owner, state, registered_at, region_path, hall_id, window_id)
         values ($1, 'o', $2, $3, '/410000/410100/', $4, $5)`,
        [id, states[name] ?? 'IN_SERVICE', place.registeredAt, place.hallId, windowId],
      )
      made[name] = id
    }
  })
  const isMade = (id: string) => Object.values(made).includes(id)
  const expected = [made.faulty, made.never, made.silent, made.repair, made.fresh, made.gone]
  expect((await listed(supervisor, '(first: 100)')).filter(isMade)).toEqual(expected)
  const paged: string[] = []
  for (let after = ''; ; ) {
    const { edges, pageInfo } = await page(supervisor, 'devices', `(first: 2${after})`)
    paged.push(...edges.map(({ node }) => node.id))
    if (!pageInfo.hasNextPage) break
    after = `, after: "${pageInfo.endCursor}"`
  }
  expect(paged).toEqual(await listed(supervisor, '(first: 100)'))
  expect(await listed(supervisor, '(filter: { state: FAULTY })')).toEqual([made.faulty])
  expect(await listed(province, `(filter: { hallId: "${halls.hallB}" })`)).toHaveLength(1)
  expect(await listed(province, '(filter: { hallId: "x" })')).toEqual([])
  expect(await scene.refusedWith(supervisor, '{ devices(after: "bm8=") { pageInfo { hasNextPage } } }')).toEqual([
    'BAD_CURSOR',
  ])
})

test('windows without a device are listed by hall and number, as far as the viewer sees their devices', async () => {
  expect(await windowsWithout(supervisor)).toEqual(['L05'])
  expect(await windowsWithout(province)).toEqual(['C01', 'L05'])
  expect(await windowsWithout(province, '(first: 1)')).toEqual(['C01'])
  const { pageInfo } = await page(province, 'windowsWithoutDevice', '(first: 1)')
  expect(await windowsWithout(province, `(first: 1, after: "${pageInfo.endCursor}")`)).toEqual(['L05'])
  expect(await windowsWithout(province, `(hallId: "${halls.hallDirect}")`)).toEqual(['C01'])
  expect(await windowsWithout(province, '(hallId: "x")')).toEqual([])
  expect(await windowsWithout(accountViewer('window'))).toEqual([])
  expect(await windowsWithout(anonymousViewer)).toEqual([])
  const citizen: Viewer = {
    ...anonymousViewer,
    kind: 'CITIZEN',
    role: 'CITIZEN',
    scope: { reach: 'CASES', caseIds: [] },
  }
  expect(await windowsWithout(citizen)).toEqual([])
  expect(await listed(citizen)).toEqual([])
})

test('no device of another hall or city is seen or changed, and only those who keep the ledger write', async () => {
  const { id } = atA01.device
  for (const viewer of [accountViewer('cityB'), clientViewer('directSystem'), anonymousViewer]) {
    expect(await scene.ask(viewer, `{ device(id: "${id}") { id } }`)).toEqual({ device: null })
    expect(await listed(viewer)).not.toContain(id)
  }
  expect(await record({ id, state: 'RETIRED', note: '停用' }, accountViewer('cityB'))).toMatchObject({
    __typename: 'DeviceNotFound',
    code: 'DEVICE_UNKNOWN',
  })
  expect(await renewKey(id, accountViewer('cityB'))).toMatchObject({ code: 'DEVICE_UNKNOWN' })
  expect(await renewKey('x')).toMatchObject({ code: 'DEVICE_UNKNOWN' })
  const others = [accountViewer('window'), accountViewer('handler'), clientViewer('device'), anonymousViewer]
  for (const viewer of others) {
    expect(await register({ windowId: windows.a01 }, viewer)).toMatchObject({ code: 'NOT_PERMITTED' })
    expect(await record({ id, state: 'RETIRED', note: '停用' }, viewer)).toMatchObject({ code: 'NOT_PERMITTED' })
    expect(await renewKey(id, viewer)).toMatchObject({ code: 'NOT_PERMITTED' })
  }
  expect(await identify(atA01.deviceKey)).not.toBeNull()
})
