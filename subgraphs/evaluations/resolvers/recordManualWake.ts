import { recordManualWake as record } from '../actions/record-manual-wake.ts'
import type { EvaluationsContext } from '../context.ts'

export async function recordManualWake(
  _: unknown,
  { input }: { input: { caseNumber: string } },
  context: EvaluationsContext,
) {
  const answer = await record(input.caseNumber, context)
  if ('refusedAs' in answer) return { __typename: answer.refusedAs, ...answer.refusal }
  return { __typename: 'RecordManualWakeSuccess', ...answer }
}
