import { ApolloGateway, RemoteGraphQLDataSource } from '@apollo/gateway'
import { ApolloServer } from '@apollo/server'
import { startStandaloneServer } from '@apollo/server/standalone'
import { identityHeader } from '../../../subgraphs/shared/identity.ts'
import { callerIdentity } from './caller-identity.ts'
import { supergraphAt } from './supergraph-at.ts'

/** `@apollo/gateway` in Apollo Server, as its manual has it, before the hub's subgraphs. */
type Context = { identity?: string }

class IdentifiedDataSource extends RemoteGraphQLDataSource<Context> {
  override willSendRequest({
    request,
    context,
  }: Parameters<NonNullable<RemoteGraphQLDataSource<Context>['willSendRequest']>>[0]) {
    const { identity } = context as Context
    if (identity) request.http?.headers.set(identityHeader, identity)
  }
}

const identify = await callerIdentity()
const gateway = new ApolloGateway({
  supergraphSdl: await supergraphAt(JSON.parse(process.env.SUBGRAPH_URLS!)),
  buildService: ({ url }) => new IdentifiedDataSource({ url }),
})
const server = new ApolloServer<Context>({ gateway, introspection: false })
const { url } = await startStandaloneServer(server, {
  listen: { host: '127.0.0.1', port: 0 },
  context: async ({ req }) => ({ identity: await identify(req.headers.authorization) }),
})
console.log(`ready ${url.replace('localhost', '127.0.0.1')}graphql`.replace(/([^:])\/\//, '$1/'))
