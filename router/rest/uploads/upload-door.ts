import { type DocumentNode, parse } from 'graphql'
import type { Subgraph } from '../../../subgraphs/shared/subgraph.ts'
import type { Viewer } from '../../../subgraphs/shared/viewer.ts'
import type { UploadRow } from '../file/upload-row.ts'
import { type FieldProblem, problemOfErrors, RestRefusal } from '../problem.ts'
import { standingOf, type UploadAnswer, type UploadStanding, uploadSelection } from './upload-counts.ts'
import { caseUploads, evaluationUploads, type UploadKind } from './upload-kind.ts'

/** How long a subgraph may take for one batch, milliseconds; it needs a fraction of a second. */
const longestTakingMs = 30_000

const documentsOf = ({ type }: UploadKind) => {
  const query = type === 'CaseUpload' ? 'caseUpload' : 'evaluationUpload'
  return {
    open: parse(`mutation OpenUpload($format: String!) { open${type}(format: $format) }`),
    take: parse(`mutation TakeRows($uploadId: ID!, $batch: Int!, $rows: [${type}RowInput!]!) {
      take${type}Rows(uploadId: $uploadId, batch: $batch, rows: $rows) { ${uploadSelection} }
    }`),
    close: parse(`mutation CloseUpload($uploadId: ID!, $state: ${type}State!, $fault: String) {
      close${type}(uploadId: $uploadId, state: $state, fault: $fault) { ${uploadSelection} }
    }`),
    read: parse(
      `query ReadUpload($uploadId: ID!) { ${query}(id: $uploadId) { ${uploadSelection} startedAt finishedAt } }`,
    ),
    rejections: parse(`query ReadRejections($uploadId: ID!, $afterLine: Int!) {
      ${query}Rejections(uploadId: $uploadId, afterLine: $afterLine, first: 500) {
        lineNumber raw problems { path code message messageEnglish }
      }
    }`),
  }
}

const documents = { CaseUpload: documentsOf(caseUploads), EvaluationUpload: documentsOf(evaluationUploads) }

export type ReadUpload = UploadStanding & { startedAt: string; finishedAt: string | null }
export type RejectedRow = { lineNumber: number; raw: string; problems: FieldProblem[] }

/** What the REST door does with uploads in the subgraph that takes them, as one viewer. Each throws the refusal that it answered, or what kept it from answering. */
export type UploadDoor = {
  open(format: string): Promise<string>
  /** @param batch number of the batch, from 1: one that was taken before is answered as it was */
  take(uploadId: string, batch: number, rows: readonly UploadRow[]): Promise<UploadStanding>
  close(uploadId: string, state: 'DONE' | 'FAILED', fault: string | null): Promise<UploadStanding>
  /** Null when unknown or not the viewer's own. */
  read(uploadId: string): Promise<ReadUpload | null>
  rejectionsBehind(uploadId: string, afterLine: number): Promise<RejectedRow[]>
}

export function uploadDoor(subgraph: Subgraph, kind: UploadKind, viewer: Viewer): UploadDoor {
  const { open, take, close, read, rejections } = documents[kind.type]
  const inputOf = ({ fields, ...row }: UploadRow) => ({ ...row, [kind.rowField]: fields })

  async function ask<Answer>(document: DocumentNode, variables: Record<string, unknown>): Promise<Answer> {
    const signal = AbortSignal.timeout(longestTakingMs)
    const { data, errors } = await subgraph.execute({ document, variables, viewer, signal })
    if (errors?.length || !data) throw new RestRefusal(problemOfErrors(errors ?? []))
    return Object.values(data)[0] as Answer
  }
  return {
    open: format => ask<string>(open, { format }),
    take: async (uploadId, batch, rows) =>
      standingOf(await ask<UploadAnswer>(take, { uploadId, batch, rows: rows.map(inputOf) })),
    close: async (uploadId, state, fault) => standingOf(await ask<UploadAnswer>(close, { uploadId, state, fault })),
    async read(uploadId) {
      const upload = await ask<(UploadAnswer & ReadUpload) | null>(read, { uploadId })
      return upload && { ...standingOf(upload), startedAt: upload.startedAt, finishedAt: upload.finishedAt }
    },
    rejectionsBehind: (uploadId, afterLine) => ask<RejectedRow[]>(rejections, { uploadId, afterLine }),
  }
}
