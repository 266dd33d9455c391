import type { FilterQuery } from '@mikro-orm/postgresql'
import type { Transaction } from '../../shared/database.ts'
import type { SatisfactionLevel } from '../../shared/policy/policy.ts'
import { EvaluationEntity, type EvaluationRow } from './evaluation.entity.ts'
import { EvaluationTextEntity } from './evaluation-text.entity.ts'

/** A rating with its text, as far as the scope of the transaction shows them. */
export type KeptEvaluation = Pick<
  EvaluationRow,
  'id' | 'serviceNumber' | 'round' | 'level' | 'channel' | 'items' | 'isPublic' | 'isAnonymous' | 'evaluatedAt'
> & {
  caseId: string | null
  departmentId: string
  hallId: string | null
  windowId: string | null
  staffMemberId: string | null
  text: string | null
  isTextSuspectedPersonal: boolean
}

/** Which ratings a list shows; what is null does not narrow it. */
export type EvaluationSelection = {
  levels: SatisfactionLevel[] | null
  hallId: string | null
  departmentId: string | null
  windowId: string | null
}

const columns = `e.id, e.service_number as "serviceNumber", e.round, e.level, e.channel, e.items, e.is_public as "isPublic",
  e.is_anonymous as "isAnonymous", e.evaluated_at as "evaluatedAt", e.case_id as "caseId", e.department_id as "departmentId",
  e.hall_id as "hallId", e.window_id as "windowId", e.staff_member_id as "staffMemberId", t.body as text,
  coalesce(t.is_suspected_personal, false) as "isTextSuspectedPersonal"`

const withText = 'left join evaluations.evaluation_texts t on t.evaluation_id = e.id'

export function evaluationsById({ query }: Transaction, ids: readonly string[]): Promise<KeptEvaluation[]> {
  return query<KeptEvaluation>(
    `select ${columns} from evaluations.evaluations e ${withText} where e.id = any($1::uuid[]) order by e.id desc`,
    [ids],
  )
}

/** Of each case first and second ratings of its services, latest first, at most 100. */
export function evaluationsOfCases(
  { query }: Transaction,
  caseIds: readonly string[],
  includesAnonymous: boolean,
): Promise<KeptEvaluation[]> {
  // For a list PostgreSQL plans each time, which over months of partitions takes it 2 ms; for one case it keeps its plan.
  const wanted = caseIds.length === 1 ? 'select ($1::uuid[])[1]' : 'select unnest($1::uuid[])'
  return query<KeptEvaluation>(
    `select ${columns} from (${wanted}) as wanted (case_id) cross join lateral (
       select * from evaluations.evaluations e
       where e.case_id = wanted.case_id and ($2 or not e.is_anonymous) order by e.id desc limit 100
     ) e ${withText} order by e.id desc`,
    [caseIds, includesAnonymous],
  )
}

/** A page of ratings, latest first, behind the id of the last one of the page before. */
export function evaluationsPage(
  transaction: Transaction,
  { levels, ...place }: EvaluationSelection,
  after: string | null,
  limit: number,
): Promise<KeptEvaluation[]> {
  const placed = Object.fromEntries(Object.entries(place).filter(([, id]) => id !== null))
  const where = { ...placed, ...(levels && { level: { $in: levels } }), ...(after && { id: { $lt: after } }) }
  return find(transaction, where, limit)
}

/** The rating that a receipt (回执) is of; the hashes are those of its number under every key in use. */
export async function evaluationIdOfReceipt(
  { query }: Transaction,
  receiptHashes: readonly string[],
): Promise<string | null> {
  const [row] = await query<{ evaluation_id: string }>(
    `select evaluation_id from evaluations.evaluation_receipts where receipt_hash = any ($1)`,
    [receiptHashes],
  )
  return row?.evaluation_id ?? null
}

async function find({ em }: Transaction, where: FilterQuery<EvaluationRow>, limit: number): Promise<KeptEvaluation[]> {
  const evaluations = await em.find(EvaluationEntity, where, { orderBy: { id: 'desc' }, limit })
  if (evaluations.length === 0) return []
  const texts = await em.find(EvaluationTextEntity, { evaluationId: { $in: evaluations.map(({ id }) => id) } })
  const textOf = new Map(texts.map(text => [text.evaluationId, text]))
  return evaluations.map(evaluation => ({
    id: evaluation.id,
    serviceNumber: evaluation.serviceNumber,
    round: evaluation.round,
    level: evaluation.level,
    channel: evaluation.channel,
    items: evaluation.items,
    isPublic: evaluation.isPublic,
    isAnonymous: evaluation.isAnonymous,
    evaluatedAt: evaluation.evaluatedAt,
    caseId: evaluation.caseId ?? null,
    departmentId: evaluation.departmentId,
    hallId: evaluation.hallId ?? null,
    windowId: evaluation.windowId ?? null,
    staffMemberId: evaluation.staffMemberId ?? null,
    text: textOf.get(evaluation.id)?.body ?? null,
    isTextSuspectedPersonal: textOf.get(evaluation.id)?.isSuspectedPersonal ?? false,
  }))
}
