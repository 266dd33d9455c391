import { identifyReceiptHolder } from '../actions/identify-receipt-holder.ts'
import { openRatingForm } from '../actions/open-rating-form.ts'
import { type EvaluationFilter, evaluationOfReceipt, listEvaluations } from '../actions/read-evaluations.ts'
import type { EvaluationsContext } from '../context.ts'
import { levelNamed } from '../domain/rating.ts'
import { lookedAt } from './Evaluation.ts'

type PageArguments = {
  filter?: (Omit<EvaluationFilter, 'level'> & { level?: string | null }) | null
  first?: number | null
  after?: string | null
}

export const Query = {
  async evaluation(
    _: unknown,
    { receiptNumber, id }: { receiptNumber?: string | null; id?: string | null },
    context: EvaluationsContext,
  ) {
    if (receiptNumber != null) {
      return lookedAt(await evaluationOfReceipt(receiptNumber, context), { viewer: context.viewer, hasReceipt: true })
    }
    if (id == null) return null
    return lookedAt(await context.loaders.evaluation(id), { viewer: context.viewer, hasReceipt: false })
  },

  async evaluations(_: unknown, { filter, first, after }: PageArguments, context: EvaluationsContext) {
    const level = filter?.level == null ? null : levelNamed(filter.level)
    const page = await listEvaluations({ ...filter, level }, { first, after }, context)
    const looker = { viewer: context.viewer, hasReceipt: false }
    return { ...page, edges: page.edges.map(({ cursor, node }) => ({ cursor, node: lookedAt(node, looker) })) }
  },

  async receiptHolder(_: unknown, { receiptNumber }: { receiptNumber: string }, context: EvaluationsContext) {
    const holder = await identifyReceiptHolder(receiptNumber, context)
    return holder && JSON.stringify(holder)
  },

  ratingForm: (
    _: unknown,
    { token, formTicket }: { token: string; formTicket?: string | null },
    context: EvaluationsContext,
  ) => openRatingForm(token, formTicket ?? null, context),
}
