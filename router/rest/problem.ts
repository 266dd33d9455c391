import type { FastifyReply } from 'fastify'
import type { GraphQLFormattedError } from 'graphql'
import { type ErrorCode, errorCatalogue, type Refusal, refusal } from '../../subgraphs/shared/error-catalogue.ts'

/** One fault of one field or column, as `InputProblem` of the graph. */
export type FieldProblem = { path: string; code: string; message: string; messageEnglish: string }

/** A refusal over HTTP (RFC 9457 problem details, 问题说明): the entry of the error catalogue and what this case adds to it. */
export type Problem = {
  /** Names the kind of problem; it is a name, not an address. */
  type: string
  /** The same for every problem of this kind. */
  title: string
  status: number
  detail: string
  detailEnglish: string
  code: string
  remedy: string
  errors?: FieldProblem[]
  [extension: string]: unknown
}

/** What else a client needs: each faulty field, or facts to go on with. */
export type ProblemExtras = { errors?: FieldProblem[]; [extension: string]: unknown }

/** Thrown by a route that refuses; the plugin answers its problem. */
export class RestRefusal extends Error {
  readonly problem: Problem

  constructor(problem: Problem) {
    super(`${problem.code}: ${problem.detailEnglish}`)
    this.problem = problem
  }
}

/** A refusal of the catalogue with its facts filled in. */
export function refuse(code: ErrorCode, facts: Record<string, string | number> = {}, extras: ProblemExtras = {}) {
  return new RestRefusal(problemOf(refusal(code, facts), extras))
}

/** A refusal that the graph answered as a member of a union. */
export function problemOf(refused: Omit<Refusal, 'code'> & { code: string }, extras: ProblemExtras = {}): Problem {
  const { code, message, messageEnglish, remedy } = refused
  const entry = errorCatalogue[code as ErrorCode] ?? errorCatalogue.INTERNAL
  return {
    type: `urn:haochaping-hub:problem:${code.toLowerCase().replaceAll('_', '-')}`,
    title: entry.message.replace(/\{\w+\}/g, '…'),
    status: entry.httpStatus,
    detail: message,
    detailEnglish: messageEnglish,
    code,
    remedy,
    ...extras,
  }
}

/** The problem that the top-level errors of a graph answer stand for: the first one's, `INTERNAL` when it has no code of ours. */
export function problemOfErrors(errors: readonly Pick<GraphQLFormattedError, 'message' | 'extensions'>[]): Problem {
  const [error] = errors
  const code = String(error?.extensions?.code)
  if (!error || !(code in errorCatalogue)) return problemOf(refusal('INTERNAL'))
  const known = refusal(code as ErrorCode)
  // The graph sends its facts inside one sentence of both languages.
  const hasFacts = /\{\w+\}/.test(known.message)
  return problemOf(hasFacts ? { ...known, message: error.message, messageEnglish: error.message } : known)
}

/** Answers a problem; nobody may keep it. */
export function sendProblem(reply: FastifyReply, problem: Problem): FastifyReply {
  if (problem.status === 401) reply.header('www-authenticate', 'Bearer')
  return reply
    .code(problem.status)
    .header('cache-control', 'no-store')
    .type('application/problem+json; charset=utf-8')
    .send(JSON.stringify(problem))
}
