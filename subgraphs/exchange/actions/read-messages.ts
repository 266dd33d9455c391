import { graphError } from '../../shared/graph-error.ts'
import { connection, pageSize, readCursor } from '../../shared/paging.ts'
import { isId } from '../../shared/uuid.ts'
import type { Role, Viewer } from '../../shared/viewer.ts'
import type { MessageKind, MessageState } from '../messages/message.ts'
import type { Messaging } from '../messages/messaging.ts'
import { type KeptMessage, messageById, messagesPage } from '../store/message-queries.ts'

/** Thanks for a reply tell that a case was rated: nobody of the rated unit may list messages. */
const readers: readonly (Role | null)[] = ['MANAGEMENT_BODY', 'PROVINCIAL_BUREAU', 'AUDITOR']

/** A message by id; null when unknown, outside the scope or not for this role. */
export async function readMessage(id: string, viewer: Viewer, { database }: Messaging): Promise<KeptMessage | null> {
  if (!readers.includes(viewer.role) || !isId(id)) return null
  return database.inScope(viewer.scope, tx => messageById(tx, id))
}

type Page = {
  filter?: { state?: MessageState | null; kind?: MessageKind | null } | null
  first?: number | null
  after?: string | null
}

/** Messages of the scope, the newest first; none for roles that may not read them. @throws PAGE_TOO_LARGE, BAD_CURSOR */
export async function listMessages({ filter, first, after }: Page, viewer: Viewer, { database }: Messaging) {
  const size = pageSize(first)
  const [behind = null] = readCursor(after, 1) ?? []
  if (behind !== null && !isId(behind)) throw graphError('BAD_CURSOR')
  const wanted = { state: filter?.state ?? null, kind: filter?.kind ?? null }
  const rows = readers.includes(viewer.role)
    ? await database.inScope(viewer.scope, tx => messagesPage(tx, wanted, behind as string | null, size + 1))
    : []
  return connection(rows, size, ({ id }) => [id])
}
