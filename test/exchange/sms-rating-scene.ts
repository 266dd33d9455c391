import { type DocumentNode, parse } from 'graphql'
import type { CaseReportRow } from '../../subgraphs/cases/domain/case-report.ts'
import { cases } from '../../subgraphs/cases/index.ts'
import { evaluations } from '../../subgraphs/evaluations/index.ts'
import { exchange } from '../../subgraphs/exchange/index.ts'
import { createMemoryBus } from '../../subgraphs/shared/bus/memory-bus.ts'
import { createCrypto } from '../../subgraphs/shared/crypto/crypto-port.ts'
import { generateSecretKeys } from '../../subgraphs/shared/crypto/secret-keys.ts'
import { type Database, openDatabase } from '../../subgraphs/shared/database.ts'
import type { ServableSubgraph } from '../../subgraphs/shared/local-subgraph.ts'
import type { SubgraphDependencies, SubgraphModule } from '../../subgraphs/shared/module.ts'
import type { SubgraphName } from '../../subgraphs/shared/subgraph.ts'
import { anonymousViewer, type Viewer } from '../../subgraphs/shared/viewer.ts'
import { workflow } from '../../subgraphs/workflow/index.ts'
import { caseRow } from '../kit/case-rows.ts'
import { clientViewer, seedSmallDirectory } from '../kit/small-directory.ts'
import { createTestDatabase } from '../kit/test-database.ts'
import { waitFor } from '../kit/wait-for.ts'

// biome-ignore lint/suspicious/noExplicitAny: answers are compared as a whole
type Any = any

const everything = { reach: 'EVERYTHING', name: 'seed' } as const
const modules: readonly SubgraphModule[] = [cases, evaluations, workflow, exchange]

export type SmsRatingScene = Awaited<ReturnType<typeof openSmsRatingScene>>

/**
 * All four subgraphs on one database with the small directory, at 2026-11-20 10:00 in Shanghai; messages go to the SMS centre of that
 * address, or stay in the demo's outbox.
 */
export async function openSmsRatingScene({ smsUrl = null }: { smsUrl?: string | null } = {}) {
  const server = await createTestDatabase()
  const bus = createMemoryBus()
  const crypto = createCrypto(generateSecretKeys())
  const clock = { now: new Date('2026-11-20T02:00:00.000Z') }
  const logged: string[] = []
  const note = (fields: object, text: string) => {
    logged.push(`${text} ${JSON.stringify(fields, (_, value) => (value instanceof Error ? value.stack : value))}`)
  }
  const databases = new Map<SubgraphName, Database>()
  const running = new Map<SubgraphName, ServableSubgraph>()
  const away = new Set<SubgraphName>()
  for (const { name, entities } of modules) {
    const database = await openDatabase({ url: server.applicationUrl, entities, applicationName: `test-${name}` })
    databases.set(name, database)
  }
  await seedSmallDirectory(databases.get('cases')!)
  const dependenciesOf = (name: SubgraphName): SubgraphDependencies => ({
    ...{ database: databases.get(name)!, bus, crypto, now: () => clock.now, smsUrl },
    log: { info: () => {}, warn: note, error: note },
    publicUrl: 'http://127.0.0.1:4000',
    picturesUrl: 'file:///tmp/hub-test-pictures',
    peer: asked => {
      const peer = running.get(asked)
      if (!peer || away.has(asked)) throw new Error(`${asked} is away`)
      return peer
    },
  })
  for (const module of modules) running.set(module.name, await module.start(dependenciesOf(module.name)))

  const documents = new Map<string, DocumentNode>()
  async function ask(name: SubgraphName, viewer: Viewer, text: string, variables = {}): Promise<Any> {
    const document = documents.get(text) ?? parse(text)
    documents.set(text, document)
    const { data, errors } = await running.get(name)!.execute({ document, variables, viewer })
    if (errors) throw new Error(`${text}\n${JSON.stringify(errors)}\n${logged.join('\n')}`)
    return JSON.parse(JSON.stringify(data))
  }
  const rows = <Row extends object = Record<string, Any>>(sql: string, parameters: unknown[] = []) =>
    databases.get('exchange')!.inScope(everything, tx => tx.query<Row>(sql, parameters))

  return {
    clock,
    logged,
    crypto,
    /** Subgraphs that cannot be reached at the moment. */
    away,
    ask,
    rows,
    /** Another copy of a subgraph on the same database. */
    startTwin: (module: SubgraphModule) => module.start(dependenciesOf(module.name)),
    /** Moves the clock. */
    pass(minutes: number) {
      clock.now = new Date(clock.now.getTime() + minutes * 60_000)
    },
    /** Reports cases and answers their ids once evaluations know them. */
    async report(...reported: CaseReportRow[]): Promise<string[]> {
      const { reportCases } = await ask(
        'cases',
        clientViewer('windowSystem'),
        `mutation ($input: ReportCasesInput!) { reportCases(input: $input) {
           ... on ReportCasesSuccess { results { serviceCase { id } problems { path code } } } } }`,
        { input: { cases: reported } },
      )
      const ids = (reportCases.results as Any[]).map(result => {
        if (!result.serviceCase) throw new Error(JSON.stringify(result))
        return result.serviceCase.id as string
      })
      await waitFor(async () => {
        const known = await rows(`select from evaluations.rateable_cases where case_id = any ($1)`, [ids])
        return known.length === ids.length
      }, 'the reported cases')
      return ids
    },
    /** The state of a case's invitation, e.g. `SENT` or `ENDED RATED`; null without one. */
    async invitation(caseId: string): Promise<string | null> {
      const [row] = await rows(`select state, end_reason from evaluations.sms_invitations where case_id = $1`, [caseId])
      return row ? [row.state, row.end_reason].filter(Boolean).join(' ') : null
    },
    /** The messages so far, the oldest first. */
    async messages() {
      const kept = await rows(`select *, case_id as "caseId" from exchange.messages order by id`)
      return kept.map(row => ({
        id: row.id as string,
        kind: row.kind as string,
        state: row.state as string,
        caseId: row.caseId as string | null,
        fault: row.fault as string | null,
        attempts: row.attempts as number,
        phone: crypto.open('exchange.messages.phone_sealed', row.phone_sealed),
        text: crypto.open('exchange.messages.text_sealed', row.text_sealed),
      }))
    },
    /** Rates by a link, as nobody known. */
    rate: async (token: string, input: object) =>
      (
        await ask(
          'evaluations',
          anonymousViewer,
          `mutation ($input: SubmitEvaluationInput!) { submitEvaluation(input: $input) {
             __typename ... on SubmitEvaluationSuccess { isNew receiptNumber evaluation { id score channel } } ... on UserError { code } } }`,
          { input: { token, ...input } },
        )
      ).submitEvaluation,
    /** The score and the channel of a case's ratings, and how each rater was identified. */
    ratings: (caseId: string) =>
      rows(
        `select e.level, e.channel, e.items, p.identified_by as by from evaluations.evaluations e
         join evaluations.evaluation_people p on p.evaluation_id = e.id where e.case_id = $1`,
        [caseId],
      ),
    subgraph: (name: SubgraphName) => running.get(name)!,
    async stop() {
      for (const { name } of modules.toReversed()) await running.get(name)!.stop()
      for (const database of databases.values()) await database.close()
      await server.drop()
    },
  }
}

/** The secret part of the link in a text. */
export function tokenIn(text: string): string {
  const token = /\/r\/([A-Za-z0-9_-]{16})/.exec(text)?.[1]
  if (!token) throw new Error(`no link in ${text}`)
  return token
}

let serial = 0

/** A case of this phone that was closed at 09:00 of the scene's morning, so that its invitation is due. */
export function closedThisMorning(contactPhone: string, changes: Partial<CaseReportRow> = {}): CaseReportRow {
  serial += 1
  return caseRow(7000 + serial, {
    ...{ contactPhone, acceptedAt: '2026-11-20 08:40:00', closedAt: '2026-11-20 09:00:00' },
    ...changes,
  })
}
