import { request as httpRequest } from 'node:http'
import type { ExecutionResult } from 'graphql'
import { afterAll, beforeAll, expect, test } from 'vitest'
import type { Problem } from '../../router/rest/problem.ts'
import { type ErrorCode, errorCatalogue } from '../../subgraphs/shared/error-catalogue.ts'
import { graphError } from '../../subgraphs/shared/graph-error.ts'
import type { Subgraph } from '../../subgraphs/shared/subgraph.ts'
import { caseRow } from '../kit/case-rows.ts'
import { type CasesScene, openCasesScene } from '../kit/cases-subgraph.ts'
import { clientKey } from '../kit/small-directory.ts'
import { csvOf } from './case-csv.ts'
import { expectDocumented } from './documented-schema.ts'
import { openRestScene, type RestScene } from './rest-scene.ts'

let cases: CasesScene
let rest: RestScene
/** What the graph answers to a code that is asked for. */
let graphAnswer: () => Promise<ExecutionResult>
const uploads = async () => {
  const [row] = await cases.database.inScope({ reach: 'EVERYTHING', name: 'seed' }, tx =>
    tx.query<{ count: number }>('select count(*)::int as count from cases.case_uploads'),
  )
  return row!.count
}

beforeAll(async () => {
  cases = await openCasesScene()
  rest = await openRestScene({ cases: cases.subgraph, execute: () => graphAnswer() })
})
afterAll(async () => {
  await rest.stop()
  await cases.stop()
})

const key = clientKey('windowSystem')
const file = csvOf([caseRow(1)])

async function expectProblem(response: Response, code: ErrorCode, schema: 'Problem' | 'UploadProblem' = 'Problem') {
  expect(response.headers.get('content-type')).toBe('application/problem+json; charset=utf-8')
  expect(response.headers.get('cache-control')).toBe('no-store')
  const problem = (await response.json()) as Problem
  expect([problem.code, problem.status, response.status]).toEqual([
    code,
    errorCatalogue[code].httpStatus,
    errorCatalogue[code].httpStatus,
  ])
  expectDocumented(schema, problem)
  return problem
}

test.each<[string, Parameters<RestScene['upload']>[1], ErrorCode, string]>([
  ['a wrong key', { key: 'hub_k_wrong' }, 'UNAUTHENTICATED', '尚未登录、登录已失效或密钥不正确'],
  [
    'the key of a closed link',
    { key: clientKey('closedSystem') },
    'UNAUTHENTICATED',
    '尚未登录、登录已失效或密钥不正确',
  ],
  ['a key that may not report', { key: clientKey('frontend') }, 'NOT_PERMITTED', '当前身份无权进行此操作'],
  ['JSON', { key, type: 'application/json' }, 'UPLOAD_FORMAT_UNKNOWN', '无法识别文件格式：application/json'],
  ['a type that is none', { key, type: 'text' }, 'UPLOAD_FORMAT_UNKNOWN', '无法识别文件格式：text'],
  ['another encoding', { key, type: 'text/csv; charset=Big5' }, 'UPLOAD_CHARSET_UNKNOWN', '不支持的字符编码：big5'],
  [
    'a line that is none',
    { key, query: '?fromLine=0' },
    'PARAMETER_REFUSED',
    '参数 fromLine 的值不被接受：应为 1–2147483647',
  ],
])('%s is refused, and nothing is begun', async (_what, options, code, detail) => {
  const before = await uploads()
  const problem = await expectProblem(await rest.upload(file, options), code)
  expect(problem.detail).toBe(detail)
  expect(await uploads()).toBe(before)
})

test('nobody is asked who he is', async () => {
  const response = await fetch(`${rest.url}/v1/cases/bulk`, {
    method: 'POST',
    headers: { 'content-type': 'text/csv' },
    body: file,
  })
  expect(response.headers.get('www-authenticate')).toBe('Bearer')
  await expectProblem(response, 'UNAUTHENTICATED')
})

test('a compressed body is refused by name', async () => {
  const response = await fetch(`${rest.url}/v1/cases/bulk`, {
    method: 'POST',
    headers: { authorization: `Bearer ${key}`, 'content-type': 'text/csv', 'content-encoding': 'gzip' },
    body: file,
  })
  expect((await expectProblem(response, 'UPLOAD_COMPRESSED')).detail).toBe('不接受压缩的上传内容：gzip')
})

test('no body and no type is a format that nobody knows', async () => {
  const response = await fetch(`${rest.url}/v1/cases/bulk`, {
    method: 'POST',
    headers: { authorization: `Bearer ${key}` },
  })
  expect((await expectProblem(response, 'UPLOAD_FORMAT_UNKNOWN')).detail).toBe('无法识别文件格式：—')
})

test('a header that lacks columns names them, whichever answer was wanted, and nothing is begun', async () => {
  const before = await uploads()
  for (const accept of ['application/json', 'application/x-ndjson']) {
    const response = await rest.upload('caseNumber,备注\nA1,x\n', { key, accept })
    const problem = await expectProblem(response, 'UPLOAD_COLUMNS_REFUSED')
    expect(problem.errors).toEqual(
      ['regionCode', 'serviceCode', 'state', 'applicantName'].map(path => ({
        path,
        code: 'COLUMN_MISSING',
        message: '缺少必需的列',
        messageEnglish: 'is needed, but no column carries it',
      })),
    )
  }
  expect(await uploads()).toBe(before)
})

test('a sender that first sends everything and only then reads gets the refusal of a large file', async () => {
  const answer = await new Promise<{ status?: number; text: string }>((resolve, reject) => {
    const request = httpRequest(`${rest.url}/v1/cases/bulk`, {
      method: 'POST',
      headers: { authorization: `Bearer ${key}`, 'content-type': 'text/csv' },
    })
    let text = ''
    const response = new Promise<number | undefined>(answered =>
      request.on('response', incoming => {
        incoming.setEncoding('utf8').on('data', part => {
          text += part
        })
        incoming.on('end', () => answered(incoming.statusCode))
      }),
    )
    request.on('error', reject)
    request.write('caseNumber\n')
    const block = Buffer.alloc(64 * 1024, 'x')
    const send = (left: number) => {
      if (left === 0) return request.end(() => response.then(status => resolve({ status, text })))
      return request.write(block, () => send(left - 1))
    }
    send(320)
  })
  expect(answer.status).toBe(422)
  expect(JSON.parse(answer.text).code).toBe('UPLOAD_COLUMNS_REFUSED')
})

test('while cases cannot be asked who calls, the answer is that it cannot be reached', async () => {
  const away: Subgraph = { ...cases.subgraph, execute: () => Promise.reject(new Error('connect ECONNREFUSED')) }
  const door = await openRestScene({ cases: away })
  await expectProblem(await door.upload(file, { key }), 'SUBGRAPH_UNAVAILABLE')
  await door.stop()
})

test('a path or method that there is not is said so', async () => {
  const unknown = await expectProblem(await rest.get('/v1/nothing?x=1', key), 'PATH_UNKNOWN')
  expect(unknown.detail).toBe('没有接口 GET /v1/nothing')
  await expectProblem(await rest.get('/v1', key), 'PATH_UNKNOWN')
  await expectProblem(await rest.get('/v1/cases/bulk', key), 'PATH_UNKNOWN')
  const posted = await fetch(`${rest.url}/v1/nothing`, { method: 'POST', body: '{}' })
  await expectProblem(posted, 'PATH_UNKNOWN')
})

const code = (query = '') => rest.get(`/v1/cases/41010020261119000001/code.png${query}`, key)

test.each([
  ['?kind=POSTER', '参数 kind 的值不被接受：应为 SCREEN | RECEIPT | TERMINAL'],
  ['?serviceNumber=0', '参数 serviceNumber 的值不被接受：应为 1–99'],
  ['?serviceNumber=1&serviceNumber=2', '参数 serviceNumber 的值不被接受：应为 1–99'],
  ['?scale=21', '参数 scale 的值不被接受：应为 1–20'],
  ['?scale=8px', '参数 scale 的值不被接受：应为 1–20'],
])('the parameter %s is refused with what is accepted', async (query, detail) => {
  expect((await expectProblem(await code(query), 'PARAMETER_REFUSED')).detail).toBe(detail)
})

test('errors of the graph are said by their code, and those without one stay inside', async () => {
  graphAnswer = async () => ({ errors: [graphError('SUBGRAPH_UNAVAILABLE')], data: null })
  await expectProblem(await code(), 'SUBGRAPH_UNAVAILABLE')
  graphAnswer = async () => ({ errors: [graphError('BAD_USER_INPUT', { fact: 'caseNumber' })] })
  const facts = await expectProblem(await code(), 'BAD_USER_INPUT')
  expect(facts.detail).toContain('变量的值不被接受：caseNumber')
  graphAnswer = async () => ({ errors: [new TypeError('secret of the inside') as never] })
  expect(JSON.stringify(await expectProblem(await code(), 'INTERNAL'))).not.toContain('secret')
  graphAnswer = () => Promise.reject(new Error('another secret'))
  expect(JSON.stringify(await expectProblem(await code(), 'INTERNAL'))).not.toContain('secret')
  expect(rest.logged.join()).toContain('another secret')
})
