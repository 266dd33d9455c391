import type { HandedOverRow } from '../../shared/hand-over/handed-over-row.ts'
import { closeUpload, readRejections, readUpload } from '../../shared/uploads/keep-upload.ts'
import type { UploadedRow } from '../../shared/uploads/take-batch.ts'
import type { UploadState } from '../../shared/uploads/upload-rows.ts'
import {
  openEvaluationUpload as open,
  evaluationUploadTables as tables,
  takeEvaluationUploadRows as take,
} from '../actions/evaluation-uploads.ts'
import type { EvaluationsContext } from '../context.ts'

type Row = Omit<UploadedRow<HandedOverRow>, 'fields'> & { evaluation?: HandedOverRow | null }
type Batch = { uploadId: string; batch: number; rows: Row[] }
type Closing = { uploadId: string; state: UploadState; fault?: string | null }
type Page = { uploadId: string; afterLine: number; first: number }

const evaluationUpload = (_: unknown, { id }: { id: string }, context: EvaluationsContext) =>
  readUpload(tables, context, id)

const evaluationUploadRejections = (_: unknown, page: Page, context: EvaluationsContext) =>
  readRejections(tables, context, page)

const openEvaluationUpload = (_: unknown, { format }: { format: string }, context: EvaluationsContext) =>
  open(context, format)

const takeEvaluationUploadRows = (_: unknown, { rows, ...batch }: Batch, context: EvaluationsContext) =>
  take(context, { ...batch, rows: rows.map(row => ({ ...row, fields: row.evaluation })) })

const closeEvaluationUpload = (_: unknown, { uploadId, state, fault = null }: Closing, context: EvaluationsContext) =>
  closeUpload(tables, context, uploadId, { state, fault })

export const evaluationUploadQueries = { evaluationUpload, evaluationUploadRejections }
export const evaluationUploadMutations = { openEvaluationUpload, takeEvaluationUploadRows, closeEvaluationUpload }
