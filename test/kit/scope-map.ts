import pg from 'pg'

const everyNarrowing = ['department_id', 'line_id', 'hall_id', 'window_id', 'staff_member_id']

/**
 * Types whose rows lie somewhere, with their tables and what of a scope narrows them (可见范围). Written down here once more, so that the
 * policies of the database are judged by something else than themselves.
 */
const placedTypes: Record<string, { table: string; narrowing: string[] }> = {
  Region: { table: 'cases.regions', narrowing: [] },
  Department: { table: 'cases.departments', narrowing: ['department_id', 'line_id'] },
  Hall: { table: 'cases.halls', narrowing: ['hall_id'] },
  Window: { table: 'cases.windows', narrowing: ['hall_id'] },
  Device: { table: 'cases.devices', narrowing: ['hall_id', 'window_id'] },
  AgentMandate: { table: 'cases.agent_mandates', narrowing: [] },
  StaffMember: { table: 'cases.staff_members', narrowing: ['department_id', 'line_id', 'hall_id'] },
  ServiceMatter: { table: 'cases.service_matters', narrowing: ['department_id', 'line_id'] },
  ServiceCase: { table: 'cases.service_cases', narrowing: everyNarrowing },
  Evaluation: { table: 'evaluations.evaluations', narrowing: everyNarrowing },
  EvaluationPicture: { table: 'evaluations.evaluation_pictures', narrowing: everyNarrowing },
  // A code hangs at its desk for everyone to see: the window of a viewer does not narrow it.
  StaticCode: { table: 'evaluations.static_codes', narrowing: everyNarrowing.filter(name => name !== 'window_id') },
  ValidityDecision: { table: 'evaluations.evaluation_invalidations', narrowing: everyNarrowing },
  IntegritySignal: { table: 'evaluations.integrity_signals', narrowing: everyNarrowing },
  PhoneInvitation: { table: 'evaluations.phone_invitations', narrowing: everyNarrowing },
  // Without an id of their own: known by the rating and the source that they are about.
  CallBack: { table: '(select evaluation_id as id, * from evaluations.call_backs) as rows', narrowing: everyNarrowing },
  SourceProfile: { table: '(select source_system as id, * from exchange.source_profiles) as rows', narrowing: [] },
  OfflineOpinion: { table: 'workflow.offline_opinions', narrowing: ['department_id', 'line_id', 'hall_id'] },
  NegativeReview: { table: 'workflow.negative_reviews', narrowing: everyNarrowing },
  Deadline: { table: 'workflow.deadlines', narrowing: everyNarrowing },
  PressureReport: { table: 'workflow.pressure_reports', narrowing: everyNarrowing },
  Link: { table: 'exchange.links', narrowing: ['hall_id'] },
  Message: { table: 'exchange.messages', narrowing: ['department_id', 'hall_id'] },
}

export type PlacedRow = Record<string, string | null> & { id: string; region_path: string }

/** What an account or key was granted, as its row says; without a region path it sees nothing. */
export type Granted = Record<string, string | null> & { id: string; name: string; role: string }

export type ScopeMap = {
  holders: Granted[]
  rows(type: string): PlacedRow[]
  row(type: string, id: string): PlacedRow | undefined
  /** Whether rows of a type lie somewhere at all. */
  isPlaced(type: string): boolean
  isVisible(holder: Granted, type: string, id: string): boolean
  /** One row for every way in which rows of this type lie outside: another city, another hall, another department of the same hall … */
  outside(holder: Granted, type: string): PlacedRow[]
  inside(holder: Granted, type: string): PlacedRow[]
}

/** Reads with the owner's login, behind the hub's back, where everything lies and who may see where. */
export async function readScopeMap(ownerUrl: string): Promise<ScopeMap> {
  const owner = new pg.Client({ connectionString: ownerUrl })
  await owner.connect()
  try {
    const tables = new Map<string, Map<string, PlacedRow>>()
    for (const [type, { table }] of Object.entries(placedTypes)) {
      const { rows } = await owner.query<PlacedRow>(`select * from ${table}`)
      tables.set(type, new Map(rows.map(row => [row.id, row])))
    }
    const granted = `id, name, role, region_path, ${everyNarrowing.join(', ')}`
    const { rows: holders } = await owner.query<Granted>(
      // Of the demo's devices only the kiosk's key was handed out; nobody can ask with the others.
      `select ${granted} from cases.accounts
       union all select ${granted} from cases.api_clients where role <> 'DEVICE' or name = 'kiosk'`,
    )
    return scopeMap(holders, tables)
  } finally {
    await owner.end()
  }
}

function scopeMap(holders: Granted[], tables: Map<string, Map<string, PlacedRow>>): ScopeMap {
  /** What of the scope speaks against a row; nothing when it lies inside. */
  const against = (holder: Granted, type: string, row: PlacedRow) => {
    if (!holder.region_path) return ['nothing granted']
    const missed = placedTypes[type]!.narrowing.filter(name => holder[name] && row[name] !== holder[name])
    return row.region_path.startsWith(holder.region_path) ? missed : ['region_path', ...missed]
  }
  const rows = (type: string) => [...tables.get(type)!.values()]
  return {
    holders,
    rows,
    row: (type, id) => tables.get(type)!.get(id),
    isPlaced: type => tables.has(type),
    isVisible(holder, type, id) {
      const row = tables.get(type)!.get(id)
      return row !== undefined && against(holder, type, row).length === 0
    },
    outside(holder, type) {
      const kinds = Map.groupBy(rows(type), row => against(holder, type, row).join())
      return [...kinds].filter(([kind]) => kind !== '').map(([, [first]]) => first!)
    },
    inside: (holder, type) => rows(type).filter(row => against(holder, type, row).length === 0),
  }
}
