import { createServer, type IncomingMessage } from 'node:http'
import type { AddressInfo } from 'node:net'
import { createGatewayRuntime } from '@graphql-hive/gateway-runtime'
import { unifiedGraphHandler } from '@graphql-hive/router-runtime'
import { buildHTTPExecutor } from '@graphql-tools/executor-http'
import type { ExecutionRequest } from '@graphql-tools/utils'
import { identityHeader } from '../../../subgraphs/shared/identity.ts'
import { callerIdentity } from './caller-identity.ts'
import { supergraphAt } from './supergraph-at.ts'

/** The Hive Gateway runtime as it comes, before the hub's subgraphs; `PLANNER=rust` gives it its Rust query planner. */
type Context = { headers?: Record<string, string | undefined> }

const headersOf = (request?: ExecutionRequest<Record<string, unknown>, Context>) => ({
  [identityHeader]: request?.context?.headers?.[identityHeader] ?? '',
})

const identify = await callerIdentity()
const supergraph = await supergraphAt(JSON.parse(process.env.SUBGRAPH_URLS!))
const gateway = createGatewayRuntime({
  supergraph: () => supergraph,
  logging: false,
  graphiql: false,
  landingPage: false,
  // What its own HTTP transport package wraps; that package is not among the runtime's dependencies.
  transports: {
    http: {
      getSubgraphExecutor: ({ transportEntry }: { transportEntry: { location?: string } }) =>
        buildHTTPExecutor({ endpoint: transportEntry.location!, headers: headersOf as never }),
    },
  },
  ...(process.env.PLANNER === 'rust' ? { unifiedGraphHandler } : {}),
} as unknown as Parameters<typeof createGatewayRuntime>[0])
await gateway.getSchema()

const server = createServer(async (request: IncomingMessage, response) => {
  request.headers[identityHeader] = await identify(request.headers.authorization)
  request.rawHeaders.push(identityHeader, request.headers[identityHeader])
  await gateway(request, response)
})
server.listen(0, '127.0.0.1', () => {
  console.log(`ready http://127.0.0.1:${(server.address() as AddressInfo).port}/graphql`)
})
