import { compareOperators } from '../actions/compare-operators.ts'
import { findCallerCases } from '../actions/find-caller-cases.ts'
import { listPhoneInvitations, type PhoneInvitationFilter } from '../actions/list-phone-invitations.ts'
import { nextPhoneInvitation, releasePhoneInvitation } from '../actions/next-phone-invitation.ts'
import { type CallBackFilter, listCallBacks, revealCallBackContact } from '../actions/read-call-backs.ts'
import { recordCallBack } from '../actions/record-call-back.ts'
import { recordCallOutcome } from '../actions/record-call-outcome.ts'
import { submitPhoneEvaluation, type TakenCall } from '../actions/submit-phone-evaluation.ts'
import type { EvaluationsContext } from '../context.ts'
import type { CallBackResult } from '../domain/call-back.ts'
import type { CallOutcome } from '../domain/call-outcome.ts'
import { levelNamed } from '../domain/rating.ts'
import { lookedAt } from './Evaluation.ts'
import { refusedAnswer } from './refusedAnswer.ts'

type Page<Filter> = { filter?: Filter | null; first?: number | null; after?: string | null }
type Input<Fields> = { input: Fields }

/** Fields of `Query` about ratings by telephone. */
export const phoneQueries = {
  phoneInvitations: (_: unknown, { filter, ...page }: Page<PhoneInvitationFilter>, context: EvaluationsContext) =>
    listPhoneInvitations(filter ?? {}, page, context),

  callBacks: (_: unknown, { filter, ...page }: Page<CallBackFilter>, context: EvaluationsContext) =>
    listCallBacks(filter ?? {}, page, context),

  operatorFigures: (_: unknown, { since, until }: { since: Date; until: Date }, context: EvaluationsContext) =>
    compareOperators(since, until, context),
}

/** Fields of `Mutation` about ratings by telephone. */
export const phoneMutations = {
  async findCallerCases(_: unknown, { input }: Input<{ documentNumber: string }>, context: EvaluationsContext) {
    const answer = await findCallerCases(input, context)
    if ('refusedAs' in answer) return refusedAnswer(answer)
    const warnings = answer.warnings.map(({ code, zh, en }) => {
      return { path: 'documentNumber', code, message: zh, messageEnglish: en }
    })
    return { __typename: 'FindCallerCasesSuccess', ...answer, warnings }
  },

  async submitPhoneEvaluation(
    _: unknown,
    { input }: Input<Omit<TakenCall, 'level'> & { level: string }>,
    context: EvaluationsContext,
  ) {
    const answer = await submitPhoneEvaluation({ ...input, level: levelNamed(input.level)! }, context)
    if ('refusedAs' in answer) return refusedAnswer(answer)
    const evaluation = lookedAt(answer.evaluation, { viewer: context.viewer, hasReceipt: false })
    return { __typename: 'SubmitPhoneEvaluationSuccess', evaluation, isNew: answer.isNew }
  },

  async nextPhoneInvitation(_: unknown, { hallId = null }: { hallId?: string | null }, context: EvaluationsContext) {
    const answer = await nextPhoneInvitation(hallId, context)
    return 'refusedAs' in answer ? refusedAnswer(answer) : { __typename: 'NextPhoneInvitationSuccess', ...answer }
  },

  async releasePhoneInvitation(_: unknown, { input }: Input<{ invitationId: string }>, context: EvaluationsContext) {
    const answer = await releasePhoneInvitation(input.invitationId, context)
    if ('refusedAs' in answer) return refusedAnswer(answer)
    return { __typename: 'ReleasePhoneInvitationSuccess', invitation: answer }
  },

  async recordCallOutcome(
    _: unknown,
    {
      input: { invitationId, outcome, note, callAgainAt },
    }: Input<{ invitationId: string; outcome: CallOutcome; note?: string | null; callAgainAt?: Date | null }>,
    context: EvaluationsContext,
  ) {
    const call = { invitationId, outcome, note: note?.trim() || null, callAgainAt: callAgainAt ?? null }
    const answer = await recordCallOutcome(call, context)
    if ('refusedAs' in answer) return refusedAnswer(answer)
    return { __typename: 'RecordCallOutcomeSuccess', invitation: answer }
  },

  async revealCallBackContact(_: unknown, { input }: Input<{ evaluationId: string }>, context: EvaluationsContext) {
    const answer = await revealCallBackContact(input.evaluationId, context)
    return 'refusedAs' in answer ? refusedAnswer(answer) : { __typename: 'RevealCallBackContactSuccess', ...answer }
  },

  async recordCallBack(
    _: unknown,
    {
      input: { evaluationId, result, statedLevel, note },
    }: Input<{ evaluationId: string; result: CallBackResult; statedLevel?: string | null; note?: string | null }>,
    context: EvaluationsContext,
  ) {
    const level = (statedLevel && levelNamed(statedLevel)) || null
    const answer = await recordCallBack(
      { evaluationId, result, statedLevel: level, note: note?.trim() || null },
      context,
    )
    return 'refusedAs' in answer ? refusedAnswer(answer) : { __typename: 'RecordCallBackSuccess', callBack: answer }
  },
}
