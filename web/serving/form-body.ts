import type { FastifyInstance } from 'fastify'

/** Largest form that a page posts, bytes: 5,000 characters of text and the rest of the form, percent-encoded. */
const formLimitBytes = 64 * 1024

/** Lets the pages, and only them, read plain HTML forms. */
export function readsForms(server: FastifyInstance): void {
  server.addContentTypeParser(
    'application/x-www-form-urlencoded',
    { parseAs: 'string', bodyLimit: formLimitBytes },
    (_request, body, done) => done(null, new URLSearchParams(String(body))),
  )
}

/** The posted form; empty when something else was sent. */
export function postedForm(body: unknown): URLSearchParams {
  return body instanceof URLSearchParams ? body : new URLSearchParams()
}
