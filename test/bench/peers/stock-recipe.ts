import { randomUUID } from 'node:crypto'
import { ApolloServer } from '@apollo/server'
import { startStandaloneServer } from '@apollo/server/standalone'
import { MikroORM } from '@mikro-orm/postgresql'
import { readRatingCode } from '../../../subgraphs/evaluations/domain/rating-code.ts'
import { hmacSha256Ring } from '../../../subgraphs/shared/crypto/mac-ring.ts'
import { StockEvaluation, StockOutboxEvent, StockRateableCase, stockEntities } from './stock-entities.ts'

/**
 * What one builds from the manuals: Apollo Server on its own, one resolver, `em.create` and `flush`. It checks the same code, finds
 * the case by its handle, and writes the rating and its event in one transaction; no gateway, scope, personal data or receipts.
 */
const typeDefs = `#graphql
  enum EvaluationLevel { VERY_SATISFIED SATISFIED BASICALLY_SATISFIED DISSATISFIED VERY_DISSATISFIED }
  input SubmitEvaluationInput { token: String! level: EvaluationLevel! text: String }
  interface UserError { message: String! }
  type Evaluation { id: ID! level: EvaluationLevel! }
  type SubmitEvaluationSuccess { evaluation: Evaluation! receiptNumber: String! isNew: Boolean! }
  type RatingCodeRefused implements UserError { message: String! }
  union SubmitEvaluationResult = SubmitEvaluationSuccess | RatingCodeRefused
  type Query { ready: Boolean }
  type Mutation { submitEvaluation(input: SubmitEvaluationInput!): SubmitEvaluationResult! }
`

const scores: Record<string, number> = {
  VERY_SATISFIED: 5,
  SATISFIED: 4,
  BASICALLY_SATISFIED: 3,
  DISSATISFIED: 2,
  VERY_DISSATISFIED: 1,
}

const orm = await MikroORM.init({
  clientUrl: process.env.DATABASE_URL!,
  entities: stockEntities,
  pool: { min: 0, max: 10 },
})
const ring = hmacSha256Ring({ current: '1', keys: { 1: Buffer.from(process.env.CODE_KEY!, 'base64') } })

const submitEvaluation = async (
  _root: unknown,
  { input }: { input: { token: string; level: string; text?: string } },
) => {
  const reading = readRatingCode(input.token, ring)
  if (!reading.ok) return { __typename: 'RatingCodeRefused', message: 'the code is wrong' }
  const em = orm.em.fork()
  const serviceCase = await em.findOne(StockRateableCase, { handle: reading.code.handle })
  if (!serviceCase) return { __typename: 'RatingCodeRefused', message: 'no such case' }
  const evaluation = em.create(StockEvaluation, {
    id: randomUUID(),
    caseId: serviceCase.id,
    level: scores[input.level]!,
    text: input.text ?? null,
    receiptNumber: randomUUID(),
    departmentId: serviceCase.departmentId,
    evaluatedAt: new Date(),
  })
  em.create(StockOutboxEvent, {
    id: randomUUID(),
    type: 'EvaluationSubmitted',
    payload: { evaluationId: evaluation.id, caseId: serviceCase.id, score: evaluation.level },
    occurredAt: new Date(),
  })
  await em.flush()
  const { id, receiptNumber } = evaluation
  return { __typename: 'SubmitEvaluationSuccess', evaluation: { id, level: input.level }, receiptNumber, isNew: true }
}

const server = new ApolloServer({ typeDefs, resolvers: { Mutation: { submitEvaluation } } })
const { url } = await startStandaloneServer(server, { listen: { host: '127.0.0.1', port: 0 } })
console.log(`ready ${url.replace('localhost', '127.0.0.1')}`)
