import { type DefaultEvaluationFilter, listDefaultEvaluations } from '../actions/list-default-evaluations.ts'
import type { EvaluationsContext } from '../context.ts'
import { ratingOf } from '../domain/rating.ts'
import type { DefaultEvaluation as Made } from '../store/default-evaluations.ts'

type PageArguments = { filter?: DefaultEvaluationFilter | null; first?: number | null; after?: string | null }

export const defaultEvaluations = (_: unknown, { filter, first, after }: PageArguments, context: EvaluationsContext) =>
  listDefaultEvaluations(filter ?? {}, { first, after }, context)

export const DefaultEvaluation = {
  level: ({ level }: Made) => ratingOf(level).name,
  score: ({ level }: Made) => level,
  policyVersion: ({ policyId, policyVersion }: Made) => `${policyId}@${policyVersion}`,
  explanation: ({ explanation }: Made) =>
    explanation.map(({ day, counted, why }) => ({
      day,
      isCounted: counted,
      reason: why.zh,
      reasonEnglish: why.en,
    })),
  serviceCase: ({ caseId }: Made) => ({ __typename: 'ServiceCase', id: caseId }),
  department: ({ departmentId }: Made) => ({ __typename: 'Department', id: departmentId }),
  hall: ({ hallId }: Made) => hallId && { __typename: 'Hall', id: hallId },
}
