import multipart from '@fastify/multipart'
import type { FastifyInstance, FastifyRequest } from 'fastify'

/** Largest form that a page posts without files, bytes: 5,000 characters of text and the rest of the form, percent-encoded. */
const formLimitBytes = 64 * 1024

/** Largest file that is read at all, bytes: a phone's photo as its camera stores it, and one more, by which its keeper knows that it was larger. */
const fileLimitBytes = 10 * 2 ** 20 + 1

/** Files of one form that are read; a page takes fewer and says so. */
const mostFiles = 10

/** Lets the pages, and only them, read HTML forms: plain ones, and those with files. */
export function readsForms(server: FastifyInstance): void {
  server.addContentTypeParser(
    'application/x-www-form-urlencoded',
    { parseAs: 'string', bodyLimit: formLimitBytes },
    (_request, body, done) => done(null, new URLSearchParams(String(body))),
  )
  server.register(multipart, {
    throwFileSizeLimit: false,
    limits: { fileSize: fileLimitBytes, files: mostFiles, fields: 100, fieldSize: formLimitBytes, parts: 120 },
  })
}

/** The posted form; empty when something else was sent. */
export function postedForm(body: unknown): URLSearchParams {
  return body instanceof URLSearchParams ? body : new URLSearchParams()
}

/** A file of a posted form; its name is what the person calls it. */
export type PostedFile = { name: string; bytes: Buffer }

/**
 * Reads a posted form of either kind, its files one after the other, so that no more than one is in memory.
 *
 * @param takeFile is handed each file that was chosen, after the fields that stand before it in the form
 */
export async function readPostedForm(
  request: FastifyRequest,
  takeFile: (file: PostedFile, fields: URLSearchParams) => Promise<void> = async () => {},
): Promise<URLSearchParams> {
  if (!request.isMultipart()) return postedForm(request.body)
  const fields = new URLSearchParams()
  for await (const part of request.parts()) {
    if (part.type === 'field') fields.append(part.fieldname, String(part.value))
    else {
      const bytes = await part.toBuffer()
      // A file field that was left alone comes as a file without a name.
      if (part.filename && bytes.length > 0) await takeFile({ name: part.filename, bytes }, fields)
    }
  }
  return fields
}
