import type { SubgraphName } from '../../../subgraphs/shared/subgraph.ts'
import { caseColumns } from '../file/case-columns.ts'
import { evaluationColumns } from '../file/evaluation-columns.ts'
import type { UploadColumns } from '../file/upload-columns.ts'

/** What is uploaded (批量上传的内容): the subgraph that takes it, and the names that it has there. */
export type UploadKind = {
  subgraph: Extract<SubgraphName, 'cases' | 'evaluations'>
  /** Before `/bulk` and `/uploads/…`. */
  path: string
  /** Name of the upload in the graph, from which those of its fields are made. */
  type: 'CaseUpload' | 'EvaluationUpload'
  /** Under which name a row's input carries its fields. */
  rowField: 'case' | 'evaluation'
  columns: UploadColumns
}

export const caseUploads: UploadKind = {
  subgraph: 'cases',
  path: '/v1/cases',
  type: 'CaseUpload',
  rowField: 'case',
  columns: caseColumns,
}

export const evaluationUploads: UploadKind = {
  subgraph: 'evaluations',
  path: '/v1/evaluations',
  type: 'EvaluationUpload',
  rowField: 'evaluation',
  columns: evaluationColumns,
}
