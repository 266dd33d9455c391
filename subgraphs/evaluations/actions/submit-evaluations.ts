import type { HandedOverRow } from '../../shared/hand-over/handed-over-row.ts'
import type { EvaluationsContext } from '../context.ts'
import { mayHandOver, mostHandedOverRows } from '../domain/permission.ts'
import { findSource } from './find-source.ts'
import { type HandedOverOutcome, takeHandedOver } from './take-handed-over.ts'

export type SubmitEvaluationsAnswer =
  | { outcomes: HandedOverOutcome[] }
  | { refused: 'NOT_PERMITTED' | 'TOO_MANY_ROWS' | 'NO_ROWS' | 'SOURCE_UNDECLARED' }

/** Takes 1 to 500 ratings that another platform hands over (移交评价); the source is the client's own, and it must have been declared. */
export async function submitEvaluations(
  rows: readonly HandedOverRow[],
  context: EvaluationsContext,
): Promise<SubmitEvaluationsAnswer> {
  if (!mayHandOver(context.viewer)) return { refused: 'NOT_PERMITTED' }
  if (rows.length === 0) return { refused: 'NO_ROWS' }
  if (rows.length > mostHandedOverRows) return { refused: 'TOO_MANY_ROWS' }
  const source = await findSource(context)
  if (!source) return { refused: 'SOURCE_UNDECLARED' }
  return { outcomes: await takeHandedOver(rows, source, context) }
}
