import type { FilterQuery } from '@mikro-orm/postgresql'
import type { Transaction } from '../../shared/database.ts'
import type { SatisfactionLevel } from '../../shared/policy/policy.ts'
import { EvaluationEntity, type EvaluationRow } from './evaluation.entity.ts'
import { EvaluationTextEntity } from './evaluation-text.entity.ts'

/** A rating with what it says in words, as far as the scope of the transaction shows them. */
export type KeptEvaluation = Pick<
  EvaluationRow,
  | 'id'
  | 'serviceNumber'
  | 'round'
  | 'level'
  | 'channel'
  | 'items'
  | 'isPublic'
  | 'isAnonymous'
  | 'evaluatedAt'
  | 'committedAt'
  | 'subjectKind'
  | 'isAboutRectification'
  | 'isProbe'
> &
  KeptAnswers & {
    caseId: string | null
    departmentId: string
    hallId: string | null
    windowId: string | null
    staffMemberId: string | null
    staticCodeId: string | null
    terminalNumber: string | null
    text: string | null
    /** The text or one of the reasons seems to name a person. */
    isTextSuspectedPersonal: boolean
  }

/** Answers to the questions apart (分项评价) as they are stored: 1 good, 2 poor; null where none was given. */
export type KeptAnswers = {
  environment: 1 | 2 | null
  environmentReason: string | null
  attitude: 1 | 2 | null
  attitudeReason: string | null
  isOvercharged: boolean | null
  isIntermediaryForced: boolean | null
}

/** Which ratings a list shows; what is null does not narrow it. */
export type EvaluationSelection = {
  levels: SatisfactionLevel[] | null
  hallId: string | null
  departmentId: string | null
  windowId: string | null
  /** Ratings of probes as well. */
  includesProbes: boolean
}

const columns = `e.id, e.service_number as "serviceNumber", e.round, e.level, e.channel, e.items, e.is_public as "isPublic",
  e.is_anonymous as "isAnonymous", e.evaluated_at as "evaluatedAt", e.case_id as "caseId", e.department_id as "departmentId",
  e.hall_id as "hallId", e.window_id as "windowId", e.staff_member_id as "staffMemberId", e.committed_at as "committedAt",
  e.subject_kind as "subjectKind", e.static_code_id as "staticCodeId", e.terminal_number as "terminalNumber",
  e.is_about_rectification as "isAboutRectification", e.is_probe as "isProbe", e.environment, e.attitude, e.is_overcharged as "isOvercharged",
  e.is_intermediary_forced as "isIntermediaryForced", t.body as text, t.environment_reason as "environmentReason",
  t.attitude_reason as "attitudeReason",
  coalesce(t.is_suspected_personal, false) as "isTextSuspectedPersonal"`

const withText = 'left join evaluations.evaluation_texts t on t.evaluation_id = e.id'

export function evaluationsById({ query }: Transaction, ids: readonly string[]): Promise<KeptEvaluation[]> {
  return query<KeptEvaluation>(
    `select ${columns} from evaluations.evaluations e ${withText} where e.id = any($1::uuid[]) order by e.id desc`,
    [ids],
  )
}

/** Ratings that are listed under one case. */
export const MOST_OF_A_CASE = 100

/** Of each case first and second ratings of its services and those that were tied to it afterwards (补关联), latest first, at most 100. */
export function evaluationsOfCases(
  { query }: Transaction,
  caseIds: readonly string[],
  includesAnonymous: boolean,
): Promise<(KeptEvaluation & { underCase: string })[]> {
  // For a list PostgreSQL plans each time, which over months of partitions takes it 2 ms; for one case it keeps its plan.
  const wanted = caseIds.length === 1 ? 'select ($1::uuid[])[1]' : 'select unnest($1::uuid[])'
  return query<KeptEvaluation & { underCase: string }>(
    `select wanted.case_id as "underCase", ${columns} from (${wanted}) as wanted (case_id) cross join lateral (
       (select e.* from evaluations.evaluations e
        where e.case_id = wanted.case_id and ($2 or not e.is_anonymous) order by e.id desc limit ${MOST_OF_A_CASE})
       union all
       (select e.* from evaluations.evaluation_links l join evaluations.evaluations e on e.id = l.evaluation_id
        where l.case_id = wanted.case_id and ($2 or not e.is_anonymous) order by e.id desc limit ${MOST_OF_A_CASE})
     ) e ${withText} order by e.id desc`,
    [caseIds, includesAnonymous],
  )
}

/** A page of ratings, latest first, behind the id of the last one of the page before. */
export function evaluationsPage(
  transaction: Transaction,
  { levels, includesProbes, ...place }: EvaluationSelection,
  after: string | null,
  limit: number,
): Promise<KeptEvaluation[]> {
  const placed = Object.fromEntries(Object.entries(place).filter(([, id]) => id !== null))
  const where = {
    ...placed,
    ...(levels && { level: { $in: levels } }),
    ...(!includesProbes && { isProbe: false }),
    ...(after && { id: { $lt: after } }),
  }
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
    committedAt: evaluation.committedAt,
    subjectKind: evaluation.subjectKind,
    staticCodeId: evaluation.staticCodeId ?? null,
    terminalNumber: evaluation.terminalNumber ?? null,
    isAboutRectification: evaluation.isAboutRectification,
    isProbe: evaluation.isProbe,
    environment: evaluation.environment ?? null,
    attitude: evaluation.attitude ?? null,
    isOvercharged: evaluation.isOvercharged ?? null,
    isIntermediaryForced: evaluation.isIntermediaryForced ?? null,
    text: textOf.get(evaluation.id)?.body ?? null,
    environmentReason: textOf.get(evaluation.id)?.environmentReason ?? null,
    attitudeReason: textOf.get(evaluation.id)?.attitudeReason ?? null,
    isTextSuspectedPersonal: textOf.get(evaluation.id)?.isSuspectedPersonal ?? false,
  }))
}
