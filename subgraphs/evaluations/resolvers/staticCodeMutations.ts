import { countCodeScan } from '../actions/count-code-scan.ts'
import { decideStaticCodes, type StaticCodeDecision } from '../actions/decide-static-codes.ts'
import { linkEvaluation } from '../actions/link-evaluation.ts'
import type { InvalidInput, Refused } from '../actions/refused.ts'
import { requestStaticCodes } from '../actions/request-static-codes.ts'
import { retireStaticCode } from '../actions/retire-static-code.ts'
import type { EvaluationsContext } from '../context.ts'
import type { RatingSubjectKind } from '../domain/rated-subject.ts'
import { lookedAt } from './Evaluation.ts'

type Input<Fields> = { input: Fields }

function refusalOf(answer: Refused<string> | InvalidInput) {
  const problems =
    'problems' in answer &&
    answer.problems.map(({ path, code, message }) => ({ path, code, message: message.zh, messageEnglish: message.en }))
  return { __typename: answer.refusedAs, ...answer.refusal, ...(problems && { problems }) }
}

/** Fields of `Mutation` about static codes and the ratings that came by them. */
export const staticCodeMutations = {
  async requestStaticCodes(
    _: unknown,
    { input }: Input<{ subjectKind: RatingSubjectKind; subjectIds: string[]; reason?: string | null }>,
    context: EvaluationsContext,
  ) {
    const answer = await requestStaticCodes({ ...input, reason: input.reason ?? null }, context)
    if ('refusedAs' in answer) return refusalOf(answer)
    return { __typename: 'RequestStaticCodesSuccess', staticCodes: answer }
  },

  async decideStaticCodes(
    _: unknown,
    { input }: Input<Omit<StaticCodeDecision, 'reason'> & { reason?: string | null }>,
    context: EvaluationsContext,
  ) {
    const answer = await decideStaticCodes({ ...input, reason: input.reason ?? null }, context)
    if ('refusedAs' in answer) return refusalOf(answer)
    return { __typename: 'DecideStaticCodesSuccess', staticCodes: answer }
  },

  async retireStaticCode(_: unknown, { input }: Input<{ id: string; reason: string }>, context: EvaluationsContext) {
    const answer = await retireStaticCode(input, context)
    if ('refusedAs' in answer) return refusalOf(answer)
    return { __typename: 'RetireStaticCodeSuccess', staticCode: answer }
  },

  countCodeScan: (_: unknown, { token }: { token: string }, context: EvaluationsContext) =>
    countCodeScan(token, context),

  async linkEvaluation(
    _: unknown,
    { input }: Input<{ evaluationId: string; caseId: string; reason: string }>,
    context: EvaluationsContext,
  ) {
    const answer = await linkEvaluation(input, context)
    if ('refusedAs' in answer) return refusalOf(answer)
    const evaluation = lookedAt(answer, { viewer: context.viewer, hasReceipt: false })
    return { __typename: 'LinkEvaluationSuccess', evaluation }
  },
}
