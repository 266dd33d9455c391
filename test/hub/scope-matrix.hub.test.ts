import { randomUUID } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { buildSchema, type GraphQLObjectType, isObjectType, parse, validate } from 'graphql'
import pg from 'pg'
import sharp from 'sharp'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { composedFiles } from '../../router/compose.ts'
import { ask, askRaw, type RawAnswer, signIn } from '../kit/ask.ts'
import { inventedIdentityNumber } from '../kit/case-rows.ts'
import { issueToken, reportClosedCases, type Submitted, submitMutation, windowFacts } from '../kit/closed-case.ts'
import { demoPassword, type HubProcess, startHubProcess } from '../kit/hub-process.ts'
import { ownerUrlOf } from '../kit/owner-url.ts'
import { type Granted, readScopeMap, type ScopeMap } from '../kit/scope-map.ts'
import { type FirstWord, firstOverSse, firstOverWebSocket } from '../kit/subscribe-once.ts'
import { waitFor } from '../kit/wait-for.ts'
import { wholeSelection } from '../kit/whole-selection.ts'

const schema = buildSchema(readFileSync(composedFiles.publicSchema, 'utf8'))
const [queries, mutations, subscriptions] = [
  schema.getQueryType()!,
  schema.getMutationType()!,
  schema.getSubscriptionType()!,
]

type Asker = { granted: Granted; credential: string | null }

let hub: HubProcess
let map: ScopeMap
let askers: Asker[]
let uploadId: string
let evaluationUploadId: string
let callersCaseNumber: string

const nobody: Granted = { id: 'nobody', name: 'nobody', role: 'none', region_path: null }

beforeAll(async () => {
  hub = await startHubProcess()
  await rateBadlyAtTheDemoWindow()
  await writeToEveryHall()
  await keepFromEveryHall()
  await reportCaseOfCaller()
  uploadId = await uploadAsWindowSystem('cases', '{"caseNumber":"x"}')
  evaluationUploadId = await uploadAsWindowSystem('evaluations', '{"sourceRatingId":"x"}')
  map = await readScopeMap(await ownerUrlOf(hub))
  const { clientKeys } = JSON.parse(readFileSync(`${hub.dataDirectory}/demo-credentials.json`, 'utf8')) as {
    clientKeys: { name: string; key: string }[]
  }
  askers = [{ granted: nobody, credential: null }]
  for (const granted of map.holders) {
    const key = clientKeys.find(({ name }) => name === granted.name)?.key
    askers.push({ granted, credential: key ?? (await signIn(hub, granted.name, demoPassword)) })
  }
})
afterAll(() => hub?.stop())

/** So that feeds, pictures and reports, which the demo's history does not fill, hold something that most must not see. */
async function rateBadlyAtTheDemoWindow() {
  const [caseNumber] = await reportClosedCases(hub, await windowFacts(hub))
  const token = await issueToken(hub, caseNumber!)
  const bytes = await sharp({ create: { width: 60, height: 40, channels: 3, background: '#357' } })
    .png()
    .toBuffer()
  const picture = await fetch(`${hub.url}/v1/pictures`, {
    method: 'POST',
    headers: { 'x-rating-token': token, 'content-type': 'image/png' },
    body: new Uint8Array(bytes),
  })
  const { id } = (await picture.json()) as { id: string }
  const input = { token, level: 'VERY_DISSATISFIED', items: ['115'], pictures: [id] }
  const { submitEvaluation } = await ask<{ submitEvaluation: Submitted }>(hub, submitMutation, { input })
  const { receiptNumber } = submitEvaluation
  await ask(hub, `mutation ($input: ReportPressureInput!) { reportPressure(input: $input) { __typename } }`, {
    input: { receiptNumber, kind: 'PRESSURE', text: '窗口人员要求我给五星' },
  })
  const province = await signIn(hub, 'province', demoPassword)
  const feeds = `{ negativeReviewFeed(after: "0") { events { position } } deadlineFeed(after: "0") { events { position } } }`
  await waitFor(async () => {
    const { negativeReviewFeed, deadlineFeed } = await ask<Record<string, { events: unknown[] }>>(
      hub,
      feeds,
      {},
      province,
    )
    return negativeReviewFeed!.events.length > 0 && deadlineFeed!.events.length > 0
  }, 'the feeds to hold the bad rating')
}

/** Messages about a case of each hall, behind the hub's back: its own go out half an hour after a closing. */
async function writeToEveryHall() {
  const owner = new pg.Client({ connectionString: await ownerUrlOf(hub) })
  await owner.connect()
  await owner.query(
    `insert into exchange.messages
       (id, message_key, kind, state, case_id, phone_sealed, phone_hash, masked_phone, text_sealed, queued_at, region_path, department_id, hall_id)
     select distinct on (hall_id) gen_random_uuid(), id, 'RATING_INVITATION', 'FAILED', id, '', '', '138****0000', '', now(),
       region_path, department_id, hall_id
     from cases.service_cases where hall_id is not null`,
  )
  await owner.end()
}

const placed = 'region_path, department_id, line_id, hall_id, window_id, staff_member_id'

/** What only sweeps, operators and decisions bring about, one of each hall; each signal rests on a rating of every hall. */
async function keepFromEveryHall() {
  const owner = new pg.Client({ connectionString: await ownerUrlOf(hub) })
  await owner.connect()
  await owner.query(
    `create temporary table rated as select distinct on (hall_id) id, case_id, city_code, level, committed_at, ${placed}
       from evaluations.evaluations where hall_id is not null and case_id is not null and not is_probe order by hall_id, id`,
  )
  await owner.query(
    `insert into evaluations.integrity_signals (id, kind, state, subject_kind, subject_key, period, round, period_from, period_until, facts,
       strength, evidence_count, noticed_at, updated_at, ${placed})
     select gen_random_uuid(), 'BURST', 'OPEN', 'HALL', hall_id::text, 'matrix', 1, now(), now(), '{"peak": 12, "usual": 1}', 50,
       (select count(*) from rated), now(), now(), ${placed} from rated`,
  )
  await owner.query(
    `insert into evaluations.integrity_signal_evaluations
     select s.id, rated.id, s.kind, true from evaluations.integrity_signals s, rated where s.period = 'matrix'`,
  )
  await owner.query(
    `insert into evaluations.evaluation_invalidations (id, evaluation_id, city_code, case_id, source, source_id, reason, decided_at,
       decided_by_id, decided_by_name, ${placed})
     select gen_random_uuid(), id, city_code, case_id, 'VERIFICATION', gen_random_uuid(), '误评', now(), 'x', '核实人', ${placed} from rated`,
  )
  await owner.query(
    `insert into evaluations.call_backs (evaluation_id, case_id, service_number, city_code, source, operator_id, operator_name, level,
       rated_at, state, ${placed})
     select id, case_id, 1, city_code, 'HOTLINE', 'x', '话务员', level, committed_at, 'OPEN', ${placed} from rated on conflict do nothing`,
  )
  // Held by nobody who is asked and long to go, so that no sweep ends them meanwhile.
  await owner.query(
    `insert into evaluations.phone_invitations (id, case_id, service_number, city_code, state, closed_at, expires_at, person_key,
       created_at, ${placed})
     select gen_random_uuid(), case_id, 99, city_code, 'OPEN', now(), now() + interval '90 days', id::text, now(), ${placed} from rated`,
  )
  await owner.query(
    `insert into evaluations.default_limits (id, policy_id, policy_version, base_event, base_day, level, ends_at, explanation)
     select gen_random_uuid(), 'sanmenxia', 1, 'CLOSING', current_date, 5, now(), '[]'`,
  )
  await owner.query(
    `insert into evaluations.default_evaluations (case_id, service_number, city_code, level, base_at, due_at, made_at, limit_id, ${placed})
     select case_id, 99, city_code, 5, now(), now(), now(), (select id from evaluations.default_limits where explanation = '[]' limit 1),
       ${placed} from rated`,
  )
  await owner.query(
    `insert into workflow.offline_opinions (id, opinion_number, source, state, received_on, body, recorded_at, recorded_by_id,
       recorded_by_name, region_path, department_id, line_id, hall_id)
     select gen_random_uuid(), 'XXYJ-' || id, 'OPINION_BOX', 'RECEIVED', current_date, '意见', now(), 'x', '登记人',
       region_path, department_id, line_id, hall_id from rated`,
  )
  await owner.end()
}

/** A case that waits for its rating, of a caller whose document number is known. */
async function reportCaseOfCaller() {
  const facts = { ...(await windowFacts(hub)), documentNumber: inventedIdentityNumber }
  const [caseNumber] = await reportClosedCases(hub, facts)
  callersCaseNumber = caseNumber!
}

async function uploadAsWindowSystem(kind: 'cases' | 'evaluations', row: string): Promise<string> {
  const response = await fetch(`${hub.url}/v1/${kind}/bulk`, {
    method: 'POST',
    headers: { authorization: `Bearer ${await hub.key('window-system')}`, 'content-type': 'application/x-ndjson' },
    body: `${row}\n`,
  })
  return /[0-9a-f]{8}-[0-9a-f-]{27}/.exec(await response.text())![0]
}

/** Every object of an answer that names a row, wherever it lies in it. */
function rowsIn(answer: unknown): { type: string; id: string }[] {
  if (Array.isArray(answer)) return answer.flatMap(rowsIn)
  if (answer === null || typeof answer !== 'object') return []
  const { __typename: type, ...keys } = answer as { __typename?: string; id?: string; sourceSystem?: string }
  const id = type === 'SourceProfile' ? keys.sourceSystem : keys.id
  const nested = Object.values(answer).flatMap(rowsIn)
  return type && id && map.isPlaced(type) ? [{ type, id }, ...nested] : nested
}

const leaked = (granted: Granted, answer: unknown) =>
  rowsIn(answer).filter(({ type, id }) => !map.isVisible(granted, type, id))

/** What is said, with what was asked for itself and clocks left out: it must not depend on whether a row exists. */
const wording = (answer: unknown, askedFor: string) =>
  JSON.stringify(answer)
    .replaceAll(askedFor, '…')
    .replace(/"serverTime":"[^"]*"/g, '"serverTime":"…"')

/** Asks with what lies outside and with what exists nowhere; answers the faults found. */
async function expectNothing(
  { granted, credential }: Asker,
  query: string,
  outside: string[],
  unknown: string,
  kind: string,
): Promise<string[]> {
  // Two refusals of a question that is none would read the same, whatever lies outside.
  const misasked = validate(schema, parse(query)).map(({ message }) => `${kind}: ${message}`)
  if (misasked.length > 0) return misasked
  const answerFor = (id: string): Promise<RawAnswer> => askRaw(hub, query, { id }, credential ?? undefined)
  const expected = wording(await answerFor(unknown), unknown)
  const faults: string[] = []
  for (const id of outside) {
    const answer = await answerFor(id)
    if (rowsIn(answer).length > 0 || wording(answer, id) !== expected) {
      faults.push(
        `${granted.name}: ${kind} ${id} answered ${JSON.stringify(answer).slice(0, 300)}, unknown ${expected}`,
      )
    }
  }
  return faults
}

type Probe = (asker: Asker, field: string) => Promise<string[]>

const selectionOf = (root: GraphQLObjectType, field: string, levels = 2) =>
  wholeSelection(root.getFields()[field]!.type, levels)

/** Roles that may read such rows of their scope; null for whoever has a scope. */
type Readers = readonly string[] | null
const everyRole = null as Readers
const mayRead = ({ granted }: Asker, readers: Readers) => readers === null || readers.includes(granted.role)

/** Thanks for a reply by SMS tell that a case was rated: nobody of the rated unit reads messages. */
const messageReaders = ['MANAGEMENT_BODY', 'PROVINCIAL_BUREAU', 'AUDITOR']

/** Bodies above the rated unit, and who audits them. */
const superiors = ['MANAGEMENT_BODY', 'PROVINCIAL_BUREAU', 'AUDITOR']
const opinionReaders = [...superiors, 'HALL_SUPERVISOR', 'DEPARTMENT_HANDLER', 'ANALYST']
const inviters = ['PHONE_INVITER', 'MANAGEMENT_BODY']
const callTakers = [...inviters, 'HOTLINE_OPERATOR']
const callersBack = ['PROVINCIAL_BUREAU']
/** A default that is missing tells that a person rated: nothing for the rated unit. */
const defaultReaders = [...superiors, 'QUALITY_CHECKER', 'HOTLINE_OPERATOR']

/** A look-up by one argument: what lies outside reads as what exists nowhere; what lies inside is found, with nothing foreign hanging on it. */
const lookUp =
  (
    type: string,
    {
      argument = 'id',
      column = 'id',
      argumentType = 'ID!',
      unknown = randomUUID() as string,
      readers = everyRole,
    } = {},
  ): Probe =>
  async (asker, field) => {
    const query = `query ($id: ${argumentType}) { ${field}(${argument}: $id) ${selectionOf(queries, field)} }`
    const outside = map.outside(asker.granted, type).map(row => row[column]!)
    const faults = await expectNothing(asker, query, outside, unknown, field)
    for (const row of map.inside(asker.granted, type).slice(0, 2)) {
      const answer = await askRaw(hub, query, { id: row[column] }, asker.credential ?? undefined)
      const foreign = leaked(asker.granted, answer)
      const found = rowsIn(answer).some(({ id }) => id === row.id)
      if (foreign.length > 0) faults.push(`${asker.granted.name}: ${field} ${row.id} gave ${JSON.stringify(foreign)}`)
      if (found !== mayRead(asker, readers)) {
        faults.push(
          `${asker.granted.name}: ${field} ${row.id} was ${found ? '' : 'not '}found: ${JSON.stringify(answer).slice(0, 300)}`,
        )
      }
    }
    return faults
  }

/** A look-up of what hangs on a row: of one outside it reads as of one that exists nowhere. */
const lookUpNothing =
  (type: string, argument: string): Probe =>
  (asker, field) =>
    expectNothing(
      asker,
      `query ($id: ID!) { ${field}(${argument}: $id) ${selectionOf(queries, field)} }`,
      map.outside(asker.granted, type).map(({ id }) => id),
      randomUUID(),
      field,
    )

/** A list: nothing foreign in it, nor when it is narrowed to what lies outside. */
const list =
  (
    type: string,
    narrowing: Record<string, string>,
    wrap = (name: string) => `filter: { ${name}: $id }`,
    readers: Readers = everyRole,
    levels = 1,
  ): Probe =>
  async (asker, field) => {
    const selection = selectionOf(queries, field, levels)
    const whole = await askRaw(hub, `{ ${field}(first: 50) ${selection} }`, {}, asker.credential ?? undefined)
    const foreign = leaked(asker.granted, whole)
    const faults = foreign.map(({ type, id }) => `${asker.granted.name}: ${field} holds ${type} ${id}`)
    const shown = rowsIn(whole).some(row => row.type === type)
    if (shown !== (mayRead(asker, readers) && map.inside(asker.granted, type).length > 0)) {
      faults.push(
        `${asker.granted.name}: ${field} ${shown ? 'holds something' : 'is empty'}: ${JSON.stringify(whole).slice(0, 300)}`,
      )
    }
    for (const [name, place] of Object.entries(narrowing)) {
      const outside = map.outside(asker.granted, place).map(row => (name === 'regionCode' ? row.code! : row.id))
      for (const id of outside) {
        const query = `query ($id: ${name === 'regionCode' ? 'String' : 'ID'}) { ${field}(first: 5, ${wrap(name)}) ${selection} }`
        const answer = await askRaw(hub, query, { id }, asker.credential ?? undefined)
        const rows = leaked(asker.granted, answer)
        if (rows.length > 0)
          faults.push(`${asker.granted.name}: ${field} of ${name} ${id} holds ${JSON.stringify(rows)}`)
      }
    }
    return faults
  }

/** What is the same for everybody, signed in or not. */
const sameForEverybody: Probe = async (asker, field) => {
  const query = `{ ${field} ${selectionOf(queries, field)} }`
  const [own, nobodys] = [await askRaw(hub, query, {}, asker.credential ?? undefined), await askRaw(hub, query)]
  const isSame = !own.errors && JSON.stringify(own) === JSON.stringify(nobodys)
  return isSame ? [] : [`${asker.granted.name}: ${field} gave ${JSON.stringify(own).slice(0, 300)}`]
}

/** A number that is counted from rows: of those inside for whoever may read them, else none. */
async function expectCount(
  asker: Asker,
  field: string,
  { query, type, readers, of }: { query: string; type: string; readers: Readers; of: (data: unknown) => unknown },
): Promise<string[]> {
  const answer = await askRaw(hub, query, {}, asker.credential ?? undefined)
  const counted = of((answer.data as Record<string, unknown> | null)?.[field])
  const inside = mayRead(asker, readers) ? map.inside(asker.granted, type).length : 0
  return counted === inside
    ? []
    : [`${asker.granted.name}: ${field} counts ${counted}, not ${inside}: ${JSON.stringify(answer).slice(0, 200)}`]
}

/** A list that not everybody who sees such rows may see: nothing foreign in it, nor when it is narrowed to a hall outside. */
const listForSome =
  (narrowing: { hallId?: true } = {}): Probe =>
  async (asker, field) => {
    const selection = selectionOf(queries, field, 1)
    const outside = narrowing.hallId ? map.outside(asker.granted, 'Hall').map(({ id }) => id) : []
    const faults: string[] = []
    for (const id of [null, ...outside]) {
      const given = id === null ? '' : ', hallId: $id'
      const query = `query${id === null ? '' : ' ($id: ID)'} { ${field}(first: 50${given}) ${selection} }`
      const answer = await askRaw(hub, query, { id }, asker.credential ?? undefined)
      const foreign = leaked(asker.granted, answer)
      if (answer.errors || foreign.length > 0)
        faults.push(`${asker.granted.name}: ${field} ${id} ${JSON.stringify(answer)}`)
    }
    return faults
  }

const scopeNarrowing = { regionCode: 'Region', departmentId: 'Department', hallId: 'Hall', windowId: 'Window' }
const inScope = (name: string) => `scope: { ${name}: $id }`

/** A feed from its beginning: only own rows, in full, and as many events as the viewer may see; a foreign narrowing shows none. */
const replay =
  (type: string, narrowing: Record<string, string>, wrap: (name: string) => string): Probe =>
  async (asker, field) => {
    const selection = selectionOf(queries, field, 1)
    const faults: string[] = []
    for (const [name, place] of Object.entries(narrowing)) {
      const own = map.inside(asker.granted, place).slice(0, 1)
      for (const row of [...map.outside(asker.granted, place), ...own]) {
        const id = name === 'regionCode' ? row.code : row.id
        const query = `query ($id: ${name === 'regionCode' ? 'String' : 'ID'}!) { ${field}(first: 50, after: "0", ${wrap(name)}) ${selection} }`
        const answer = await askRaw(hub, query, { id }, asker.credential ?? undefined)
        const rows = leaked(asker.granted, answer)
        if (rows.length > 0)
          faults.push(`${asker.granted.name}: ${field} of ${name} ${id} holds ${JSON.stringify(rows)}`)
        const isOwn = own.includes(row)
        const told = JSON.stringify(answer).includes('"previousPosition"')
        if (!isOwn && told) faults.push(`${asker.granted.name}: ${field} of ${name} ${id} tells of events`)
      }
    }
    for (const [name, place] of Object.entries(narrowing)) {
      // A division above one's own is refused, and everybody knows those above him.
      if (name === 'regionCode') continue
      const query = `query ($id: ID!) { ${field}(first: 5, after: "0", ${wrap(name)}) ${selection} }`
      const outside = map.outside(asker.granted, place).map(({ id }) => id)
      faults.push(...(await expectNothing(asker, query, outside, randomUUID(), `${field} of ${name}`)))
    }
    if (field === 'serviceCaseClosedFeed') return faults
    const whole = await askRaw(
      hub,
      `{ ${field}(first: 50, after: "0") ${selection} }`,
      {},
      asker.credential ?? undefined,
    )
    const foreign = leaked(asker.granted, whole)
    if (foreign.length > 0) faults.push(`${asker.granted.name}: ${field} holds ${JSON.stringify(foreign)}`)
    const isOwn = demoReviews().some(({ id }) => map.isVisible(asker.granted, 'NegativeReview', id))
    const isTold = rowsIn(whole).some(row => row.type === type)
    if (isOwn !== isTold)
      faults.push(`${asker.granted.name}: ${field} ${isTold ? 'tells' : 'does not tell'} of the bad rating`)
    return faults
  }

/** The review that came after the history was seeded. */
const demoReviews = () =>
  map
    .rows('NegativeReview')
    .toSorted((a, b) => (a.id < b.id ? 1 : -1))
    .slice(0, 1)

const noCaseNumber = 'T0000000000000000'
const refusedCode = 'issueRatingCode(input: { caseNumber: $id })'

/** Every root field of the graph and how it is attacked; a field that is not here fails the first test. */
const queryProbes: Record<string, Probe> = {
  hall: lookUp('Hall'),
  link: lookUp('Link'),
  deadline: lookUp('Deadline'),
  negativeReview: lookUp('NegativeReview'),
  evaluation: lookUp('Evaluation', { argumentType: 'ID' }),
  region: lookUp('Region', { argument: 'code', column: 'code', argumentType: 'String!', unknown: '999999' }),
  async serviceCase(asker, field) {
    const byId = await lookUp('ServiceCase', { argumentType: 'ID' })(asker, field)
    const byNumber = { argument: 'caseNumber', column: 'case_number', argumentType: 'String', unknown: noCaseNumber }
    return [...byId, ...(await lookUp('ServiceCase', byNumber)(asker, field))]
  },
  async caseUpload(asker, field) {
    if (asker.granted.name === 'window-system') return []
    const query = `query ($id: ID!) { ${field}(id: $id) ${selectionOf(queries, field)} }`
    return expectNothing(asker, query, [uploadId], randomUUID(), field)
  },
  async evaluationUpload(asker, field) {
    if (asker.granted.name === 'window-system') return []
    const query = `query ($id: ID!) { ${field}(id: $id) ${selectionOf(queries, field)} }`
    return expectNothing(asker, query, [evaluationUploadId], randomUUID(), field)
  },
  calendarYears: sameForEverybody,
  policies: sameForEverybody,
  integritySignal: lookUp('IntegritySignal', { readers: superiors }),
  integritySignals: list('IntegritySignal', { hallId: 'Hall' }, undefined, superiors, 2),
  offlineOpinions: list('OfflineOpinion', {}, undefined, opinionReaders),
  phoneInvitations: list('PhoneInvitation', { hallId: 'Hall' }, undefined, inviters, 2),
  async callBacks(asker, field) {
    const query = `{ ${field} { openCount } }`
    const of = (data: unknown) => (data as { openCount: number }).openCount
    const counted = await expectCount(asker, field, { query, type: 'CallBack', readers: callersBack, of })
    return [...counted, ...(await list('Evaluation', {}, undefined, callersBack, 2)(asker, field))]
  },
  operatorFigures: (asker, field) => {
    const query = `{ ${field}(since: "2020-01-01T00:00:00Z", until: "2100-01-01T00:00:00Z") { ratings operators { ratings } } }`
    const of = (data: unknown) =>
      (data as { operators: { ratings: number }[] }).operators.reduce((sum, { ratings }) => sum + ratings, 0)
    return expectCount(asker, field, { query, type: 'CallBack', readers: ['MANAGEMENT_BODY', 'PROVINCIAL_BUREAU'], of })
  },
  defaultEvaluations: list('ServiceCase', { departmentId: 'Department', hallId: 'Hall' }, undefined, defaultReaders, 2),
  // Narrowed to a place outside it counts what it counts of a place that does not exist.
  async ratingFigures(asker, field) {
    const faults: string[] = []
    for (const [name, type] of Object.entries({
      departmentId: 'Department',
      hallId: 'Hall',
      windowId: 'Window',
      staffMemberId: 'StaffMember',
    })) {
      const query = `query ($id: ID!) { ${field}(filter: { from: "2026-01-01", to: "2026-12-31", ${name}: $id }) ${selectionOf(queries, field)} }`
      const outside = map.outside(asker.granted, type).map(({ id }) => id)
      faults.push(...(await expectNothing(asker, query, outside, randomUUID(), `${field} of ${name}`)))
    }
    return faults
  },
  sourceProfile: lookUp('SourceProfile', {
    argument: 'sourceSystem',
    argumentType: 'String!',
    unknown: 'NO-SUCH-SYSTEM',
    readers: superiors,
  }),
  sourceProfiles: list('SourceProfile', {}, undefined, superiors),
  halls: list('Hall', {}),
  links: list('Link', {}),
  device: lookUp('Device'),
  devices: list('Device', { hallId: 'Hall' }),
  windowsWithoutDevice: listForSome({ hallId: true }),
  agentMandates: listForSome(),
  async staticCode(asker, field) {
    const byPrintedId = { argument: 'printedId', column: 'printed_id', argumentType: 'String', unknown: '41-0000-0000' }
    const byId = await lookUp('StaticCode', { argumentType: 'ID' })(asker, field)
    return [...byId, ...(await lookUp('StaticCode', byPrintedId)(asker, field))]
  },
  staticCodes: list('StaticCode', { departmentId: 'Department', hallId: 'Hall' }),
  // For everyone; nothing but the code of the platform.
  async platformRatingCode(asker, field) {
    const answer = await askRaw(hub, `{ ${field} ${selectionOf(queries, field)} }`, {}, asker.credential ?? undefined)
    const isOfPlatform = (id: string) => map.row('StaticCode', id)?.subject_kind === 'PLATFORM'
    const foreign = leaked(asker.granted, answer).filter(({ type, id }) => type !== 'StaticCode' || !isOfPlatform(id))
    return foreign.map(({ type, id }) => `${asker.granted.name}: ${field} holds ${type} ${id}`)
  },
  unlinkedEvaluations: listForSome(),
  linkCandidates: lookUpNothing('Evaluation', 'evaluationId'),
  hallsWithoutStaticCode: listForSome(),
  staffWithoutStaticCode: listForSome({ hallId: true }),
  evaluations: list('Evaluation', { departmentId: 'Department', hallId: 'Hall', windowId: 'Window' }),
  serviceCases: list('ServiceCase', { departmentId: 'Department', hallId: 'Hall', windowId: 'Window' }),
  openNegativeReviews: list('NegativeReview', scopeNarrowing, inScope),
  message: lookUp('Message', { readers: messageReaders }),
  messages: list('Message', {}, undefined, messageReaders),
  pressureReports: list('PressureReport', {}, undefined, ['MANAGEMENT_BODY', 'PROVINCIAL_BUREAU']),
  // For whoever rated alone: to everybody else any rating, also of his own scope, is as unknown as none.
  followUpForm: (asker, field) =>
    expectNothing(
      asker,
      `query ($id: ID!) { ${field}(evaluationId: $id) ${selectionOf(queries, field)} }`,
      someRatings(),
      randomUUID(),
      field,
    ),
  negativeReviewFeed: replay('NegativeReview', scopeNarrowing, inScope),
  deadlineFeed: replay('Deadline', scopeNarrowing, inScope),
  serviceCaseClosedFeed: replay('ServiceCase', { windowId: 'Window' }, name => `${name}: $id`),
  async viewer(asker, field) {
    const answer = await askRaw(hub, `{ ${field} ${selectionOf(queries, field)} }`, {}, asker.credential ?? undefined)
    const foreign = leaked(asker.granted, answer)
    return foreign.map(({ type, id }) => `${asker.granted.name}: ${field} holds ${type} ${id}`)
  },
  // A form is opened by a code and by nothing else; codes that are none say so to everybody alike.
  async ratingForm(asker, field) {
    const query = `query ($id: String!) { ${field}(token: $id) ${selectionOf(queries, field)} }`
    const caseNumbers = map
      .rows('ServiceCase')
      .slice(0, 2)
      .map(({ case_number }) => case_number!)
    return expectNothing(asker, query, caseNumbers, noCaseNumber, field)
  },
}

/** A change of what lies outside is answered as one of what exists nowhere. */
const changeOf =
  (type: string, input: string, column = 'id'): Probe =>
  (asker, field) =>
    expectNothing(
      asker,
      `mutation ($id: ID!) { ${field}(input: { ${input} }) ${selectionOf(mutations, field)} }`,
      map.outside(asker.granted, type).map(row => row[column]!),
      randomUUID(),
      field,
    )

/** What opens nothing but is known to the hub: ids and numbers in place of secrets are as unknown as any text. */
const changeBySecret =
  (input: string, known: () => string[], unknown: string = randomUUID()): Probe =>
  (asker, field) =>
    expectNothing(
      asker,
      `mutation ($id: String!) { ${field}(input: { ${input} }) ${selectionOf(mutations, field)} }`,
      known(),
      unknown,
      field,
    )

/** A change of what belongs to a source outside is answered as one of a source that nobody knows. */
const changeOfSource =
  (type: 'SourceProfile' | 'Link', input: string): Probe =>
  (asker, field) =>
    expectNothing(
      asker,
      `mutation ($id: String!) { ${field}(input: { sourceSystem: $id, ${input} }) ${selectionOf(mutations, field)} }`,
      map.outside(asker.granted, type).flatMap(({ source_system }) => source_system ?? []),
      'NO-SUCH-SYSTEM',
      field,
    )

const callersCase = () => map.rows('ServiceCase').find(({ case_number }) => case_number === callersCaseNumber)!

const someMapping = `{
  channels: [{ from: "1", to: "PORTAL" }], levelDirection: FIVE_IS_BEST, itemsKind: NONE, handsOverIdentity: false,
  levels: [{ from: "1", to: "1" }, { from: "2", to: "2" }, { from: "3", to: "3" }, { from: "4", to: "4" }, { from: "5", to: "5" }]
}`

const someRatings = () =>
  map
    .rows('Evaluation')
    .slice(-3)
    .map(({ id }) => id)

const somePrintedCodes = () =>
  map
    .rows('StaticCode')
    .slice(0, 3)
    .map(({ printed_id }) => printed_id!)

const someCaseNumbers = () =>
  map
    .rows('ServiceCase')
    .slice(0, 2)
    .map(({ case_number }) => case_number!)

const mutationProbes: Record<string, Probe> = {
  appendEvaluation: (asker, field) =>
    expectNothing(
      asker,
      `mutation ($id: ID!) { ${field}(input: { evaluationId: $id, level: SATISFIED }) ${selectionOf(mutations, field)} }`,
      someRatings(),
      randomUUID(),
      field,
    ),
  supplementEvaluation: changeBySecret('receiptNumber: $id, text: "补充"', someRatings),
  reportPressure: changeBySecret('receiptNumber: $id, kind: PRESSURE, text: "要求我给五星"', someRatings),
  findOwnCases: changeBySecret('token: $id, phone: "19900001234"', somePrintedCodes),
  proveSmsRating: changeBySecret('token: $id, phoneLastFour: "1234"', someCaseNumbers, noCaseNumber),
  // A phone that applicants gave, and one that nobody has.
  setSmsOptOut: changeBySecret('phone: $id, isOptedOut: false', () => ['19900001234'], '19988881234'),
  registerDeviceSigningKey: changeBySecret('publicKey: $id', someRatings),
  submitDeviceEvaluations: changeBySecret(
    `entries: [{ counter: 1, token: $id, formTicket: "", level: SATISFIED, items: [], givenAt: "2026-11-21T00:00:00.000Z", signature: "" }]`,
    someCaseNumbers,
    noCaseNumber,
  ),
  recordManualWake: (asker, field) =>
    expectNothing(
      asker,
      `mutation ($id: String!) { ${field}(input: { caseNumber: $id }) ${selectionOf(mutations, field)} }`,
      map.outside(asker.granted, 'ServiceCase').map(({ case_number }) => case_number!),
      noCaseNumber,
      field,
    ),
  acknowledgeNegativeReview: (asker, field) =>
    expectNothing(
      asker,
      `mutation ($id: ID!) { ${field}(input: { id: $id }) ${selectionOf(mutations, field)} }`,
      map.outside(asker.granted, 'NegativeReview').map(({ id }) => id),
      randomUUID(),
      field,
    ),
  issueRatingCode: (asker, field) =>
    expectNothing(
      asker,
      `mutation ($id: String!) { ${refusedCode} ${selectionOf(mutations, field)} }`,
      map.outside(asker.granted, 'ServiceCase').map(({ case_number }) => case_number!),
      noCaseNumber,
      field,
    ),
  activateSourceProfile: changeOfSource('SourceProfile', 'version: 1'),
  testSourceProfile: changeOfSource('SourceProfile', 'version: 1, samples: []'),
  saveSourceProfile: changeOfSource('Link', `mapping: ${someMapping}`),
  decideIntegritySignal: changeOf('IntegritySignal', 'id: $id, isConfirmed: true, reason: "核对属实"'),
  revalidateEvaluation: changeOf('ValidityDecision', 'evaluationId: $id, reason: "核对无误"', 'evaluation_id'),
  revealApplicant: changeOf('ServiceCase', 'caseId: $id, purpose: VERIFICATION'),
  revealCallBackContact: changeOf('CallBack', 'evaluationId: $id'),
  recordCallBack: changeOf('CallBack', 'evaluationId: $id, result: CONFIRMED'),
  recordCallOutcome: changeOf('PhoneInvitation', 'invitationId: $id, outcome: NO_ANSWER'),
  releasePhoneInvitation: changeOf('PhoneInvitation', 'invitationId: $id'),
  nextPhoneInvitation: (asker, field) =>
    expectNothing(
      asker,
      `mutation ($id: ID) { ${field}(hallId: $id) ${selectionOf(mutations, field)} }`,
      map.outside(asker.granted, 'Hall').map(({ id }) => id),
      randomUUID(),
      field,
    ),
  submitPhoneEvaluation: changeOf(
    'ServiceCase',
    'caseId: $id, source: HOTLINE, contactName: "甲", contactPhone: "13800000001", level: SATISFIED',
  ),
  // Found by whoever takes calls where the case lies; to all others the number is as good as one that nobody has.
  async findCallerCases(asker, field) {
    const query = `mutation ($id: String!) { ${field}(input: { documentNumber: $id }) ${selectionOf(mutations, field, 3)} }`
    const answer = await askRaw(hub, query, { id: inventedIdentityNumber }, asker.credential ?? undefined)
    const foreign = leaked(asker.granted, answer)
    const isFound = rowsIn(answer).some(({ type }) => type === 'ServiceCase')
    const isOwn = mayRead(asker, callTakers) && map.isVisible(asker.granted, 'ServiceCase', callersCase().id)
    return foreign.length === 0 && isFound === isOwn
      ? []
      : [`${asker.granted.name}: ${field} gave ${JSON.stringify(answer).slice(0, 300)}`]
  },
  async recordOfflineOpinion(asker, field) {
    const opinion = 'receivedOn: "2026-11-20", source: OPINION_BOX, text: "意见"'
    const ofHall = await changeOf('Hall', `hallId: $id, ${opinion}`)(asker, field)
    return [...ofHall, ...(await changeOf('Department', `departmentId: $id, ${opinion}`)(asker, field))]
  },
  settleOfflineOpinion: changeOf('OfflineOpinion', 'id: $id, state: ANSWERED, note: "已答复"'),
  // Names nothing that is there already: who may enter a year is told by his role alone.
  saveCalendarYear: changeBySecret('year: 1800, days: [], source: $id', someRatings),
  submitEvaluations: (asker, field) =>
    expectNothing(
      asker,
      `mutation ($id: String!) { ${field}(input: { rows: [{
         caseNumber: $id, sourceRatingId: "MATRIX-1", channel: "1", level: "5", evaluatedAt: "2026-11-20 10:00:00"
       }] }) ${selectionOf(mutations, field)} }`,
      map.outside(asker.granted, 'ServiceCase').map(({ case_number }) => case_number!),
      noCaseNumber,
      field,
    ),
  requestStaticCodes: changeOf('Hall', 'subjectKind: HALL, subjectIds: [$id]'),
  decideStaticCodes: changeOf('StaticCode', 'ids: [$id], isGranted: true'),
  retireStaticCode: changeOf('StaticCode', 'id: $id, reason: "破损"'),
  linkEvaluation: changeOf('Evaluation', 'evaluationId: $id, caseId: $id, reason: "核对"'),
  countCodeScan: (asker, field) =>
    expectNothing(
      asker,
      `mutation ($id: String!) { ${field}(token: $id) }`,
      map.rows('StaticCode').map(({ printed_id }) => printed_id!),
      'unknown',
      field,
    ),
  registerDevice: changeOf('Window', 'windowId: $id, name: "评价器", owner: "责任人"'),
  recordDevice: changeOf('Device', 'id: $id, state: FAULTY, note: "故障"'),
  renewDeviceKey: changeOf('Device', 'id: $id'),
  revokeAgentMandate: changeOf('AgentMandate', 'id: $id'),
  actFor: changeOf('AgentMandate', 'mandateId: $id'),
  // Names nothing that is there already: who may record one is told by his role alone.
  recordAgentMandate: (asker, field) =>
    expectNothing(
      asker,
      `mutation ($id: String!) { ${field}(input: {
         agentName: $id, agentDocumentNumber: "", organisationName: "", creditCode: "", validFrom: "", validUntil: "", evidence: ""
       }) ${selectionOf(mutations, field)} }`,
      map.rows('AgentMandate').map(({ id }) => id),
      randomUUID(),
      field,
    ),
  async reportCases(asker, field) {
    const query = `mutation ($id: String!) { ${field}(input: { cases: [{ caseNumber: "T1", applicantName: "甲", serviceCode: "1", state: "1", regionCode: $id }] }) ${selectionOf(mutations, field)} }`
    const outside = map.outside(asker.granted, 'Region').map(({ code }) => code!)
    return expectNothing(asker, query, outside, '999999', field)
  },
  async submitEvaluation(asker, field) {
    const query = `mutation ($id: String!) { ${field}(input: { token: $id, level: SATISFIED }) ${selectionOf(mutations, field)} }`
    const caseNumbers = map
      .rows('ServiceCase')
      .slice(0, 2)
      .map(({ case_number }) => case_number!)
    return expectNothing(asker, query, caseNumbers, noCaseNumber, field)
  },
  async signIn(asker, field) {
    const query = `mutation ($id: String!) { ${field}(input: { name: $id, password: "no-password-of-anyone" }) ${selectionOf(mutations, field)} }`
    return expectNothing(asker, query, asker.granted === nobody ? ['auditor'] : [], `n${randomUUID()}`, field)
  },
  // Ends the asker's own session and takes no argument by which another could be named.
  signOut: async () => (mutations.getFields().signOut!.args.length === 0 ? [] : ['signOut takes arguments']),
}

const subscriptionProbes: Record<string, { place: Record<string, string>; wrap: (name: string) => string }> = {
  negativeReviews: { place: scopeNarrowing, wrap: inScope },
  deadlines: { place: scopeNarrowing, wrap: inScope },
  serviceCaseClosed: { place: { windowId: 'Window' }, wrap: name => `${name}: $id` },
}

const names = (type: GraphQLObjectType) => Object.keys(type.getFields()).sort()

test('every root field of the graph is in the matrix', () => {
  expect(Object.keys(queryProbes).sort()).toEqual(names(queries))
  expect(Object.keys(mutationProbes).sort()).toEqual(names(mutations))
  expect(Object.keys(subscriptionProbes).sort()).toEqual(names(subscriptions))
})

test('every type with an id lies in the map, but what is the same for everybody or one’s own alone', () => {
  const types = Object.values(schema.getTypeMap()).filter(isObjectType)
  const withId = types.filter(type => 'id' in type.getFields()).map(({ name }) => name)
  expect(withId.filter(name => !map.isPlaced(name)).sort()).toEqual([
    // One's own alone, whoever else sees the place.
    'CaseUpload',
    'EvaluationUpload',
    // Official rules and lines of government are public.
    'JurisdictionPolicy',
    'Line',
    'Viewer',
  ])
})

test.each(Object.entries(queryProbes))('query %s shows nobody anything from outside', async (field, probe) => {
  const faults = await Promise.all(askers.map(asker => probe(asker, field)))
  expect(faults.flat()).toEqual([])
})

test.each(Object.entries(mutationProbes))('mutation %s finds nothing outside', async (field, probe) => {
  const faults = await Promise.all(askers.map(asker => probe(asker, field)))
  expect(faults.flat()).toEqual([])
})

const doors = { WebSocket: firstOverWebSocket, SSE: firstOverSse }

const isRefusal = ({ codes }: FirstWord) =>
  codes.some(code => code === 'SCOPE_NOT_COVERED' || code === 'UNAUTHENTICATED')

/** A feed narrowed to what lies outside is refused, or empty for ever: its first word is the heartbeat of position 0. */
const isEmptyFeed = ({ data }: FirstWord, field: string) => (data?.[field] as { position?: string })?.position === '0'

test('subscriptions over both doors tell of own rows only, and of nothing that lies outside', async () => {
  const faults: string[] = []
  async function hear(
    door: keyof typeof doors,
    { granted, credential }: Asker,
    field: string,
    name: string,
    type: string,
  ) {
    const { wrap } = subscriptionProbes[field]!
    const variable = name === 'regionCode' ? 'String!' : 'ID!'
    const query = `subscription ($id: ${variable}) { ${field}(after: "0", ${wrap(name)}) ${selectionOf(subscriptions, field, 1)} }`
    const outside = map.outside(granted, type)
    await Promise.all(
      [...outside, ...map.inside(granted, type).slice(0, 1)].map(async row => {
        const id = name === 'regionCode' ? row.code : row.id
        const word = await doors[door](hub, { query, variables: { id }, credential })
        const isSilent = !outside.includes(row) || isRefusal(word) || isEmptyFeed(word, field)
        if (leaked(granted, word).length > 0 || !isSilent) {
          faults.push(`${door} ${granted.name}: ${field} of ${name} ${id} said ${JSON.stringify(word).slice(0, 300)}`)
        }
      }),
    )
  }
  const heard = Object.keys(doors).flatMap(door =>
    askers.flatMap(asker =>
      Object.entries(subscriptionProbes).flatMap(([field, { place }]) =>
        Object.entries(place).map(([name, type]) => hear(door as keyof typeof doors, asker, field, name, type)),
      ),
    ),
  )
  await Promise.all(heard)
  expect(faults).toEqual([])
})

test('the REST door finds nothing outside, and no one else’s upload', async () => {
  const faults = await Promise.all(
    askers.map(async ({ granted, credential }) => {
      const answer = async (path: string) => {
        const response = await fetch(`${hub.url}${path}`, {
          headers: credential ? { authorization: `Bearer ${credential}` } : {},
        })
        return `${response.status} ${await response.text()}`
      }
      const same = async (of: (id: string) => string, outside: string[], unknown: string) => {
        const expected = (await answer(of(unknown))).replaceAll(unknown, '…')
        const found: string[] = []
        for (const id of outside) {
          const text = (await answer(of(id))).replaceAll(id, '…')
          if (text !== expected || text.startsWith('200'))
            found.push(`${granted.name}: ${of(id)} ${text}, unknown ${expected}`)
        }
        return found
      }
      const foreignCases = map.outside(granted, 'ServiceCase').map(({ case_number }) => case_number!)
      const uploads = granted.name === 'window-system' ? [] : [uploadId]
      const evaluationUploads = granted.name === 'window-system' ? [] : [evaluationUploadId]
      return [
        ...(await same(id => `/v1/cases/${id}/code.json`, foreignCases, noCaseNumber)),
        ...(await same(id => `/v1/cases/uploads/${id}`, uploads, randomUUID())),
        ...(await same(id => `/v1/cases/uploads/${id}/rejected.csv`, uploads, randomUUID())),
        ...(await same(id => `/v1/evaluations/uploads/${id}`, evaluationUploads, randomUUID())),
        ...(await same(id => `/v1/evaluations/uploads/${id}/rejected.csv`, evaluationUploads, randomUUID())),
      ]
    }),
  )
  expect(faults.flat()).toEqual([])
})
