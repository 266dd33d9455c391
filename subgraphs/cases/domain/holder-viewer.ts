import type { Role, Scope, Viewer } from '../../shared/viewer.ts'

const narrowing = ['departmentId', 'lineId', 'hallId', 'windowId', 'staffMemberId'] as const

/** The columns of an account or client that say what it may see. */
export type ScopeHolder = { regionPath?: string | null } & Partial<Record<(typeof narrowing)[number], string | null>>

/** What the holder of an account or key may see (可见范围): a region subtree, narrowed by every column that is set. */
export function scopeOfHolder(holder: ScopeHolder): Scope {
  if (!holder.regionPath) return { reach: 'NOTHING' }
  const scope: Scope = { reach: 'REGION', regionPath: holder.regionPath }
  for (const name of narrowing) {
    const value = holder[name]
    if (value) scope[name] = value
  }
  return scope
}

const citizenRoles = new Set<Role>(['CITIZEN', 'ORGANISATION_AGENT'])
const clientRoles = new Set<Role>(['INTEGRATION_CLIENT', 'FRONTEND_CLIENT', 'DEVICE'])

/** Who asks with this account's session or this client's key. */
export function viewerOfHolder(
  holder: ScopeHolder & { id: string; role: Role; name: string },
  session: { id: string; expiresAt: Date } | null,
): Viewer {
  const { id, role, name } = holder
  const kind = clientRoles.has(role) ? 'CLIENT' : citizenRoles.has(role) ? 'CITIZEN' : 'STAFF'
  return {
    id,
    kind,
    role,
    name,
    scope: scopeOfHolder(holder),
    sessionId: session?.id ?? null,
    expiresAt: session ? Math.floor(session.expiresAt.getTime() / 1_000) : null,
  }
}
