import { serverAudits } from 'graphql-http'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { documentIdOf } from '../../router/registered-documents.ts'
import { type Hub, startHub } from './fixtures/hub.ts'

let hub: Hub
let production: Hub
const registered = '{ viewer { name } }'

beforeAll(async () => {
  hub = await startHub()
  production = await startHub({
    isDevelopment: false,
    registeredDocuments: new Map([[documentIdOf(registered), registered]]),
  })
})

afterAll(async () => {
  await hub.stop()
  await production.stop()
})

const codeOf = (answer: { body: { errors?: { extensions: { code: string } }[] } | null }) =>
  answer.body?.errors?.[0]?.extensions.code

describe('GraphQL over HTTP', () => {
  const withClient: typeof fetch = (input, init) =>
    fetch(input, { ...init, headers: { ...(init?.headers as Record<string, string>), 'x-hub-client': 'audit' } })
  const audits = serverAudits({ url: () => hub.url, fetchFn: withClient })

  test('has 61 audits', () => expect(audits).toHaveLength(61))

  for (const audit of audits) {
    test(`audit ${audit.id}: ${audit.name}`, async () => {
      const result = await audit.fn()
      expect(result.status === 'ok' ? 'ok' : result.reason).toBe('ok')
    })
  }
})

describe('the door over HTTP', () => {
  test('answers from several subgraphs as the holder of the credential', async () => {
    const answer = await hub.post(
      { query: '{ viewer { name } negativeReview(id: "review-3") { evaluation { comment } } }' },
      { authorization: 'Bearer token-41' },
    )
    expect(answer).toMatchObject({
      status: 200,
      type: 'application/json; charset=utf-8',
      body: { data: { viewer: { name: 'staff of /41/' }, negativeReview: { evaluation: { comment: '等了很久 3' } } } },
    })
  })

  test('lets somebody without a credential ask as nobody', async () => {
    expect((await hub.post({ query: registered })).body).toEqual({ data: { viewer: null } })
  })

  test('refuses an unknown credential instead of asking as nobody', async () => {
    const answer = await hub.post({ query: registered }, { authorization: 'Bearer forgotten' })
    expect([answer.status, codeOf(answer)]).toEqual([401, 'UNAUTHENTICATED'])
  })

  test('answers a GET query and refuses a GET mutation', async () => {
    const headers = { 'x-hub-client': 'test' }
    const query = await fetch(`${hub.url}?query=${encodeURIComponent('{ __typename }')}`, { headers })
    expect(await query.json()).toEqual({ data: { __typename: 'Query' } })
    const mutation = 'mutation { openNegativeReview(regionPath: "/41/", evaluationId: "1") { id } }'
    const refused = await fetch(`${hub.url}?query=${encodeURIComponent(mutation)}`, { headers })
    expect(refused.status).toBe(405)
    expect(hub.feed.visible('/41/')).toEqual([])
  })

  test('names itself and introspection together without asking a subgraph', async () => {
    expect((await hub.post({ query: '{ __typename __schema { queryType { name } } }' })).body).toEqual({
      data: { __typename: 'Query', __schema: { queryType: { name: 'Query' } } },
    })
  })

  test('does not serve what only subgraphs may ask', async () => {
    for (const query of [
      '{ _service { sdl } }',
      '{ _entities(representations: []) { __typename } }',
      '{ identify(credential: "x") }',
    ]) {
      expect(codeOf(await hub.post({ query }))).toBe('GRAPHQL_VALIDATION_FAILED')
    }
  })

  test('refuses a subscription that is not asked for as a stream', async () => {
    const answer = await hub.post(
      { query: 'subscription { negativeReviews { position } }' },
      { authorization: 'Bearer token-41' },
    )
    expect([answer.status, codeOf(answer)]).toEqual([400, 'SUBSCRIPTION_NEEDS_STREAM'])
  })

  test('gives the SDL as text, without what is internal', async () => {
    const response = await fetch(hub.url.replace('/graphql', '/schema.graphql'))
    const sdl = await response.text()
    expect(response.headers.get('content-type')).toBe('text/plain; charset=utf-8')
    expect(sdl).toContain('negativeReviewFeed(')
    expect(sdl).not.toContain('identify')
  })

  test('serves GraphiQL in development alone, with no address of anybody else to load from', async () => {
    const accept = { accept: 'text/html' }
    const page = await (await fetch(hub.url, { headers: accept })).text()
    expect(page).toContain('YogaGraphiQL.renderYogaGraphiQL')
    expect(page.match(/<(script|link|img)[^>]+(src|href)="?https?:/g)).toBeNull()
    expect((await fetch(production.url, { headers: accept })).status).toBe(400)
  })
})

describe('cross-site requests', () => {
  const query = JSON.stringify({ query: registered })

  test.each([
    ['a POST as text', { method: 'POST', headers: { 'content-type': 'text/plain' }, body: query }],
    ['a form', { method: 'POST', headers: { 'content-type': 'multipart/form-data; boundary=x' }, body: query }],
    ['a GET without a header of its own', { method: 'GET' }],
    [
      'a GET with a content type that browsers send freely',
      { method: 'GET', headers: { 'content-type': 'text/plain' } },
    ],
    ['a GET with an odd content type', { method: 'GET', headers: { 'content-type': 'nonsense' } }],
  ])('%s is refused', async (_name, init) => {
    const url = init.method === 'GET' ? `${hub.url}?query=${encodeURIComponent(registered)}` : hub.url
    const response = await fetch(url, init)
    expect([response.status, (await response.json()).errors[0].extensions.code]).toEqual([400, 'CSRF_REFUSED'])
  })

  test('only listed origins are told that they may read an answer', async () => {
    const listed = await startHub({ allowedOrigins: ['https://window.example.gov.cn'] })
    const allowed = async (origin: string) =>
      (await fetch(listed.url, { method: 'OPTIONS', headers: { origin } })).headers.get('access-control-allow-origin')
    expect(await allowed('https://window.example.gov.cn')).toBe('https://window.example.gov.cn')
    expect(await allowed('https://elsewhere.example')).toBeNull()
    await listed.stop()
  })
})

describe('in production', () => {
  test('somebody without a credential sends registered documents, by id, and nothing else', async () => {
    const id = documentIdOf(registered)
    const hash = id.replace('sha256:', '')
    const data = { data: { viewer: null } }
    expect((await production.post({ documentId: id })).body).toEqual(data)
    expect((await production.post({ extensions: { persistedQuery: { version: 1, sha256Hash: hash } } })).body).toEqual(
      data,
    )
    expect((await production.post({ query: registered })).body).toEqual(data)
    expect(codeOf(await production.post({ query: '{ viewer { id } }' }))).toBe('DOCUMENT_NOT_REGISTERED')
  })

  test('an id can be neither taught nor borrowed', async () => {
    const other = '{ viewer { id } }'
    const unknown = { version: 1, sha256Hash: documentIdOf(other).replace('sha256:', '') }
    expect(codeOf(await production.post({ query: other, extensions: { persistedQuery: unknown } }))).toBe(
      'DOCUMENT_NOT_REGISTERED',
    )
    expect(codeOf(await production.post({ extensions: { persistedQuery: unknown } }))).toBe('DOCUMENT_NOT_REGISTERED')
    expect(codeOf(await production.post({ query: other, documentId: documentIdOf(registered) }))).toBe(
      'DOCUMENT_NOT_REGISTERED',
    )
  })

  test('staff send any document, but the graph does not describe itself', async () => {
    const headers = { authorization: 'Bearer token-41' }
    expect((await production.post({ query: '{ viewer { id } }' }, headers)).body).toEqual({
      data: { viewer: { id: 'staff of /41/' } },
    })
    expect(codeOf(await production.post({ query: '{ __schema { queryType { name } } }' }, headers))).toBe(
      'INTROSPECTION_REFUSED',
    )
    const misspelt = await production.post({ query: '{ viewers { id } }' }, headers)
    expect([codeOf(misspelt), misspelt.text.includes('Did you mean')]).toEqual(['GRAPHQL_VALIDATION_FAILED', false])
  })
})
