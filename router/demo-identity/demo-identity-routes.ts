import type { IncomingMessage } from 'node:http'
import type { FastifyInstance } from 'fastify'
import { type DemoIdentity, demoIdentityPath } from './demo-identity.ts'

/**
 * Hands everything below `/demo-identity` to the demo's identity provider, but for the page where a person is chosen: that one is a page like others.
 */
export function demoIdentityRoutes(demoIdentity: DemoIdentity) {
  return async (server: FastifyInstance): Promise<void> => {
    // The provider reads bodies itself, from the request as it came.
    server.removeAllContentTypeParsers()
    server.addContentTypeParser('*', (_request, _body, done) => done(null))
    server.all(`${demoIdentityPath}/*`, async (request, reply) => {
      reply.hijack()
      await demoIdentity.answer(asReached(request.raw, demoIdentity.issuerUrl), reply.raw)
    })
  }
}

/**
 * The request as the provider wants it: the path below its own, and the hub's public address as the host, whatever name this process was asked by,
 * since addresses in its answers are made of it.
 */
function asReached(request: IncomingMessage, issuerUrl: string): IncomingMessage {
  const { host, protocol } = new URL(issuerUrl)
  const whole = request.url!
  request.headers.host = host
  request.headers['x-forwarded-host'] = host
  request.headers['x-forwarded-proto'] = protocol.slice(0, -1)
  request.url = whole.slice(demoIdentityPath.length)
  return Object.assign(request, { originalUrl: whole })
}
