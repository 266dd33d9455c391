import { type DocumentNode, Kind, parse, print } from 'graphql'
import { recordEvents } from '../../db/outbox.ts'
import { startRelay } from '../../db/relay.ts'
import { evaluations } from '../../subgraphs/evaluations/index.ts'
import { createMemoryBus } from '../../subgraphs/shared/bus/memory-bus.ts'
import { createCrypto } from '../../subgraphs/shared/crypto/crypto-port.ts'
import { generateSecretKeys } from '../../subgraphs/shared/crypto/secret-keys.ts'
import { openDatabase } from '../../subgraphs/shared/database.ts'
import {
  type ServiceCaseReported,
  serviceCaseReportedType,
} from '../../subgraphs/shared/events/service-case-reported.ts'
import { graphError } from '../../subgraphs/shared/graph-error.ts'
import type { SourceMapping } from '../../subgraphs/shared/hand-over/source-mapping.ts'
import { phoneLastFourKind } from '../../subgraphs/shared/people/phone-last-four.ts'
import type { Subgraph } from '../../subgraphs/shared/subgraph.ts'
import { newId } from '../../subgraphs/shared/uuid.ts'
import { anonymousViewer, type Scope, type Viewer } from '../../subgraphs/shared/viewer.ts'
import { regionPaths, smallDirectory } from '../kit/small-directory.ts'
import { createTestDatabase } from '../kit/test-database.ts'
import { waitFor } from '../kit/wait-for.ts'

export const everything: Scope = { reach: 'EVERYTHING', name: 'seed' }

/** A case as the cases subgraph knows it; a `phoneLastFour` of null when its source gave no phone. */
export type ReportedCase = ServiceCaseReported & {
  regionPath: string
  departmentId: string
  lineId: string | null
  hallId: string | null
  windowId: string | null
  staffMemberId: string | null
  phoneLastFour: string | null
  /** The phone by which its applicant finds it; null when nobody does. */
  phone: string | null
}

type ContactQuestion = {
  phone: string
  since: string
  regionPath: string
  hallId: string | null
  staffMemberId: string | null
}

let serial = 0

/** A case closed a minute ago at window A01 of city A by its clerk 林晓禾; its number has 24 characters. */
export function closedCase(now: Date, facts: Partial<ReportedCase> = {}): ReportedCase {
  serial += 1
  const { halls, windows, staff, departments, lines, matters } = smallDirectory
  return {
    caseId: newId(now.getTime()),
    caseNumber: `41010011420261120${String(serial).padStart(7, '0')}`,
    dataVersion: 1,
    isValid: true,
    state: 'CLOSED',
    acceptedAt: new Date(now.getTime() - 600_000).toISOString(),
    closedAt: new Date(now.getTime() - 60_000).toISOString(),
    reportedAt: now.toISOString(),
    cityCode: '410100',
    policyId: 'henan',
    regionPath: regionPaths.cityA,
    matterId: matters.pensionA,
    matterName: '养老保险待遇核定',
    departmentId: departments.socialSecurityA,
    departmentName: '甲州市人社局',
    lineId: lines.socialSecurity,
    hallId: halls.hallA,
    hallName: '甲州市政务大厅',
    windowId: windows.a01,
    windowNumber: 'A01',
    staffMemberId: staff.socialSecurityA,
    staffNumber: 'SB001',
    staffName: '林晓禾',
    phoneLastFour: '0000',
    phone: null,
    outcome: 'COMPLETED',
    mergedInto: null,
    promisedAt: null,
    legalLimitAt: null,
    hasFees: false,
    involvesIntermediary: false,
    isProbe: false,
    ...facts,
  }
}

// biome-ignore lint/suspicious/noExplicitAny: answers are compared as a whole
type Any = any

export type Answer = { data: Any; codes: unknown[] }

export type EvaluationsScene = Awaited<ReturnType<typeof openEvaluationsScene>>

/** The evaluations subgraph on a database of its own, beside the log of cases that it follows, at 2026-11-20 10:00:20 in Shanghai. */
export async function openEvaluationsScene() {
  const server = await createTestDatabase()
  const database = await openDatabase({
    url: server.applicationUrl,
    entities: evaluations.entities,
    applicationName: 'test-evaluations',
    poolSize: 20,
  })
  const bus = createMemoryBus()
  const keys = generateSecretKeys()
  const crypto = createCrypto(keys)
  const clock = { now: new Date('2026-11-20T02:00:20.000Z') }
  const logged: string[] = []
  const note = (fields: object, text: string) => {
    logged.push(`${text} ${JSON.stringify(fields, (_, value) => (value instanceof Error ? value.stack : value))}`)
  }
  const log = { info: note, warn: note, error: note }

  const known = new Map<string, ReportedCase>()
  const sources = new Map<string, string>()
  const profiles = new Map<string, string>()
  const asked: string[] = []
  const cases = { isAway: false, calendar: '[]' }
  const seenDevices = new Map<string, readonly string[]>()
  const answerOf = ({ phoneLastFour, phone: _, ...facts }: ReportedCase) => {
    return { ...facts, phoneLastFourHash: phoneLastFour && crypto.lookupHash(phoneLastFourKind, phoneLastFour) }
  }
  const casesOf = ({ phone, since, regionPath, hallId, staffMemberId }: ContactQuestion) => {
    const theirs = [...known.values()].filter(
      each =>
        each.phone === phone &&
        each.isValid &&
        each.closedAt !== null &&
        each.closedAt >= since &&
        each.regionPath.startsWith(regionPath) &&
        (hallId === null || each.hallId === hallId) &&
        (staffMemberId === null || each.staffMemberId === staffMemberId),
    )
    return theirs.sort((a, b) => b.closedAt!.localeCompare(a.closedAt!)).map(answerOf)
  }
  const casesSubgraph: Subgraph = {
    name: 'cases',
    async execute({ document, variables, viewer }) {
      if (Object.keys(variables ?? {}).length === 0 && print(document).includes('workCalendar')) {
        return { data: { workCalendar: cases.calendar } }
      }
      const devices = askedDevices(document)
      if (devices.length > 0) {
        if (cases.isAway) return { errors: [graphError('SUBGRAPH_UNAVAILABLE')] }
        const shown = devices.map(({ alias, id }) => [alias, seenDevices.get(id)?.includes(viewer.id) ? { id } : null])
        return { data: Object.fromEntries(shown) }
      }
      if (viewer.kind !== 'SYSTEM') throw new Error('cases is asked as the system')
      if ('caseIds' in variables!) return { data: { phoneKeysOfCases: '[]' } }
      if ('phone' in variables!) return { data: { casesOfContact: casesOf(variables as ContactQuestion) } }
      if ('clientId' in variables!) return { data: { answer: sources.get(String(variables.clientId)) ?? null } }
      const caseNumber = variables!.caseNumber as string
      asked.push(caseNumber)
      if (cases.isAway) return { errors: [graphError('SUBGRAPH_UNAVAILABLE')] }
      const found = known.get(caseNumber)
      return { data: { rateableCase: found ? answerOf(found) : null } }
    },
    subscribe: () => Promise.reject(new Error('ratings do not subscribe to cases')),
    stop: async () => {},
  }
  const messages: { key: string; kind: string; caseId: string; invitationId: string; url: string }[] = []
  const exchange = { isAway: false, answer: { state: 'QUEUED' } as object }
  const exchangeSubgraph: Subgraph = {
    ...casesSubgraph,
    name: 'exchange',
    async execute({ variables, viewer }) {
      if (viewer.kind !== 'SYSTEM') throw new Error('exchange is asked as the system')
      if (exchange.isAway) return { errors: [graphError('SUBGRAPH_UNAVAILABLE')] }
      if ('sourceSystem' in variables!)
        return { data: { answer: profiles.get(String(variables.sourceSystem)) ?? null } }
      messages.push(variables!.input as (typeof messages)[number])
      return { data: { queueMessage: JSON.stringify(exchange.answer) } }
    },
  }
  const relay = await startRelay({ source: 'cases', database, bus, log: line => note({}, line) })
  const start = () =>
    evaluations.start({
      database,
      bus,
      crypto,
      now: () => clock.now,
      log,
      publicUrl: 'http://hall.example.cn:4000',
      picturesUrl: 'file:///tmp/hub-test-pictures',
      smsUrl: null,
      peer: name => (name === 'exchange' ? exchangeSubgraph : casesSubgraph),
    })
  const subgraph = await start()

  const documents = new Map<string, DocumentNode>()
  async function executeAt(asked: Subgraph, viewer: Viewer, text: string, variables: Record<string, unknown> = {}) {
    const document = documents.get(text) ?? parse(text)
    documents.set(text, document)
    const { data, errors = [] } = await asked.execute({ document, variables, viewer })
    return { data: JSON.parse(JSON.stringify(data ?? {})), codes: errors.map(error => error.extensions?.code) }
  }
  const askAt =
    (asked: Subgraph) =>
    async (viewer: Viewer, text: string, variables: Record<string, unknown> = {}): Promise<Any> => {
      const { data, codes } = await executeAt(asked, viewer, text, variables)
      if (codes.length > 0) throw new Error(`${text}\n${JSON.stringify(codes)}\n${logged.join('\n')}`)
      return data
    }
  const rows = <Row extends object = Record<string, unknown>>(sql: string, parameters: unknown[] = []) =>
    database.inScope(everything, tx => tx.query<Row>(sql, parameters))

  return {
    server,
    database,
    keys,
    crypto,
    clock,
    logged,
    /** The cases subgraph, which can be taken away. */
    cases,
    /** The exchange subgraph, which can be taken away, and what it answers. */
    exchange,
    /** Messages that the exchange subgraph was asked to send. */
    messages,
    /** Declares for which source system a client speaks, and how exchange says it is read. */
    declare(clientId: string, sourceSystem: string, mapping: SourceMapping | null) {
      sources.set(clientId, sourceSystem)
      if (mapping) profiles.set(sourceSystem, JSON.stringify({ version: 1, mapping }))
    },
    /** Case numbers that the cases subgraph was asked for. */
    asked,
    ask: askAt(subgraph),
    subgraph,
    execute: (viewer: Viewer, text: string, variables?: Record<string, unknown>): Promise<Answer> =>
      executeAt(subgraph, viewer, text, variables),
    rows,
    /** A second copy of the subgraph on the same database. */
    async startTwin() {
      const twin = await start()
      return { ask: askAt(twin), stop: () => twin.stop() }
    },
    /** Lets cases know of a case without a fact having arrived. */
    knows(...reported: ReportedCase[]) {
      for (const each of reported) known.set(each.caseNumber, each)
    },
    /** Reports cases by their facts and waits until they are kept. */
    async report(...reported: ReportedCase[]) {
      for (const each of reported) known.set(each.caseNumber, each)
      const events = reported.map(each => {
        const { regionPath, departmentId, lineId, hallId, windowId, staffMemberId, ...rest } = each
        const { phoneLastFour: _, phone: __, ...payload } = rest
        const placement = { regionPath, departmentId, lineId, hallId, windowId, staffMemberId }
        const { caseId: subjectId, reportedAt } = each
        return {
          type: serviceCaseReportedType,
          feed: null,
          subjectId,
          occurredAt: new Date(reportedAt),
          placement,
          payload,
        }
      })
      await database.inScope(everything, tx => recordEvents(tx, 'cases', events))
      for (const { caseId, dataVersion } of reported) {
        await waitFor(async () => {
          const sql = `select from evaluations.rateable_cases where case_id = $1 and data_version >= $2`
          return (await rows(sql, [caseId, dataVersion])).length === 1
        }, 'the reported case')
      }
    },
    /** Lets cases show a device to these viewers alone. */
    showDevice(id: string, viewerIds: readonly string[]) {
      seenDevices.set(id, viewerIds)
    },
    /** Moves the clock. */
    pass(seconds: number) {
      clock.now = new Date(clock.now.getTime() + seconds * 1000)
    },
    async stop() {
      await subgraph.stop()
      await relay.stop()
      await database.close()
      await server.drop()
    },
  }
}

/** The devices that a document asks cases for, with the name of each answer. */
function askedDevices(document: DocumentNode): { alias: string; id: string }[] {
  return document.definitions.flatMap(definition => {
    if (definition.kind !== Kind.OPERATION_DEFINITION) return []
    return definition.selectionSet.selections.flatMap(field => {
      if (field.kind !== Kind.FIELD || field.name.value !== 'device') return []
      const id = field.arguments?.[0]?.value
      return id?.kind === Kind.STRING ? [{ alias: (field.alias ?? field.name).value, id: id.value }] : []
    })
  })
}

export const issueMutation = `mutation Issue($input: IssueRatingCodeInput!) {
  issueRatingCode(input: $input) {
    __typename
    ... on IssueRatingCodeSuccess { promptDuty ratingCode { url token kind issuedAt expiresAt nextCodeAt } }
    ... on UserError { code message messageEnglish remedy }
  }
}`

/** The token of a fresh code, asked for by a window system of the province. */
export async function freshToken(scene: EvaluationsScene, caseNumber: string, kind = 'SCREEN'): Promise<string> {
  const { issueRatingCode } = await scene.ask(provinceSystem, issueMutation, { input: { caseNumber, kind } })
  if (!issueRatingCode.ratingCode) throw new Error(JSON.stringify(issueRatingCode))
  return issueRatingCode.ratingCode.token
}

/** A system that may ask for the codes of the whole province. */
export const provinceSystem: Viewer = {
  ...anonymousViewer,
  id: newId(),
  kind: 'CLIENT',
  role: 'INTEGRATION_CLIENT',
  name: 'province system',
  scope: { reach: 'REGION', regionPath: regionPaths.province },
}

export const submitMutation = `mutation Submit($input: SubmitEvaluationInput!) {
  submitEvaluation(input: $input) {
    __typename
    ... on SubmitEvaluationSuccess { isNew receiptNumber evaluation { id score level isNegative } }
    ... on InvalidEvaluation { problems { path code message messageEnglish } }
    ... on UserError { code }
  }
}`

/** Hands a rating in, as nobody known unless told otherwise; level 5 unless told otherwise. */
export async function submit(
  scene: Pick<EvaluationsScene, 'ask'>,
  input: Record<string, unknown>,
  viewer: Viewer = anonymousViewer,
): Promise<Any> {
  const { submitEvaluation } = await scene.ask(viewer, submitMutation, { input: { level: 'VERY_SATISFIED', ...input } })
  return submitEvaluation
}

export const formQuery = `query Form($token: String!, $formTicket: String) {
  ratingForm(token: $token, formTicket: $formTicket) {
    state message messageEnglish formTicket isProofRequired textLimit pictureLimit kind subjectKind identification takeHomeUrl
    subject { matterName caseNumber departmentName hallName windowNumber staffNumber staffName terminalNumber }
    place { subjectKind name departmentName hallName windowNumber staffNumber staffName printedId }
    subRatings { kind isRequired question questionEnglish }
    levels { level score label labelEnglish face isReasonRequired items { code text textEnglish isBase } }
  }
}`

/** Opens the form of a code, or the one of a ticket again. */
export async function openForm(
  scene: Pick<EvaluationsScene, 'ask'>,
  token: string,
  viewer: Viewer = anonymousViewer,
  formTicket: string | null = null,
): Promise<Any> {
  return (await scene.ask(viewer, formQuery, { token, formTicket })).ratingForm
}

/** How many rows of each kind there are: what a refusal must leave unchanged. */
export async function countRows({ rows }: Pick<EvaluationsScene, 'rows'>) {
  const [counts] = await rows<Record<string, number>>(
    `select
       (select count(*)::int from evaluations.evaluation_keys) as keys,
       (select count(*)::int from evaluations.evaluations) as evaluations,
       (select count(*)::int from evaluations.evaluation_texts) as texts,
       (select count(*)::int from evaluations.evaluation_people) as people,
       (select count(*)::int from evaluations.evaluation_receipts) as receipts,
       (select count(*)::int from evaluations.outbox) as events`,
  )
  return counts!
}
