import type { Transaction } from '../../shared/database.ts'
import type { Role } from '../../shared/viewer.ts'
import type { ScopeHolder } from '../domain/holder-viewer.ts'

const scopeColumns = (table: string) => `${table}.region_path as "regionPath", ${table}.department_id as "departmentId",
  ${table}.line_id as "lineId", ${table}.hall_id as "hallId", ${table}.window_id as "windowId",
  ${table}.staff_member_id as "staffMemberId"`

type Holder = ScopeHolder & { id: string; role: Role; name: string }

/** The account whose session this is; undefined when it ended, expired, or the account was closed. */
export async function accountOfSession(
  tx: Transaction,
  tokenHash: Buffer,
  now: Date,
): Promise<(Holder & { sessionId: string; expiresAt: Date }) | undefined> {
  const [row] = await tx.query<Holder & { sessionId: string; expiresAt: Date }>(
    `select a.id, a.role, a.display_name as name, ${scopeColumns('a')}, s.id as "sessionId", s.expires_at as "expiresAt"
     from cases.sessions s join cases.accounts a on a.id = s.account_id
     where s.token_hash = $1 and s.ended_at is null and s.expires_at > $2 and a.is_active`,
    [tokenHash, now],
  )
  return row
}

/** The client or device whose key this is; undefined when there is none or it was closed. */
export async function clientOfKey(
  tx: Transaction,
  keyHash: Buffer,
  now: Date,
): Promise<(Holder & { isDueForSight: boolean }) | undefined> {
  const [row] = await tx.query<Holder & { isDueForSight: boolean }>(
    `select c.id, c.role, c.name, ${scopeColumns('c')},
       coalesce(c.last_seen_at < $2::timestamptz - interval '1 minute', true) as "isDueForSight"
     from cases.api_clients c where c.key_hash = $1 and c.is_active`,
    [keyHash, now],
  )
  return row
}

/** Notes that a client or device was there (最近在线). */
export async function noteClientSeen(tx: Transaction, id: string, now: Date): Promise<void> {
  await tx.query('update cases.api_clients set last_seen_at = $2 where id = $1', [id, now])
}

/** The source system (来源系统) that a client reports for; null for accounts. */
export async function sourceSystemOf(tx: Transaction, clientId: string): Promise<string | null> {
  const [row] = await tx.query<{ sourceSystem: string | null }>(
    'select source_system as "sourceSystem" from cases.api_clients where id = $1',
    [clientId],
  )
  return row?.sourceSystem ?? null
}
