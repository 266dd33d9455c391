import type { EvaluationsContext } from '../context.ts'
import type { Problem } from '../domain/problem.ts'
import { pictureUnknown } from '../domain/submission.ts'
import { evaluationsById, type KeptEvaluation } from '../store/evaluation-queries.ts'
import type { Submission } from './keep-submissions.ts'
import { type Refused, refused } from './refused.ts'

/** A rating that is kept; `isNew` is false when it was a repeat and the first receipt is answered. */
export type Submitted = { evaluation: KeptEvaluation; receiptNumber: string; isNew: boolean }

/** The content does not hold; each problem names its field. */
export type InvalidEvaluation = Refused<'InvalidEvaluation'> & { problems: Problem[] }

export function invalidEvaluation(problems: Problem[]): InvalidEvaluation {
  return { ...refused('InvalidEvaluation', 'INVALID_EVALUATION'), problems }
}

const receiptScope = { reach: 'EVERYTHING', name: 'rating-code' } as const

/** Keeps an accepted rating, or finds the one that was kept with the same content; null when another content was kept. */
export async function keepSubmission(
  submission: Submission,
  { submissions, database }: Pick<EvaluationsContext, 'submissions' | 'database'>,
): Promise<Submitted | InvalidEvaluation | null> {
  const kept = await submissions.add(submission)
  if (kept.outcome === 'OTHER_CONTENT') return null
  if (kept.outcome === 'PICTURES_GONE') {
    const { pictures } = submission
    return invalidEvaluation(pictures.flatMap(({ id }, index) => (kept.gone.includes(id) ? pictureUnknown(index) : [])))
  }
  const { receiptNumber } = kept
  if (kept.outcome === 'KEPT') return { evaluation: kept.evaluation, receiptNumber, isNew: true }
  const [evaluation] = await database.inScope(receiptScope, tx => evaluationsById(tx, [kept.evaluationId]))
  if (!evaluation) throw new Error('a rating has its key but not its row')
  return { evaluation, receiptNumber, isNew: false }
}
