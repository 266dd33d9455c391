import { refusal } from '../../shared/error-catalogue.ts'
import type { HandedOverRow } from '../../shared/hand-over/handed-over-row.ts'
import { type InputProblem, inputProblem } from '../../shared/rows/input-problem.ts'
import { submitEvaluations as submit } from '../actions/submit-evaluations.ts'
import type { HandedOverOutcome } from '../actions/take-handed-over.ts'
import type { EvaluationsContext } from '../context.ts'
import { mostHandedOverRows } from '../domain/permission.ts'

type Arguments = { input: { rows: HandedOverRow[] } }

export async function submitEvaluations(_: unknown, { input: { rows } }: Arguments, context: EvaluationsContext) {
  const answer = await submit(rows, context)
  if ('refused' in answer) return refused(answer.refused, rows.length)
  const count = (kind: HandedOverOutcome['outcome']) => answer.outcomes.filter(({ outcome }) => outcome === kind).length
  return {
    __typename: 'SubmitEvaluationsSuccess',
    results: answer.outcomes.map((outcome, index) => ({
      ...outcome,
      index,
      sourceRatingId: rows[index]!.sourceRatingId,
      problems: outcome.problems.map(problem => inRow(problem, index)),
      warnings: outcome.warnings.map(warning => inRow(warning, index)),
    })),
    createdCount: count('CREATED'),
    unchangedCount: count('UNCHANGED'),
    rejectedCount: count('REJECTED'),
  }
}

const inRow = (problem: InputProblem, index: number) => ({ ...problem, path: `rows.${index}.${problem.path}` })

function refused(why: 'NOT_PERMITTED' | 'TOO_MANY_ROWS' | 'NO_ROWS' | 'SOURCE_UNDECLARED', count: number) {
  if (why === 'NOT_PERMITTED') return { __typename: 'NotPermitted', ...refusal(why) }
  if (why === 'SOURCE_UNDECLARED') return { __typename: 'SourceUndeclared', ...refusal(why) }
  if (why === 'NO_ROWS') {
    const problems = [inputProblem('rows', 'MISSING', '至少一条评价', 'needs at least one rating')]
    return { __typename: 'InvalidInput', ...refusal('INVALID_INPUT'), problems }
  }
  const tooMany = refusal(why, { limit: mostHandedOverRows, count })
  const problems = [inputProblem('rows', tooMany.code, tooMany.message, tooMany.messageEnglish)]
  return { __typename: 'InvalidInput', ...tooMany, problems }
}
