import { type DocumentNode, parse } from 'graphql'
import { cases } from '../../subgraphs/cases/index.ts'
import { mintRatingCode, readRatingCode } from '../../subgraphs/evaluations/domain/rating-code.ts'
import { evaluations } from '../../subgraphs/evaluations/index.ts'
import { createMemoryBus } from '../../subgraphs/shared/bus/memory-bus.ts'
import { createCrypto } from '../../subgraphs/shared/crypto/crypto-port.ts'
import { generateSecretKeys } from '../../subgraphs/shared/crypto/secret-keys.ts'
import { openDatabase } from '../../subgraphs/shared/database.ts'
import type { ServableSubgraph } from '../../subgraphs/shared/local-subgraph.ts'
import type { SubgraphDependencies } from '../../subgraphs/shared/module.ts'
import type { SubgraphName } from '../../subgraphs/shared/subgraph.ts'
import { newId } from '../../subgraphs/shared/uuid.ts'
import type { Scope, Viewer } from '../../subgraphs/shared/viewer.ts'
import { seedSmallDirectory } from '../kit/small-directory.ts'
import { createTestDatabase } from '../kit/test-database.ts'

export const everything: Scope = { reach: 'EVERYTHING', name: 'seed' }

// biome-ignore lint/suspicious/noExplicitAny: answers are compared as a whole
type Any = any

export type StaticCodeScene = Awaited<ReturnType<typeof openStaticCodeScene>>

/** The evaluations and the cases subgraph on one database with the small directory, at 2026-11-20 10:00 in Shanghai. */
export async function openStaticCodeScene() {
  const server = await createTestDatabase()
  const entities = [...cases.entities, ...evaluations.entities]
  const database = await openDatabase({
    url: server.applicationUrl,
    entities,
    applicationName: 'test-static-codes',
    poolSize: 20,
  })
  await seedSmallDirectory(database)
  const crypto = createCrypto(generateSecretKeys())
  const clock = { now: new Date('2026-11-20T02:00:00.000Z') }
  const logged: string[] = []
  const note = (fields: object, text: string) => {
    logged.push(`${text} ${JSON.stringify(fields, (_, value) => (value instanceof Error ? value.stack : value))}`)
  }
  const running = new Map<SubgraphName, ServableSubgraph>()
  const dependencies: SubgraphDependencies = {
    database,
    bus: createMemoryBus(),
    crypto,
    now: () => clock.now,
    log: { info: note, warn: note, error: note },
    publicUrl: 'http://hall.example.cn:4000',
    picturesUrl: 'file:///tmp/hub-test-pictures',
    smsUrl: null,
    peer: name => running.get(name)!,
  }
  running.set('cases', await cases.start(dependencies))
  running.set('evaluations', await evaluations.start(dependencies))

  const twins: (() => Promise<void>)[] = []
  const documents = new Map<string, DocumentNode>()
  async function execute(name: SubgraphName, viewer: Viewer, text: string, variables: Record<string, unknown>) {
    const document = documents.get(text) ?? parse(text)
    documents.set(text, document)
    const { data, errors = [] } = await running.get(name)!.execute({ document, variables, viewer })
    return { data: JSON.parse(JSON.stringify(data ?? {})), codes: errors.map(error => error.extensions?.code) }
  }
  const askOf =
    (name: SubgraphName) =>
    async (viewer: Viewer, text: string, variables: Record<string, unknown> = {}): Promise<Any> => {
      const { data, codes } = await execute(name, viewer, text, variables)
      if (codes.length > 0) throw new Error(`${text}\n${JSON.stringify(codes)}\n${logged.join('\n')}`)
      return data
    }
  return {
    ownerUrl: server.ownerUrl,
    database,
    crypto,
    clock,
    logged,
    cases: () => running.get('cases')!,
    evaluations: () => running.get('evaluations')!,
    ask: askOf('evaluations'),
    askCases: askOf('cases'),
    refusedWith: async (viewer: Viewer, text: string, variables: Record<string, unknown> = {}) =>
      (await execute('evaluations', viewer, text, variables)).codes,
    rows: <Row extends object = Record<string, unknown>>(sql: string, parameters: unknown[] = []) =>
      database.inScope(everything, tx => tx.query<Row>(sql, parameters)),
    /** A second copy of the evaluations subgraph on the same database, which ends with the scene at the latest. */
    async startTwin(changes: Partial<SubgraphDependencies> = {}) {
      const twin = await evaluations.start({ ...dependencies, ...changes })
      let ending: Promise<void> | null = null
      const stop = () => {
        ending ??= twin.stop()
        return ending
      }
      twins.push(stop)
      return { ...twin, stop }
    },
    async stop() {
      await Promise.all(twins.map(stop => stop()))
      await running.get('evaluations')!.stop()
      await running.get('cases')!.stop()
      await database.close()
      await server.drop()
    },
  }
}

const codeFields = `id printedId state subjectKind url requestedAt requestedBy requestReason decidedAt decidedBy decisionReason retiredAt retireReason
  place { subjectKind name departmentName hallName windowNumber staffNumber staffName printedId }
  staffMember { id } hall { id } department { id }`
const refusals = `... on UserError { code message remedy } ... on InvalidEvaluation { problems { path code message messageEnglish } }`

export const requestMutation = `mutation ($input: RequestStaticCodesInput!) {
  requestStaticCodes(input: $input) { __typename ... on RequestStaticCodesSuccess { staticCodes { ${codeFields} } } ${refusals} }
}`
export const decideMutation = `mutation ($input: DecideStaticCodesInput!) {
  decideStaticCodes(input: $input) { __typename ... on DecideStaticCodesSuccess { staticCodes { ${codeFields} } } ${refusals} }
}`
export const retireMutation = `mutation ($input: RetireStaticCodeInput!) {
  retireStaticCode(input: $input) { __typename ... on RetireStaticCodeSuccess { staticCode { ${codeFields} } } ${refusals} }
}`

export async function request(scene: StaticCodeScene, viewer: Viewer, input: Record<string, unknown>): Promise<Any> {
  return (await scene.ask(viewer, requestMutation, { input })).requestStaticCodes
}
export async function decide(scene: StaticCodeScene, viewer: Viewer, input: Record<string, unknown>): Promise<Any> {
  return (await scene.ask(viewer, decideMutation, { input })).decideStaticCodes
}
export async function retire(scene: StaticCodeScene, viewer: Viewer, input: Record<string, unknown>): Promise<Any> {
  return (await scene.ask(viewer, retireMutation, { input })).retireStaticCode
}

/** A code in use, asked for by somebody who may grant it. */
export async function granted(
  scene: StaticCodeScene,
  viewer: Viewer,
  subjectKind: string,
  subjectId?: string,
): Promise<Any> {
  const answer = await request(scene, viewer, { subjectKind, subjectIds: subjectId ? [subjectId] : [] })
  if (!answer.staticCodes) throw new Error(JSON.stringify(answer))
  return answer.staticCodes[0]
}

/** The part of a code's address behind `/r/`. */
export const tokenOf = ({ url }: { url: string }) => url.split('/r/')[1]!

/** A genuine code of a handle that nobody has. */
export function strayToken({ crypto, clock }: StaticCodeScene): string {
  return mintRatingCode({ kind: 'STATIC', handle: newId().slice(-12), point: 0, issuedAt: clock.now }, crypto.codeMac)
}

/** What a token says. */
export function codeOf({ crypto }: StaticCodeScene, token: string) {
  return readRatingCode(token, crypto.codeMac)
}
