import { createHash } from 'node:crypto'
import { hash } from '@node-rs/argon2'
import type { Database, Transaction } from '../../subgraphs/shared/database.ts'
import type { Role, Scope, Viewer } from '../../subgraphs/shared/viewer.ts'

const id = (number: number) => `01900000-0000-7000-8000-${String(number).padStart(12, '0')}`

/** Parent paths of the regions: the directly administered county keeps a code that looks like city A's. */
export const regionPaths = {
  province: '/410000/',
  cityA: '/410000/410100/',
  countyA: '/410000/410100/410105/',
  townshipA: '/410000/410100/410105/410105001000/',
  villageA: '/410000/410100/410105/410105001000/410105001201/',
  cityB: '/410000/410200/',
  countyB: '/410000/410200/410205/',
  directCounty: '/410000/410181/',
} as const

type RegionName = keyof typeof regionPaths

/** An invented province with two cities and one directly administered county: the directory that tests share. */
export const smallDirectory = {
  regions: {
    province: id(1),
    cityA: id(2),
    countyA: id(3),
    townshipA: id(4),
    villageA: id(5),
    cityB: id(6),
    countyB: id(7),
    directCounty: id(8),
  },
  lines: { socialSecurity: id(20), police: id(21) },
  departments: {
    bureau: id(30),
    socialSecurityA: id(31),
    policeA: id(32),
    marketCountyA: id(33),
    socialSecurityB: id(34),
    marketDirect: id(35),
  },
  halls: { hallA: id(40), stationA: id(41), hallB: id(42), hallDirect: id(43) },
  windows: { a01: id(50), a02: id(51), b01: id(52), c01: id(53) },
  staff: { socialSecurityA: id(60), policeA: id(61), socialSecurityB: id(62), marketDirect: id(63) },
  matters: { pensionA: id(70), identityCardA: id(71), licenceCountyA: id(72), pensionB: id(73), licenceDirect: id(74) },
  accounts: {
    province: id(80),
    city: id(81),
    cityB: id(82),
    handler: id(83),
    supervisor: id(84),
    window: id(85),
    analyst: id(86),
    auditor: id(87),
    newcomer: id(88),
    retired: id(89),
  },
  clients: {
    windowSystem: id(90),
    windowSystemB: id(91),
    directSystem: id(92),
    frontend: id(93),
    device: id(94),
    closedSystem: id(95),
  },
} as const

/** Service codes of the matters; pension is the same matter in both cities. */
export const serviceCodes = {
  pension: '000114001000',
  identityCard: '000109002000',
  licence: '000131003000',
} as const

/** Password of every account of the small directory. */
export const smallDirectoryPassword = '示例-password-7'

type Holder = { role: Role; region: RegionName } & Partial<
  Record<'departmentId' | 'lineId' | 'hallId' | 'windowId' | 'staffMemberId', string>
>

const { departments, halls, lines, staff, windows } = smallDirectory

const accountHolders: Record<keyof typeof smallDirectory.accounts, Holder> = {
  province: { role: 'PROVINCIAL_BUREAU', region: 'province' },
  city: { role: 'MANAGEMENT_BODY', region: 'cityA' },
  cityB: { role: 'MANAGEMENT_BODY', region: 'cityB' },
  handler: { role: 'DEPARTMENT_HANDLER', region: 'cityA', departmentId: departments.socialSecurityA },
  supervisor: { role: 'HALL_SUPERVISOR', region: 'cityA', hallId: halls.hallA },
  window: {
    role: 'WINDOW_STAFF',
    region: 'cityA',
    hallId: halls.hallA,
    windowId: windows.a01,
    staffMemberId: staff.socialSecurityA,
  },
  analyst: { role: 'ANALYST', region: 'cityA' },
  auditor: { role: 'AUDITOR', region: 'province' },
  newcomer: { role: 'ANALYST', region: 'cityA' },
  retired: { role: 'ANALYST', region: 'cityA' },
}

const clientHolders: Record<keyof typeof smallDirectory.clients, Holder & { sourceSystem: string | null }> = {
  windowSystem: { role: 'INTEGRATION_CLIENT', region: 'cityA', sourceSystem: 'QUEUE-A' },
  windowSystemB: { role: 'INTEGRATION_CLIENT', region: 'cityB', sourceSystem: 'QUEUE-B' },
  directSystem: { role: 'INTEGRATION_CLIENT', region: 'directCounty', sourceSystem: 'QUEUE-C' },
  frontend: { role: 'FRONTEND_CLIENT', region: 'province', sourceSystem: null },
  device: { role: 'DEVICE', region: 'cityA', hallId: halls.hallA, windowId: windows.a01, sourceSystem: null },
  closedSystem: { role: 'INTEGRATION_CLIENT', region: 'cityA', sourceSystem: 'OLD' },
}

/** Key of a client (`hub_k_…`) or device (`hub_d_…`) of the small directory. */
export function clientKey(client: keyof typeof smallDirectory.clients): string {
  const prefix = client === 'device' ? 'hub_d_' : 'hub_k_'
  return prefix + createHash('sha256').update(`small directory ${client}`).digest('base64url')
}

function scopeOf({ role: _role, region, ...narrowing }: Holder): Scope {
  return { reach: 'REGION', regionPath: regionPaths[region], ...narrowing }
}

/** The viewer that an account of the small directory becomes when it is signed in. */
export function accountViewer(account: keyof typeof smallDirectory.accounts): Viewer {
  const holder = accountHolders[account]
  return {
    id: smallDirectory.accounts[account],
    kind: 'STAFF',
    role: holder.role,
    name: account,
    scope: scopeOf(holder),
    sessionId: null,
    expiresAt: null,
  }
}

/** The viewer that a client or device of the small directory becomes by its key. */
export function clientViewer(client: keyof typeof smallDirectory.clients): Viewer {
  const { sourceSystem: _sourceSystem, ...holder } = clientHolders[client]
  return {
    id: smallDirectory.clients[client],
    kind: 'CLIENT',
    role: holder.role,
    name: client,
    scope: scopeOf(holder),
    sessionId: null,
    expiresAt: null,
  }
}

/** Writes the small directory into an empty database. */
export async function seedSmallDirectory(database: Database): Promise<void> {
  // Weakest setting that argon2 takes: tests prove the rules around the hash, not its cost.
  const passwordHash = await hash(smallDirectoryPassword, { memoryCost: 8, timeCost: 1, parallelism: 1 })
  await database.inScope({ reach: 'EVERYTHING', name: 'seed' }, async tx => {
    await seedRegions(tx)
    await seedUnits(tx)
    await seedHolders(tx, passwordHash)
  })
}

/** Inserts rows given as objects whose keys are the columns of the first one. */
async function insert(tx: Transaction, table: string, rows: Record<string, unknown>[]): Promise<void> {
  const columns = Object.keys(rows[0]!)
  const values = rows.map(
    (_row, index) => `(${columns.map((_column, at) => `$${index * columns.length + at + 1}`).join(', ')})`,
  )
  await tx.query(
    `insert into ${table} (${columns.join(', ')}) values ${values.join(', ')}`,
    rows.flatMap(row => columns.map(column => row[column])),
  )
}

async function seedRegions(tx: Transaction): Promise<void> {
  const region = (name: RegionName, level: string, label: string, parent: RegionName | null, policyId: string) => {
    const codes = regionPaths[name].split('/').filter(Boolean)
    return {
      id: smallDirectory.regions[name],
      code: codes.at(-1),
      name: label,
      level,
      parent_id: parent && smallDirectory.regions[parent],
      region_path: regionPaths[name],
      city_code: codes[1] ?? codes[0],
      is_directly_administered: name === 'directCounty',
      policy_id: policyId,
    }
  }
  await insert(tx, 'cases.regions', [
    region('province', 'PROVINCE', '示例省', null, 'henan'),
    region('cityA', 'CITY', '甲州市', 'province', 'henan'),
    region('countyA', 'COUNTY', '甲东区', 'cityA', 'henan'),
    region('townshipA', 'TOWNSHIP', '柳溪镇', 'countyA', 'henan'),
    region('villageA', 'VILLAGE', '柳溪村', 'townshipA', 'henan'),
    region('cityB', 'CITY', '乙州市', 'province', 'sanmenxia'),
    region('countyB', 'COUNTY', '乙南县', 'cityB', 'sanmenxia'),
    region('directCounty', 'COUNTY', '丙县', 'province', 'xuchang'),
  ])
}

async function seedUnits(tx: Transaction): Promise<void> {
  const placed = (name: RegionName) => ({ region_id: smallDirectory.regions[name], region_path: regionPaths[name] })
  await insert(tx, 'cases.lines', [
    { id: lines.socialSecurity, name: '社会保障' },
    { id: lines.police, name: '公安' },
  ])
  const department = (id: string, name: string, region: RegionName, lineId: string | null) => ({
    id,
    name,
    kind: 'GOVERNMENT',
    ...placed(region),
    line_id: lineId,
  })
  await insert(tx, 'cases.departments', [
    department(departments.bureau, '示例省政务服务局', 'province', null),
    department(departments.socialSecurityA, '甲州市人社局', 'cityA', lines.socialSecurity),
    department(departments.policeA, '甲州市公安局', 'cityA', lines.police),
    department(departments.marketCountyA, '甲东区市场监管局', 'countyA', null),
    department(departments.socialSecurityB, '乙州市人社局', 'cityB', lines.socialSecurity),
    department(departments.marketDirect, '丙县市场监管局', 'directCounty', null),
  ])
  await tx.query('update cases.regions set management_department_id = $1 where id = $2', [
    departments.bureau,
    smallDirectory.regions.province,
  ])
  await insert(tx, 'cases.halls', [
    { id: halls.hallA, name: '甲州市政务大厅', kind: 'HALL', address: '甲州市示例路1号', ...placed('cityA') },
    { id: halls.stationA, name: '柳溪村便民服务站', kind: 'STATION', address: null, ...placed('villageA') },
    { id: halls.hallB, name: '乙州市政务大厅', kind: 'HALL', address: '乙州市示例路2号', ...placed('cityB') },
    { id: halls.hallDirect, name: '丙县政务大厅', kind: 'HALL', address: null, ...placed('directCounty') },
  ])
  const window = (id: string, hallId: string, number: string, region: RegionName) => ({
    id,
    hall_id: hallId,
    number,
    name: `${number}综合窗口`,
    region_path: regionPaths[region],
  })
  await insert(tx, 'cases.windows', [
    window(windows.a01, halls.hallA, 'A01', 'cityA'),
    window(windows.a02, halls.hallA, 'A02', 'cityA'),
    window(windows.b01, halls.hallB, 'B01', 'cityB'),
    window(windows.c01, halls.hallDirect, 'C01', 'directCounty'),
  ])
  const member = (id: string, number: string, name: string, departmentId: string, region: RegionName) => ({
    id,
    staff_number: number,
    name,
    department_id: departmentId,
    line_id: departmentId === departments.policeA ? lines.police : null,
    hall_id: region === 'cityA' ? halls.hallA : region === 'cityB' ? halls.hallB : halls.hallDirect,
    region_path: regionPaths[region],
  })
  await insert(tx, 'cases.staff_members', [
    {
      ...member(staff.socialSecurityA, 'SB001', '林晓禾', departments.socialSecurityA, 'cityA'),
      line_id: lines.socialSecurity,
    },
    member(staff.policeA, 'GA001', '方亦宁', departments.policeA, 'cityA'),
    {
      ...member(staff.socialSecurityB, 'SB001', '江若云', departments.socialSecurityB, 'cityB'),
      line_id: lines.socialSecurity,
    },
    member(staff.marketDirect, 'SJ001', '柏知远', departments.marketDirect, 'directCounty'),
  ])
  const { matters } = smallDirectory
  const matter = (id: string, code: string, name: string, departmentId: string, region: RegionName) => ({
    id,
    service_code: code,
    name,
    department_id: departmentId,
    line_id: code === serviceCodes.pension ? lines.socialSecurity : null,
    region_path: regionPaths[region],
    has_fees: false,
    involves_intermediary: false,
  })
  await insert(tx, 'cases.service_matters', [
    matter(matters.pensionA, serviceCodes.pension, '养老保险待遇核定', departments.socialSecurityA, 'cityA'),
    {
      ...matter(matters.identityCardA, serviceCodes.identityCard, '居民身份证换领', departments.policeA, 'cityA'),
      line_id: lines.police,
    },
    matter(matters.licenceCountyA, serviceCodes.licence, '个体工商户登记', departments.marketCountyA, 'countyA'),
    matter(matters.pensionB, serviceCodes.pension, '养老保险待遇核定', departments.socialSecurityB, 'cityB'),
    matter(matters.licenceDirect, serviceCodes.licence, '个体工商户登记', departments.marketDirect, 'directCounty'),
  ])
}

async function seedHolders(tx: Transaction, passwordHash: string): Promise<void> {
  const columns = (holder: Holder) => ({
    role: holder.role,
    region_path: regionPaths[holder.region],
    department_id: holder.departmentId ?? null,
    line_id: holder.lineId ?? null,
    hall_id: holder.hallId ?? null,
    window_id: holder.windowId ?? null,
    staff_member_id: holder.staffMemberId ?? null,
  })
  await insert(
    tx,
    'cases.accounts',
    Object.entries(accountHolders).map(([name, holder]) => ({
      id: smallDirectory.accounts[name as keyof typeof smallDirectory.accounts],
      name,
      display_name: name,
      ...columns(holder),
      password_hash: passwordHash,
      must_change_password: name === 'newcomer',
      is_active: name !== 'retired',
    })),
  )
  await insert(
    tx,
    'cases.api_clients',
    Object.entries(clientHolders).map(([name, holder]) => ({
      id: smallDirectory.clients[name as keyof typeof smallDirectory.clients],
      name,
      ...columns(holder),
      source_system: holder.sourceSystem,
      key_hash: createHash('sha256')
        .update(clientKey(name as keyof typeof smallDirectory.clients))
        .digest(),
      is_active: name !== 'closedSystem',
    })),
  )
}
