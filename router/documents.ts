import {
  type DocumentNode,
  GraphQLError,
  type GraphQLSchema,
  Kind,
  type OperationDefinitionNode,
  parse,
  validate,
} from 'graphql'
import { graphError } from '../subgraphs/shared/graph-error.ts'
import { type Introspection, introspectionOf } from './introspection.ts'
import { limits } from './limits/limits.ts'
import { type PageSizes, pageSizes } from './limits/page-size.ts'
import { refuseExcess } from './limits/refuse-excess.ts'
import { fragmentsOf } from './limits/unfold.ts'

/** Documents kept, and the total length of their texts: applications have some hundred; strangers cannot fill the memory. */
const mostDocuments = 2_000
const mostCharacters = 8 * 1024 * 1024

export type PreparedOperation = { node: OperationDefinitionNode; introspection: Introspection }

/** A document that was parsed, found within the limits and validated, once (已准备的查询语句). */
export type PreparedDocument = {
  text: string
  document: DocumentNode
  operations: PreparedOperation[]
  pageSizes: PageSizes
}

export type Documents = {
  /** The prepared document, or why it is refused. */
  prepare(text: string): PreparedDocument | GraphQLError[]
}

/** Keeps prepared documents by their text, least recently used out first. Refused ones are not kept, so nobody can push the good ones out. */
export function createDocuments(options: { schema: GraphQLSchema; isDevelopment: boolean }): Documents {
  const kept = new Map<string, PreparedDocument>()
  let characters = 0

  function keep(prepared: PreparedDocument): void {
    kept.set(prepared.text, prepared)
    characters += prepared.text.length
    for (const text of kept.keys()) {
      if (kept.size <= mostDocuments && characters <= mostCharacters) break
      kept.delete(text)
      characters -= text.length
    }
  }

  return {
    prepare(text) {
      const known = kept.get(text)
      if (known) {
        kept.delete(text)
        kept.set(text, known)
        return known
      }
      const prepared = prepareDocument(text, options)
      if (!Array.isArray(prepared)) keep(prepared)
      return prepared
    },
  }
}

function prepareDocument(
  text: string,
  { schema, isDevelopment }: { schema: GraphQLSchema; isDevelopment: boolean },
): PreparedDocument | GraphQLError[] {
  const document = parseWithin(text)
  if (document instanceof GraphQLError) return [document]
  const nodes = document.definitions.filter(definition => definition.kind === Kind.OPERATION_DEFINITION)
  const fragments = fragmentsOf(document)
  const operations = nodes.map(node => ({ node, introspection: introspectionOf(node, fragments) }))
  const asksSchema = operations.filter(({ introspection }) => introspection === 'schema' || introspection === 'mixed')
  if (asksSchema.some(({ introspection }) => !isDevelopment || introspection === 'mixed'))
    return [graphError('INTROSPECTION_REFUSED')]
  const excess = refuseExcess(
    document,
    operations.filter(operation => !asksSchema.includes(operation)).map(({ node }) => node),
  )
  if (excess) return [excess]
  const faults = validate(schema, document, undefined, { maxErrors: 5, hideSuggestions: !isDevelopment })
  if (faults.length > 0)
    return faults.map(fault => placed(graphError('GRAPHQL_VALIDATION_FAILED', { fact: fault.message }), fault))
  return { text, document, operations, pageSizes: pageSizes(document) }
}

function parseWithin(text: string): DocumentNode | GraphQLError {
  try {
    return parse(text, { maxTokens: limits.tokens })
  } catch (error) {
    // Values are nested by recursion, too: a document within its tokens can still be deeper than the stack.
    if (error instanceof RangeError) return graphError('DOCUMENT_TOO_DEEP', { limit: limits.nesting })
    const fault = error as GraphQLError
    if (fault.message.includes('Parsing aborted')) return graphError('DOCUMENT_TOO_LONG', { limit: limits.tokens })
    return placed(graphError('GRAPHQL_PARSE_FAILED', { fact: fault.message }), fault)
  }
}

function placed(error: GraphQLError, { nodes, source, positions }: GraphQLError): GraphQLError {
  return new GraphQLError(error.message, { nodes, source, positions, extensions: error.extensions })
}
