import { readFile } from 'node:fs/promises'
import type { RegisteredDocuments } from '../registered-documents.ts'

const manifest = new URL('../../web/kit/generated/registered-documents.json', import.meta.url)

/** The documents that the hub's own pages ask by (登记查询), as their codegen wrote them: text by id. */
export async function readRegisteredDocuments(): Promise<RegisteredDocuments> {
  return new Map(Object.entries(JSON.parse(await readFile(manifest, 'utf8')) as Record<string, string>))
}
