import { graphError } from '../../shared/graph-error.ts'
import type { Viewer } from '../../shared/viewer.ts'
import type { EvaluationsContext } from '../context.ts'
import { evaluationOfReceipt } from './read-evaluations.ts'

/**
 * Who holds a receipt number (回执持有人): a citizen who sees the rated case, its rating and what became of it, and nothing else.
 * Null when the number is unknown.
 *
 * @throws NOT_PERMITTED to anyone but the hub itself
 */
export async function identifyReceiptHolder(
  receiptNumber: string,
  context: EvaluationsContext,
): Promise<Viewer | null> {
  if (context.viewer.kind !== 'SYSTEM') throw graphError('NOT_PERMITTED')
  const evaluation = await evaluationOfReceipt(receiptNumber, context)
  if (!evaluation) return null
  return {
    id: `receipt:${evaluation.id}`,
    kind: 'CITIZEN',
    role: 'CITIZEN',
    name: '',
    scope: { reach: 'CASES', caseIds: evaluation.caseId ? [evaluation.caseId] : [], evaluationIds: [evaluation.id] },
    sessionId: null,
    expiresAt: null,
  }
}
