import { type HandedInEntry, submitDeviceEvaluations as submit } from '../actions/submit-device-evaluations.ts'
import type { EvaluationsContext } from '../context.ts'
import { levelNamed } from '../domain/rating.ts'

type Input = { entries: (Omit<HandedInEntry, 'level'> & { level: string })[] }

export async function submitDeviceEvaluations(_: unknown, { input }: { input: Input }, context: EvaluationsContext) {
  const entries = input.entries.map(entry => ({ ...entry, level: levelNamed(entry.level)! }))
  const answer = await submit(entries, context)
  if ('refusedAs' in answer) return { __typename: answer.refusedAs, ...answer.refusal }
  return { __typename: 'SubmitDeviceEvaluationsSuccess', ...answer }
}
