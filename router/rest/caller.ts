import type { FastifyRequest } from 'fastify'
import { GraphQLError } from 'graphql'
import type { Viewer } from '../../subgraphs/shared/viewer.ts'
import type { Authentication } from '../authentication.ts'
import { problemOfErrors, RestRefusal, refuse } from './problem.ts'

export type Authenticate = Authentication['authenticate']

/** Who calls (调用方), by `Authorization: Bearer`. Throws a refusal for nobody, for an unknown credential and while it cannot be checked. */
export async function callerOf(request: FastifyRequest, authenticate: Authenticate): Promise<Viewer> {
  const { authorization } = request.headers
  if (!authorization || !/^bearer\s+\S/i.test(authorization)) throw refuse('UNAUTHENTICATED')
  const viewer = await authenticate(authorization)
  if (viewer instanceof GraphQLError) throw new RestRefusal(problemOfErrors([viewer]))
  return viewer
}
