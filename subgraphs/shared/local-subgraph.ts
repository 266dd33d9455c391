import { ApolloServer, type HTTPGraphQLRequest, type HTTPGraphQLResponse } from '@apollo/server'
import {
  ApolloServerPluginCacheControlDisabled,
  ApolloServerPluginInlineTraceDisabled,
  ApolloServerPluginLandingPageDisabled,
  ApolloServerPluginSchemaReportingDisabled,
  ApolloServerPluginUsageReportingDisabled,
} from '@apollo/server/plugin/disabled'
import { buildSubgraphSchema } from '@apollo/subgraph'
import { type DocumentNode, type ExecutionResult, GraphQLError, print, subscribe } from 'graphql'
import { type Log, standardErrorLog } from './log.ts'
import { maskError } from './mask-error.ts'
import type { LocalSubgraph, SubgraphName, SubgraphRequest } from './subgraph.ts'
import type { Viewer } from './viewer.ts'

/** A subgraph of this process that can also be put behind an address, see `serve-subgraph.ts`. */
export type ServableSubgraph = LocalSubgraph & {
  /** Apollo Server's own answer to one HTTP request, as this viewer. */
  answerHttp(request: HTTPGraphQLRequest, viewer: Viewer): Promise<HTTPGraphQLResponse>
}

/**
 * Builds a subgraph that runs in this process (进程内子图). Queries and mutations go through Apollo Server, subscriptions through graphql-js.
 * `contextFor` makes what resolvers get as their context, once per request, loaders included.
 */
export async function createLocalSubgraph<Context extends object>(options: {
  name: SubgraphName
  typeDefs: DocumentNode
  // biome-ignore lint/suspicious/noExplicitAny: resolver maps have the shape of their own schema
  resolvers: Record<string, any>
  contextFor(viewer: Viewer): Context | Promise<Context>
  log?: Log
}): Promise<ServableSubgraph> {
  const { name, typeDefs, resolvers, contextFor, log = standardErrorLog } = options
  const schema = buildSubgraphSchema([{ typeDefs, resolvers }])
  const server = new ApolloServer<Context>({
    schema,
    introspection: false,
    csrfPrevention: true,
    nodeEnv: 'production',
    stopOnTerminationSignals: false,
    persistedQueries: false,
    hideSchemaDetailsFromClientErrors: true,
    formatError: (formatted, cause) => maskError(formatted, cause, log, name),
    plugins: [
      ApolloServerPluginCacheControlDisabled(),
      ApolloServerPluginInlineTraceDisabled(),
      ApolloServerPluginLandingPageDisabled(),
      ApolloServerPluginSchemaReportingDisabled(),
      ApolloServerPluginUsageReportingDisabled(),
    ],
  })
  await server.start()

  const maskResult = (result: ExecutionResult): ExecutionResult =>
    result.errors
      ? { ...result, errors: result.errors.map(error => maskError(error.toJSON(), error, log, name)) as never }
      : result

  async function run({ document, variables, operationName, viewer }: SubgraphRequest): Promise<ExecutionResult> {
    const { body } = await server.executeOperation(
      { query: textOf(document), variables, operationName },
      { contextValue: await contextFor(viewer) },
    )
    if (body.kind !== 'single') throw new Error('a subgraph answers in one piece')
    return body.singleResult as ExecutionResult
  }

  return {
    name,
    schema,
    execute: request =>
      run(request).catch(cause => maskResult({ errors: [new GraphQLError('', { originalError: cause })] })),
    async subscribe({ document, variables, operationName, viewer }) {
      const contextValue = await contextFor(viewer)
      const result = await subscribe({ schema, document, variableValues: variables, operationName, contextValue })
      return Symbol.asyncIterator in result ? mapped(result, maskResult) : maskResult(result)
    },
    answerHttp: (httpGraphQLRequest, viewer) =>
      server.executeHTTPGraphQLRequest({ httpGraphQLRequest, context: async () => contextFor(viewer) }),
    stop: () => server.stop(),
  }
}

// Planners keep the documents of their plans, so each is printed once; Apollo Server finds its own parsed copy by the text's hash.
const texts = new WeakMap<DocumentNode, string>()

/** The text of a document, printed once per document object. */
export function textOf(document: DocumentNode): string {
  let text = texts.get(document)
  if (text === undefined) {
    text = print(document)
    texts.set(document, text)
  }
  return text
}

// Not an async generator: its `return()` would wait for the next event before it ends the source.
function mapped<T>(source: AsyncIterableIterator<T>, map: (value: T) => T): AsyncIterableIterator<T> {
  const turn = (step: IteratorResult<T>): IteratorResult<T> =>
    step.done ? step : { done: false, value: map(step.value) }
  return {
    next: async () => turn(await source.next()),
    return: async value => (source.return ? turn(await source.return(value)) : { done: true, value }),
    throw: async error => {
      if (source.throw) return turn(await source.throw(error))
      throw error
    },
    [Symbol.asyncIterator]() {
      return this
    },
  }
}
