import fastify from 'fastify'
import { expect, test } from 'vitest'
import { caseColumns } from '../../router/rest/file/case-columns.ts'
import { evaluationColumns } from '../../router/rest/file/evaluation-columns.ts'
import contract from '../../router/rest/openapi.json' with { type: 'json' }
import { restRoutes } from '../../router/rest/rest-routes.ts'
import { type ErrorCode, errorCatalogue } from '../../subgraphs/shared/error-catalogue.ts'
import { documentedSchema } from './documented-schema.ts'

type Response = { $ref?: string; 'x-problem-codes'?: string[]; content?: Record<string, { example?: unknown }> }
type Operation = { operationId: string; security?: unknown[]; responses: Record<string, Response> }

const operations = Object.entries(contract.paths as unknown as Record<string, Record<string, Operation>>).flatMap(
  ([path, methods]) => Object.entries(methods).map(([method, operation]) => ({ path, method, operation })),
)
const resolved = (response: Response): Response =>
  response.$ref
    ? (contract.components.responses as Record<string, Response>)[response.$ref.split('/').at(-1)!]!
    : response

async function openServer() {
  const routes: string[] = []
  const server = fastify()
  server.addHook('onRoute', ({ method, url }) => {
    const isCatchAll = url === '/v1' || url.endsWith('/*')
    if (!isCatchAll) routes.push(`${method} ${url.replace(/:(\w+)/g, '{$1}')}`)
  })
  const nobody = async () => Promise.reject(new Error('nothing is asked here'))
  const nowhere = { execute: nobody, subscribe: nobody, stop: async () => {} }
  const subgraphs = {
    cases: { name: 'cases' as const, ...nowhere },
    evaluations: { name: 'evaluations' as const, ...nowhere },
  }
  const log = { info() {}, warn() {}, error() {} }
  await server.register(restRoutes({ subgraphs, execute: nobody, authenticate: nobody, log }))
  return { server, routes }
}

test('every documented path is served, and every served path is documented', async () => {
  const { routes } = await openServer()
  const documented = operations.map(({ path, method }) => `${method.toUpperCase()} ${path}`)
  expect(documented.sort()).toEqual(routes.sort())
})

test('each path answers as documented to a caller without a key', async () => {
  const { server } = await openServer()
  for (const { path, method, operation } of operations) {
    const response = await server.inject({ method: method as 'GET', url: path.replace(/\{\w+\}/g, 'x') })
    const isOpen = operation.security?.length === 0
    expect([path, response.statusCode]).toEqual([path, isOpen ? 200 : 401])
    expect(isOpen || operation.responses['401']).toBeTruthy()
  }
})

test('the contract is served as it stands in the repository', async () => {
  const { server } = await openServer()
  const response = await server.inject('/openapi.json')
  expect(response.headers['content-type']).toBe('application/json; charset=utf-8')
  expect(response.json()).toEqual(contract)
})

test('each problem code is one of the catalogue and has the status under which it is documented', () => {
  for (const { path, operation } of operations) {
    for (const [status, response] of Object.entries(operation.responses)) {
      if (Number(status) < 400) continue
      const codes = resolved(response)['x-problem-codes'] ?? []
      expect(codes.length, `${path} ${status}`).toBeGreaterThan(0)
      for (const code of codes) {
        expect([code, errorCatalogue[code as ErrorCode]?.httpStatus]).toEqual([code, Number(status)])
      }
    }
  }
})

test.each([
  ['CaseRow', contract.components.schemas.CaseRow, caseColumns],
  ['EvaluationRow', contract.components.schemas.EvaluationRow, evaluationColumns],
])('the %s of the contract has the fields of the graph’s input', (_name, { properties, required }, columns) => {
  expect(Object.keys(properties)).toEqual(columns.fields)
  expect(required).toEqual(columns.needed)
})

test('each example fits the schema beside it', () => {
  const examples = JSON.stringify(contract).match(/"example":/g)!
  let checked = 0
  const check = (value: unknown) => {
    if (typeof value !== 'object' || value === null) return
    const { schema, example } = value as { schema?: object; example?: unknown }
    if (schema && example !== undefined) {
      checked += 1
      expect(documentedSchema(schema).safeParse(example)).toMatchObject({ success: true })
    }
    for (const part of Object.values(value)) check(part)
  }
  check(contract)
  expect(checked).toBe(examples.length)
})

test('each reference leads somewhere', () => {
  for (const [, path] of JSON.stringify(contract).matchAll(/"\$ref":"#\/([^"]+)"/g)) {
    const target = path!.split('/').reduce<unknown>((part, key) => (part as Record<string, unknown>)?.[key], contract)
    expect(target, path).toBeDefined()
  }
})
