import { refusal } from '../../../shared/error-catalogue.ts'
import { type InputProblem, inputProblem } from '../../../shared/rows/input-problem.ts'
import { reportCases as takeCases } from '../../actions/report-cases.ts'
import type { RowOutcome } from '../../actions/take-reports.ts'
import type { CasesContext } from '../../context.ts'
import type { CaseReportRow } from '../../domain/case-report.ts'
import { mostReportedRows } from '../../domain/reporting-right.ts'

type Arguments = { input: { cases: CaseReportRow[] } }

export async function reportCases(_: unknown, { input }: Arguments, context: CasesContext) {
  const answer = await takeCases(context, input.cases)
  if ('refused' in answer) return refused(answer.refused, input.cases.length)
  const { outcomes } = answer
  const count = (...kinds: RowOutcome['outcome'][]) => outcomes.filter(({ outcome }) => kinds.includes(outcome)).length
  return {
    __typename: 'ReportCasesSuccess',
    results: outcomes.map((outcome, index) => ({
      ...outcome,
      index,
      caseNumber: input.cases[index]!.caseNumber,
      problems: outcome.problems.map(problem => inRow(problem, index)),
      warnings: outcome.warnings.map(warning => inRow(warning, index)),
    })),
    acceptedCount: count('CREATED', 'UPDATED'),
    unchangedCount: count('UNCHANGED'),
    rejectedCount: count('REJECTED'),
  }
}

const inRow = (problem: InputProblem, index: number) => ({ ...problem, path: `cases.${index}.${problem.path}` })

function refused(why: 'NOT_PERMITTED' | 'TOO_MANY_ROWS' | 'NO_ROWS', count: number) {
  if (why === 'NOT_PERMITTED') return { __typename: 'NotPermitted', ...refusal('NOT_PERMITTED') }
  if (why === 'NO_ROWS') {
    const problems = [inputProblem('cases', 'MISSING', '至少一条办件', 'needs at least one case')]
    return { __typename: 'InvalidInput', ...refusal('INVALID_INPUT'), problems }
  }
  const tooMany = refusal('TOO_MANY_ROWS', { limit: mostReportedRows, count })
  const problems = [inputProblem('cases', tooMany.code, tooMany.message, tooMany.messageEnglish)]
  return { __typename: 'InvalidInput', ...tooMany, problems }
}
