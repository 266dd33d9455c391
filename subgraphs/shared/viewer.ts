/** Roles of the hub (角色); the same words as the enum `Role` of the graph. */
export type Role =
  | 'PROVINCIAL_BUREAU'
  | 'MANAGEMENT_BODY'
  | 'DEPARTMENT_HANDLER'
  | 'QUALITY_CHECKER'
  | 'HOTLINE_OPERATOR'
  | 'PHONE_INVITER'
  | 'HALL_SUPERVISOR'
  | 'WINDOW_STAFF'
  | 'ANALYST'
  | 'AUDITOR'
  | 'LIAISON'
  | 'INTEGRATION_CLIENT'
  | 'FRONTEND_CLIENT'
  | 'DEVICE'
  | 'CITIZEN'
  | 'ORGANISATION_AGENT'

/**
 * What a viewer may see (可见范围): a region subtree by its parent path, narrowed by whatever else is set.
 * `EVERYTHING` and `CASES` are not for staff: the first is the named scope of the hub's own work, the second that of a person, signed in or by his receipt.
 */
export type Scope =
  | {
      reach: 'REGION'
      /** Parent path, e.g. `/410000/410100/`; never a code prefix (directly administered counties keep old-looking codes). */
      regionPath: string
      departmentId?: string
      lineId?: string
      hallId?: string
      windowId?: string
      staffMemberId?: string
    }
  | {
      reach: 'CASES'
      /** The person's own cases (本人办件), at most 200, the latest. */
      caseIds: string[]
      /** Ratings that he gave, where they belong to no case. */
      evaluationIds?: string[]
    }
  | { reach: 'EVERYTHING'; name: SystemScopeName }
  | { reach: 'NOTHING' }

/** The hub's own work that must see all rows; each use is named so that the log tells which. */
export type SystemScopeName =
  | 'relay'
  | 'consumer'
  | 'sweep'
  | 'sign-in'
  | 'rating-code'
  | 'seed'
  | 'bulk'
  | 'door'
  | 'citizen'

/** Who asks. */
export type Viewer = {
  /** Account, client or device id; `anonymous` for nobody. */
  id: string
  kind: 'STAFF' | 'CLIENT' | 'CITIZEN' | 'SYSTEM' | 'ANONYMOUS'
  role: Role | null
  name: string
  scope: Scope
  /** Session that the viewer came with; null for keys and for nobody. */
  sessionId: string | null
  /** End of the session or key, epoch seconds; null when it has none. */
  expiresAt: number | null
}

export const anonymousViewer: Viewer = {
  id: 'anonymous',
  kind: 'ANONYMOUS',
  role: null,
  name: '',
  scope: { reach: 'NOTHING' },
  sessionId: null,
  expiresAt: null,
}

/** The hub itself, for work that no person asked for. */
export function systemViewer(name: SystemScopeName): Viewer {
  return { ...anonymousViewer, id: `system:${name}`, kind: 'SYSTEM', name, scope: { reach: 'EVERYTHING', name } }
}

/**
 * Equal for viewers who may see exactly the same (part of every share key): role and scope, nothing personal.
 */
export function visibilityKey(viewer: Viewer): string {
  const scope = Object.entries(viewer.scope).sort(([a], [b]) => (a < b ? -1 : 1))
  return JSON.stringify([viewer.kind, viewer.role, scope])
}
