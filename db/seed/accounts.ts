import { hash, verify } from '@node-rs/argon2'
import type { Transaction } from '../../subgraphs/shared/database.ts'
import type { Role } from '../../subgraphs/shared/viewer.ts'
import type { Directory } from './directory.ts'
import { insertWholeRows } from './insert-rows.ts'
import { namedId } from './named-id.ts'

/** What an account or key may see; whatever is null does not narrow it. Without a region path it sees nothing. */
export type Holding = {
  regionPath: string | null
  departmentId: string | null
  lineId: string | null
  hallId: string | null
  windowId: string | null
  staffMemberId: string | null
}

const NOTHING: Holding = {
  regionPath: null,
  departmentId: null,
  lineId: null,
  hallId: null,
  windowId: null,
  staffMemberId: null,
}

/** What the demo accounts and keys may see. */
export function demoHoldings({ regions, mainHall, demoWindow, demoStaffMember }: Directory) {
  const pathOf = (code: string) => regions.find(region => region.code === code)!.regionPath
  const city: Holding = { ...NOTHING, regionPath: mainHall.regionPath }
  const hall: Holding = { ...city, hallId: mainHall.id }
  const window: Holding = { ...hall, windowId: demoWindow.id }
  return {
    nothing: NOTHING,
    province: { ...NOTHING, regionPath: pathOf('410000') },
    city,
    county: { ...NOTHING, regionPath: pathOf('410105') },
    department: { ...city, departmentId: demoWindow.department.id },
    hall,
    window,
    staffMember: { ...window, departmentId: demoWindow.department.id, staffMemberId: demoStaffMember.id },
  } satisfies Record<string, Holding>
}

/** One demo account for every role that signs in (1-domain §5). */
export const demoAccounts: readonly {
  name: string
  displayName: string
  role: Role
  holding: keyof ReturnType<typeof demoHoldings>
  /** Invented: no such number is in use. */
  contact?: string
}[] = [
  {
    name: 'province',
    displayName: '省级主管机构（演示）',
    role: 'PROVINCIAL_BUREAU',
    holding: 'province',
    contact: '0371-00012300',
  },
  {
    name: 'city',
    displayName: '市级主管机构（演示）',
    role: 'MANAGEMENT_BODY',
    holding: 'city',
    contact: '0371-00012301',
  },
  {
    name: 'county',
    displayName: '县区主管机构（演示）',
    role: 'MANAGEMENT_BODY',
    holding: 'county',
    contact: '0371-00012302',
  },
  { name: 'handler', displayName: '部门经办人（演示）', role: 'DEPARTMENT_HANDLER', holding: 'department' },
  { name: 'checker', displayName: '质检员（演示）', role: 'QUALITY_CHECKER', holding: 'city' },
  {
    name: 'hotline',
    displayName: '12345话务员（演示）',
    role: 'HOTLINE_OPERATOR',
    holding: 'city',
    contact: '0371-00012345',
  },
  {
    name: 'inviter',
    displayName: '电话邀评员（演示）',
    role: 'PHONE_INVITER',
    holding: 'city',
    contact: '0371-00012346',
  },
  { name: 'supervisor', displayName: '大厅值班长（演示）', role: 'HALL_SUPERVISOR', holding: 'hall' },
  { name: 'window', displayName: '窗口工作人员（演示）', role: 'WINDOW_STAFF', holding: 'staffMember' },
  { name: 'analyst', displayName: '分析员（演示）', role: 'ANALYST', holding: 'city' },
  { name: 'auditor', displayName: '审计员（演示）', role: 'AUDITOR', holding: 'province' },
  { name: 'liaison', displayName: '舆情联络员（演示）', role: 'LIAISON', holding: 'city' },
  { name: 'citizen', displayName: '办事群众（演示）', role: 'CITIZEN', holding: 'nothing' },
  { name: 'agent', displayName: '企业办事人（演示）', role: 'ORGANISATION_AGENT', holding: 'nothing' },
]

/** The id of a demo account by its name. */
export const demoAccountId = (name: string) => namedId('account', name)

/** What screens call the account with this sign-in name. */
export const demoAccountName = (name: string) => demoAccounts.find(account => account.name === name)!.displayName

/** Writes the demo accounts; they are exempt from the forced change of the first password (decision 25). */
export async function insertAccounts(transaction: Transaction, directory: Directory, password: string): Promise<void> {
  const holdings = demoHoldings(directory)
  const passwordHash = await hash(password)
  const rows = demoAccounts.map(({ name, displayName, role, holding, contact = null }) => {
    const granted: Holding = holdings[holding]
    const fixed = { passwordHash, mustChangePassword: false, isDemo: true, isActive: true, failedCount: 0 }
    return { id: demoAccountId(name), name, displayName, role, contact, ...granted, ...fixed }
  })
  await insertWholeRows(transaction, 'cases.accounts', rows)
}

/** Gives all demo accounts this password where they have another one, and ends the sessions opened with that. */
export async function keepDemoPassword(transaction: Transaction, password: string, now: Date): Promise<void> {
  const accounts = await transaction.query<{ id: string; password_hash: string }>(
    'select id, password_hash from cases.accounts where is_demo',
  )
  const hashes = [...new Set(accounts.map(account => account.password_hash))]
  const outdated: string[] = []
  for (const known of hashes) if (!(await verify(known, password))) outdated.push(known)
  if (outdated.length === 0) return
  const changed = accounts.filter(account => outdated.includes(account.password_hash)).map(({ id }) => id)
  await transaction.query(
    `update cases.accounts set password_hash = $1, failed_count = 0, retry_after = null where id = any($2::uuid[])`,
    [await hash(password), changed],
  )
  await transaction.query(
    'update cases.sessions set ended_at = $1 where account_id = any($2::uuid[]) and ended_at is null',
    [now, changed],
  )
}
