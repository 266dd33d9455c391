import { join } from 'node:path'
import fastifyStatic from '@fastify/static'
import type { FastifyInstance } from 'fastify'
import { applicationNames, assetsAddress, type BuiltPages, clientFolder } from './built-pages.ts'

/** Serves the built files for ever: a changed file has another name. */
export async function serveAssets(server: FastifyInstance, pages: BuiltPages): Promise<void> {
  await server.register(fastifyStatic, {
    root: applicationNames.map(name => join(pages.folder, clientFolder, name)),
    prefix: assetsAddress,
    decorateReply: false,
    dotfiles: 'ignore',
    index: false,
    immutable: true,
    maxAge: '365d',
    setHeaders: response => {
      response.header('x-content-type-options', 'nosniff')
    },
  })
}
