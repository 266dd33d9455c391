import { maxAliasesRule } from '@escape.tech/graphql-armor-max-aliases'
import { maxDepthRule } from '@escape.tech/graphql-armor-max-depth'
import { parse, validate } from 'graphql'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { aliases } from '../../router/limits/aliases.ts'
import { depth } from '../../router/limits/depth.ts'
import { fragmentsOf } from '../../router/limits/unfold.ts'
import { type Hub, startHub } from './fixtures/hub.ts'

let hub: Hub
beforeAll(async () => {
  hub = await startHub()
})
afterAll(() => hub.stop())

const repeat = (count: number, piece: (index: number) => string) =>
  Array.from({ length: count }, (_, index) => piece(index)).join(' ')
const nested = (levels: number) => `${'{ a '.repeat(levels)}${'}'.repeat(levels)}`
const inlined = (levels: number) => `${'... on Query { '.repeat(levels)} viewer { name } ${'}'.repeat(levels)}`
const doubling = `${repeat(20, index => `fragment F${index} on Query { ...F${index + 1} ...F${index + 1} }`)} fragment F20 on Query { viewer { id } }`

describe('a document beyond a limit is refused with one sentence, before anything is planned:', () => {
  test.each([
    ['100,000 tokens', 'DOCUMENT_TOO_LONG', { query: `{ ${repeat(50_000, () => 'id,')} }` }],
    ['a megabyte of opened selections', 'DOCUMENT_TOO_LONG', { query: '{ a '.repeat(250_000) }],
    ['a megabyte of braces', 'GRAPHQL_PARSE_FAILED', { query: '{'.repeat(1_000_000) }],
    ['50 levels', 'DOCUMENT_TOO_DEEP', { query: nested(50) }],
    ['31 fragments inside each other', 'DOCUMENT_TOO_DEEP', { query: `{ ${inlined(30)} }` }],
    ['a value deeper than the stack', 'DOCUMENT_TOO_DEEP', { query: `{ region(code: ${'['.repeat(1_900)}) { id } }` }],
    ['31 aliases', 'TOO_MANY_ALIASES', { query: `{ viewer { ${repeat(31, index => `a${index}: id`)} } }` }],
    ['21 root fields', 'TOO_MANY_ROOT_FIELDS', { query: `{ ${repeat(21, index => `a${index}: viewer { id }`)} }` }],
    ['fragments that double 20 times', 'TOO_MANY_ROOT_FIELDS', { query: `{ ...F0 } ${doubling}` }],
    ['fragments that double below a field', 'TOO_MANY_FIELDS', { query: `{ viewer { ...F0 } } ${doubling}` }],
    ['51 directives', 'TOO_MANY_DIRECTIVES', { query: `{ viewer { id ${repeat(51, () => '@include(if: true)')} } }` }],
    [
      'a fragment inside itself',
      'GRAPHQL_VALIDATION_FAILED',
      { query: '{ ...F } fragment F on Query { viewer { id } ...F }' },
    ],
    ['a page of 101', 'PAGE_TOO_LARGE', { query: '{ openNegativeReviews(first: 101) { id } }' }],
    [
      'a page of 101 by variable',
      'PAGE_TOO_LARGE',
      { query: 'query ($n: Int) { openNegativeReviews(first: $n) { id } }', variables: { n: 101 } },
    ],
    [
      'a page of 101 by default',
      'PAGE_TOO_LARGE',
      { query: 'query ($n: Int = 101) { openNegativeReviews(first: $n) { id } }' },
    ],
    [
      '1,000 operations at once',
      'BATCHING_REFUSED',
      Array.from({ length: 1_000 }, () => ({ query: '{ __typename }' })),
    ],
    ['a body above 1 MB', 'BODY_TOO_LARGE', { query: '{ __typename }', variables: { text: 'x'.repeat(1_100_000) } }],
  ])('%s', async (_name, code, body) => {
    const answer = await hub.post(body, { accept: 'application/graphql-response+json' })
    expect(answer.status).toBe(code === 'BODY_TOO_LARGE' ? 413 : 400)
    expect(answer.body.data).toBeUndefined()
    expect(answer.body.errors).toEqual([
      expect.objectContaining({ message: expect.stringMatching(/\S/), extensions: expect.objectContaining({ code }) }),
    ])
  })

  test('none of them reached a subgraph', () => expect(hub.asked.evaluations).toBe(0))
})

test('a document at every limit is answered', async () => {
  const answer = await hub.post({
    query: `{ viewer { ${repeat(30, index => `a${index}: id`)} } openNegativeReviews(first: 100) { id } }`,
  })
  expect(answer.body.data.openNegativeReviews).toHaveLength(100)
})

describe('graphql-armor refuses nothing that we let through', () => {
  const documents = [
    '{ a: viewer { id } b: viewer { id } }',
    '{ viewer { ...F } } fragment F on Viewer { a: id b: name }',
    '{ x: viewer { ...F } y: viewer { ...F } } fragment F on Viewer { a: id }',
    nested(9),
    '{ viewer { ... on Viewer { id ... on Viewer { name } } } }',
  ]
  test.each(documents)('%s', text => {
    const document = parse(text)
    const operation = document.definitions[0] as never
    const fragments = fragmentsOf(document)
    const refusesAliases = (n: number) => refuses(document, maxAliasesRule({ n, propagateOnRejection: true }))
    const refusesDepth = (n: number) =>
      refuses(document, maxDepthRule({ n, propagateOnRejection: true, flattenFragments: true }))
    expect(refusesAliases(aliases(operation, fragments))).toBe(false)
    expect(refusesDepth(depth(operation, fragments))).toBe(false)
  })

  function refuses(document: ReturnType<typeof parse>, rule: unknown): boolean {
    try {
      return validate(hub.schema, document, [rule as never]).length > 0
    } catch {
      return true
    }
  }
})
