import { findLinkCandidates } from '../actions/find-link-candidates.ts'
import { listUnlinkedEvaluations, type UnlinkedEvaluationFilter } from '../actions/list-unlinked-evaluations.ts'
import {
  listStaticCodes,
  platformRatingCode,
  type StaticCodeFilter,
  staticCodeOfPrintedId,
} from '../actions/read-static-codes.ts'
import type { EvaluationsContext } from '../context.ts'
import { lookedAt } from './Evaluation.ts'

type Page<Filter> = { filter?: Filter | null; first?: number | null; after?: string | null }

/** Fields of `Query` about static codes and the ratings that came by them. */
export const staticCodeQueries = {
  staticCode(
    _: unknown,
    { id, printedId }: { id?: string | null; printedId?: string | null },
    context: EvaluationsContext,
  ) {
    if (id != null) return context.loaders.staticCode(id)
    return printedId == null ? null : staticCodeOfPrintedId(printedId, context)
  },

  staticCodes: (_: unknown, { filter, ...page }: Page<StaticCodeFilter>, context: EvaluationsContext) =>
    listStaticCodes(filter ?? {}, page, context),

  platformRatingCode: (_: unknown, __: unknown, context: EvaluationsContext) => platformRatingCode(context),

  async unlinkedEvaluations(
    _: unknown,
    { filter, ...page }: Page<UnlinkedEvaluationFilter>,
    context: EvaluationsContext,
  ) {
    const { edges, pageInfo } = await listUnlinkedEvaluations(filter ?? {}, page, context)
    const looker = { viewer: context.viewer, hasReceipt: false }
    return { pageInfo, edges: edges.map(({ cursor, node }) => ({ cursor, node: lookedAt(node, looker) })) }
  },

  linkCandidates: (_: unknown, { evaluationId }: { evaluationId: string }, context: EvaluationsContext) =>
    findLinkCandidates(evaluationId, context),
}
