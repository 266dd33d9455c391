import { readFile } from 'node:fs/promises'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { MemPubSub } from '@graphql-hive/pubsub'
import { buildSchema } from 'graphql'
import { useServer } from 'graphql-ws/use/ws'
import { WebSocketServer } from 'ws'
import { composedFiles } from '../../../router/compose.ts'
import { publisher } from './publisher.ts'

/** graphql-ws, graphql-js and a publish-subscribe as their manuals have them, on the hub's own schema: every screen executes for itself. */
const schema = buildSchema(await readFile(composedFiles.publicSchema, 'utf8'))
const events = new MemPubSub<{ negativeReviews: { negativeReviews: Record<string, unknown> } }>()
schema.getSubscriptionType()!.getFields().negativeReviews!.subscribe = () => events.subscribe('negativeReviews')

const server = createServer(publisher(event => events.publish('negativeReviews', { negativeReviews: event })))
useServer({ schema }, new WebSocketServer({ server, path: '/graphql', perMessageDeflate: false }))
server.listen(0, '127.0.0.1', () => {
  console.log(`ready http://127.0.0.1:${(server.address() as AddressInfo).port}`)
})
