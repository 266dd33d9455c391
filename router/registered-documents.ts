import { createHash } from 'node:crypto'
import type { GraphQLError } from 'graphql'
import { graphError } from '../subgraphs/shared/graph-error.ts'
import type { Viewer } from '../subgraphs/shared/viewer.ts'

/** Text by `sha256:` and the text's hash, as the build of the pages wrote it. */
export type RegisteredDocuments = ReadonlyMap<string, string>

export type DocumentChoice = { text?: string; documentId?: string }

/**
 * Decides which text a request may have executed (登记查询). Registered documents are asked for by id, as `documentId` or as a persisted query's hash.
 * In production nobody else than staff and keyed systems may send a text that is not registered (decision 16); nothing can be registered by a request.
 */
export function documentChooser(options: { registered?: RegisteredDocuments; isDevelopment: boolean }) {
  const { registered = new Map<string, string>(), isDevelopment } = options
  const texts = new Set(registered.values())
  return ({ text, documentId }: DocumentChoice, viewer: Viewer): string | GraphQLError => {
    if (documentId !== undefined) {
      const named = registered.get(documentId) ?? registered.get(`sha256:${documentId}`)
      if (named === undefined || (text !== undefined && text !== named)) return graphError('DOCUMENT_NOT_REGISTERED')
      return named
    }
    if (text === undefined) return graphError('BAD_REQUEST', { fact: 'query' })
    const isFree = isDevelopment || viewer.kind === 'STAFF' || viewer.kind === 'CLIENT' || viewer.kind === 'SYSTEM'
    return isFree || texts.has(text) ? text : graphError('DOCUMENT_NOT_REGISTERED')
  }
}

/** The id under which a text is registered. */
export function documentIdOf(text: string): string {
  return `sha256:${createHash('sha256').update(text).digest('hex')}`
}
