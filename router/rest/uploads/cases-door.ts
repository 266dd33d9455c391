import { type DocumentNode, parse } from 'graphql'
import type { Subgraph } from '../../../subgraphs/shared/subgraph.ts'
import type { Viewer } from '../../../subgraphs/shared/viewer.ts'
import type { UploadRow } from '../file/upload-row.ts'
import { type FieldProblem, problemOfErrors, RestRefusal } from '../problem.ts'
import { standingOf, type UploadAnswer, type UploadStanding, uploadSelection } from './upload-counts.ts'

/** How long the cases subgraph may take for one batch, milliseconds; it needs a fraction of a second. */
const longestTakingMs = 30_000

const documents = {
  open: parse('mutation OpenUpload($format: String!) { openCaseUpload(format: $format) }'),
  take: parse(`mutation TakeRows($uploadId: ID!, $rows: [CaseUploadRowInput!]!) {
    takeCaseUploadRows(uploadId: $uploadId, rows: $rows) { ${uploadSelection} }
  }`),
  close: parse(`mutation CloseUpload($uploadId: ID!, $state: CaseUploadState!, $fault: String) {
    closeCaseUpload(uploadId: $uploadId, state: $state, fault: $fault) { ${uploadSelection} }
  }`),
  read: parse(
    `query ReadUpload($uploadId: ID!) { caseUpload(id: $uploadId) { ${uploadSelection} startedAt finishedAt } }`,
  ),
  rejections: parse(`query ReadRejections($uploadId: ID!, $afterLine: Int!) {
    caseUploadRejections(uploadId: $uploadId, afterLine: $afterLine, first: 500) {
      lineNumber raw problems { path code message messageEnglish }
    }
  }`),
}

export type ReadUpload = UploadStanding & { startedAt: string; finishedAt: string | null }
export type RejectedRow = { lineNumber: number; raw: string; problems: FieldProblem[] }

/** What the REST door does with uploads in the cases subgraph, as one viewer. Each throws the refusal that cases answered, or what kept it from answering. */
export type CasesDoor = {
  open(format: string): Promise<string>
  take(uploadId: string, rows: readonly UploadRow[]): Promise<UploadStanding>
  close(uploadId: string, state: 'DONE' | 'FAILED', fault: string | null): Promise<UploadStanding>
  /** Null when unknown or not the viewer's own. */
  read(uploadId: string): Promise<ReadUpload | null>
  rejectionsBehind(uploadId: string, afterLine: number): Promise<RejectedRow[]>
}

export function casesDoor(cases: Subgraph, viewer: Viewer): CasesDoor {
  async function ask<Answer>(document: DocumentNode, variables: Record<string, unknown>): Promise<Answer> {
    const signal = AbortSignal.timeout(longestTakingMs)
    const { data, errors } = await cases.execute({ document, variables, viewer, signal })
    if (errors?.length || !data) throw new RestRefusal(problemOfErrors(errors ?? []))
    return Object.values(data)[0] as Answer
  }
  return {
    open: format => ask<string>(documents.open, { format }),
    take: async (uploadId, rows) => standingOf(await ask<UploadAnswer>(documents.take, { uploadId, rows })),
    close: async (uploadId, state, fault) =>
      standingOf(await ask<UploadAnswer>(documents.close, { uploadId, state, fault })),
    async read(uploadId) {
      const upload = await ask<(UploadAnswer & ReadUpload) | null>(documents.read, { uploadId })
      return upload && { ...standingOf(upload), startedAt: upload.startedAt, finishedAt: upload.finishedAt }
    },
    rejectionsBehind: (uploadId, afterLine) => ask<RejectedRow[]>(documents.rejections, { uploadId, afterLine }),
  }
}
