import { refusal } from '../../shared/error-catalogue.ts'
import { graphError } from '../../shared/graph-error.ts'
import { connection, pageSize, readCursor } from '../../shared/paging.ts'
import { isId } from '../../shared/uuid.ts'
import {
  type OpinionKept,
  recordOfflineOpinion as record,
  sealedContact,
  settleOfflineOpinion as settle,
} from '../actions/keep-offline-opinions.ts'
import type { WorkflowContext } from '../context.ts'
import { mayReadOpinions, maySeeContact, type OpinionSource, type OpinionState } from '../domain/offline-opinion.ts'
import { reference } from '../domain/reference.ts'
import { type OfflineOpinion as Opinion, opinionsBehind } from '../store/offline-opinions.ts'

type Page = {
  filter?: { source?: OpinionSource | null; state?: OpinionState | null } | null
  first?: number | null
  after?: string | null
}

export const offlineOpinionQueries = {
  async offlineOpinions(_: unknown, { filter, first, after }: Page, { viewer, database }: WorkflowContext) {
    if (viewer.kind === 'ANONYMOUS') throw graphError('UNAUTHENTICATED')
    const size = pageSize(first)
    const [behind = null] = readCursor(after, 1) ?? []
    if (behind !== null && !isId(behind)) throw graphError('BAD_CURSOR')
    const wanted = { source: filter?.source ?? null, state: filter?.state ?? null }
    const rows = mayReadOpinions(viewer)
      ? await database.inScope(viewer.scope, tx => opinionsBehind(tx, wanted, behind, size + 1))
      : []
    return connection(rows, size, ({ id }) => [id])
  },
}

type Recording = { input: Parameters<typeof record>[0] }
type Settling = { input: Parameters<typeof settle>[0] }

export const offlineOpinionMutations = {
  recordOfflineOpinion: async (_: unknown, { input }: Recording, context: WorkflowContext) =>
    answered('RecordOfflineOpinionSuccess', await record(input, context)),
  settleOfflineOpinion: async (_: unknown, { input }: Settling, context: WorkflowContext) =>
    answered('SettleOfflineOpinionSuccess', await settle(input, context)),
}

function answered(success: string, kept: OpinionKept) {
  if ('refused' in kept) return { __typename: 'NotPermitted', ...refusal(kept.refused) }
  if ('problems' in kept) return { __typename: 'InvalidInput', ...refusal('INVALID_INPUT'), problems: kept.problems }
  return { __typename: success, opinion: kept.opinion }
}

export const OfflineOpinion = {
  contact: ({ contactSealed }: Opinion, _: unknown, { viewer, crypto }: WorkflowContext) =>
    contactSealed && maySeeContact(viewer) ? crypto.open(sealedContact, contactSealed) : null,
  department: ({ departmentId }: Opinion) => reference(departmentId),
  hall: ({ hallId }: Opinion) => reference(hallId),
}
