import { graphError } from '../../shared/graph-error.ts'
import type { HandedOverRow } from '../../shared/hand-over/handed-over-row.ts'
import { openUpload } from '../../shared/uploads/keep-upload.ts'
import { takeBatch, type UploadedRow } from '../../shared/uploads/take-batch.ts'
import type { Upload, UploadTables } from '../../shared/uploads/upload-rows.ts'
import type { EvaluationsContext } from '../context.ts'
import { mayHandOver } from '../domain/permission.ts'
import { findSource } from './find-source.ts'
import { takeHandedOver } from './take-handed-over.ts'

/** Where uploads of ratings (评价批量上传) are kept. */
export const evaluationUploadTables: UploadTables = {
  uploads: 'evaluations.evaluation_uploads',
  rejections: 'evaluations.evaluation_upload_rejections',
}

/** Opens a bulk upload of ratings and answers its id. @throws NOT_PERMITTED, SOURCE_UNDECLARED, SUBGRAPH_UNAVAILABLE */
export async function openEvaluationUpload(context: EvaluationsContext, format: string): Promise<string> {
  if (!mayHandOver(context.viewer)) throw graphError('NOT_PERMITTED')
  if (!(await findSource(context))) throw graphError('SOURCE_UNDECLARED')
  return openUpload(evaluationUploadTables, context, format)
}

/**
 * Takes the next batch of an upload. The ratings commit apart, on other connections; should the process die in between, they are answered
 * as unchanged when the batch comes again.
 *
 * @throws as `takeBatch`, SOURCE_UNDECLARED, SUBGRAPH_UNAVAILABLE
 */
export async function takeEvaluationUploadRows(
  context: EvaluationsContext,
  batch: { uploadId: string; batch: number; rows: readonly UploadedRow<HandedOverRow>[] },
): Promise<Upload> {
  const source = await findSource(context)
  if (!source) throw graphError('SOURCE_UNDECLARED')
  const taken = context.uploadTurns.take(() =>
    takeBatch(evaluationUploadTables, context, batch, (_, rows) => takeHandedOver(rows, source, context)),
  )
  if (!taken) throw graphError('SUBGRAPH_UNAVAILABLE')
  return taken
}
