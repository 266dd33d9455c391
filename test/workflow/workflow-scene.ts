import { parse } from 'graphql'
import { recordEvents } from '../../db/outbox.ts'
import { startRelay } from '../../db/relay.ts'
import { createMemoryBus } from '../../subgraphs/shared/bus/memory-bus.ts'
import type { CryptoPort } from '../../subgraphs/shared/crypto/crypto-port.ts'
import { type Database, openDatabase, type Transaction } from '../../subgraphs/shared/database.ts'
import {
  type EvaluationSubmitted,
  evaluationSubmittedType,
} from '../../subgraphs/shared/events/evaluation-submitted.ts'
import type { NewEvent, Placement } from '../../subgraphs/shared/events/event.ts'
import type { ServableSubgraph } from '../../subgraphs/shared/local-subgraph.ts'
import type { Subgraph } from '../../subgraphs/shared/subgraph.ts'
import { newId } from '../../subgraphs/shared/uuid.ts'
import { anonymousViewer, type Role, type Scope, type Viewer } from '../../subgraphs/shared/viewer.ts'
import { workflow } from '../../subgraphs/workflow/index.ts'
import { createTestDatabase } from '../kit/test-database.ts'
import { waitFor } from '../kit/wait-for.ts'

export const everything: Scope = { reach: 'EVERYTHING', name: 'seed' }
export const city = '/410000/410100/'
export const county = '/410000/410100/410105/'

/** A window of a hall of its own, with its clerk and department. */
export function placementAt(regionPath: string): Placement & { hallId: string; windowId: string } {
  return {
    regionPath,
    departmentId: newId(),
    lineId: null,
    hallId: newId(),
    windowId: newId(),
    staffMemberId: newId(),
  }
}

export const hallA = placementAt(county)

/** A signed-in member of staff. */
export function staff(role: Role, scope: Scope): Viewer {
  return { ...anonymousViewer, id: newId(), kind: 'STAFF', role, name: `${role} 甲`, scope, sessionId: newId() }
}

export const supervisorOf = (hall: Placement) =>
  staff('HALL_SUPERVISOR', { reach: 'REGION', regionPath: hall.regionPath, hallId: hall.hallId! })
export const managementBodyOf = (regionPath: string) => staff('MANAGEMENT_BODY', { reach: 'REGION', regionPath })

/** The fact of one rating, bad unless told otherwise. */
export function rated(placement: Placement, facts: Partial<EvaluationSubmitted> = {}): NewEvent<EvaluationSubmitted> {
  const score = facts.score ?? 1
  const payload: EvaluationSubmitted = {
    evaluationId: newId(),
    caseId: newId(),
    cityCode: '410100',
    score,
    isNegative: score <= 2,
    isAnonymous: false,
    channel: 'QR_CODE',
    policyId: 'henan',
    matterId: newId(),
    serviceNumber: 1,
    round: 1,
    evaluatedAt: new Date().toISOString(),
    subjectKind: 'CASE',
    staticCodeId: null,
    isProbe: false,
    ...facts,
  }
  const occurredAt = new Date(payload.evaluatedAt)
  return { type: evaluationSubmittedType, feed: null, subjectId: payload.evaluationId, occurredAt, placement, payload }
}

export type Scene = Awaited<ReturnType<typeof startScene>>

/** The workflow subgraph on a database of its own, beside the log of ratings that it consumes. */
export async function startScene(options: { now?: () => Date; cases?: Subgraph } = {}) {
  const server = await createTestDatabase()
  const database = await openDatabase({
    url: server.applicationUrl,
    entities: workflow.entities,
    applicationName: 'test-workflow',
    poolSize: 20,
  })
  const bus = createMemoryBus()
  const log: string[] = []
  const keep = (_: object, text: string) => void log.push(text)
  const scopesRead: Scope[] = []
  const dependencies = {
    database: {
      ...database,
      inScope<T>(scope: Scope, work: (transaction: Transaction) => Promise<T>) {
        scopesRead.push(scope)
        return database.inScope(scope, work)
      },
    } satisfies Database,
    bus,
    crypto: {} as CryptoPort,
    now: options.now ?? (() => new Date()),
    log: { info: keep, warn: keep, error: (fields: object, text: string) => keep({}, `${text} ${describe(fields)}`) },
    publicUrl: 'http://hub.test',
    picturesUrl: 'file:///tmp/hub-test-pictures',
    smsUrl: null,
    peer: () => {
      if (options.cases) return options.cases
      throw new Error('workflow asks no other subgraph')
    },
  }
  const ratings = await startRelay({ source: 'evaluations', database, bus, log: line => void log.push(line) })
  let subgraph = await workflow.start(dependencies)
  return {
    server,
    database,
    bus,
    log,
    dependencies,
    subgraph: () => subgraph,
    /** Ends the subgraph and starts it again, as a restart of its process does. */
    async restart() {
      await subgraph.stop()
      subgraph = await workflow.start(dependencies)
    },
    rate: (...facts: NewEvent<EvaluationSubmitted>[]) =>
      database.inScope(everything, tx => recordEvents(tx, 'evaluations', facts)),
    ask: <Data>(viewer: Viewer, query: string, variables: Record<string, unknown> = {}) =>
      askSubgraph<Data>(subgraph, viewer, query, variables),
    /** How many transactions the subgraph ran for viewers while `work` went on, its own work left out. */
    async viewerReads(work: () => Promise<unknown>): Promise<number> {
      const before = scopesRead.length
      await work()
      return scopesRead.slice(before).filter(({ reach }) => reach === 'REGION').length
    },
    /** Rates and answers the ids of the reviews that come of it, in the same order. */
    async opened(...facts: NewEvent<EvaluationSubmitted>[]): Promise<string[]> {
      await database.inScope(everything, tx => recordEvents(tx, 'evaluations', facts))
      return reviewsOf(
        database,
        facts.map(({ payload }) => payload.evaluationId),
      )
    },
    follow: (viewer: Viewer, query: string, variables: Record<string, unknown> = {}) =>
      subgraph.subscribe({ document: parse(query), variables, viewer }),
    reviewOf: async (evaluationId: string) => (await reviewsOf(database, [evaluationId]))[0]!,
    async stop() {
      await subgraph.stop()
      await ratings.stop()
      await database.close()
      await server.drop()
    },
  }
}

function describe(fields: object): string {
  const { error } = fields as { error?: Error }
  return error?.message ?? JSON.stringify(fields)
}

/** Asks a subgraph as a viewer; answers data and errors as plain JSON. */
export async function askSubgraph<Data>(
  subgraph: ServableSubgraph,
  viewer: Viewer,
  query: string,
  variables: Record<string, unknown> = {},
): Promise<{ data: Data; codes: string[] }> {
  const { data, errors } = await subgraph.execute({ document: parse(query), variables, viewer })
  return {
    data: JSON.parse(JSON.stringify(data ?? null)),
    codes: (errors ?? []).map(error => String(error.extensions?.code ?? error.message)),
  }
}

/** The ids of the reviews that ratings opened, in the order of the ratings, once all are there and in the feed. */
function reviewsOf(database: Database, evaluationIds: string[]): Promise<string[]> {
  return waitFor(async () => {
    const rows = await database.inScope(everything, tx =>
      tx.query<{ id: string }>(
        `select r.id from unnest($1::uuid[]) with ordinality as wanted(id, place)
           join workflow.negative_reviews r on r.evaluation_id = wanted.id
           join workflow.outbox o on o.subject_id = r.id and o.type = 'NegativeReviewOpened' and o.position is not null
           order by place`,
        [evaluationIds],
      ),
    )
    return rows.length === evaluationIds.length && rows.map(({ id }) => id)
  }, `the reviews of ${evaluationIds.length} ratings`)
}
