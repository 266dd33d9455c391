import type { Transaction } from '../../shared/database.ts'
import { type PlacementColumns, placementOf, type ServicePlacement } from '../../shared/placement-columns.ts'
import type { SatisfactionLevel } from '../../shared/policy/policy.ts'
import { newId } from '../../shared/uuid.ts'
import type { CallBackDraft, CallBackResult } from '../domain/call-back.ts'
import { isMismatch } from '../domain/call-back.ts'
import type { OperatorCounts } from '../domain/operator-outliers.ts'
import type { EvaluatorRelation, PhoneSource } from '../domain/rater.ts'

const placed = 'region_path, department_id, line_id, hall_id, window_id, staff_member_id'

/** Puts a rating by telephone into the queue of the province, once; its rater is to be told what was recorded. */
export async function openCallBack({ query }: Transaction, evaluationId: string, now: Date): Promise<void> {
  await query(
    `insert into evaluations.call_backs (evaluation_id, case_id, service_number, city_code, source, operator_id, operator_name, level,
       rated_at, state, message_due_at, ${placed})
     select e.id, e.case_id, e.service_number, e.city_code, p.phone_source, p.operator_id, p.operator_name, e.level, e.committed_at,
       'OPEN', $2, ${placed
         .split(', ')
         .map(column => `e.${column}`)
         .join(', ')}
     from evaluations.evaluations e join evaluations.evaluation_people p on p.evaluation_id = e.id
     where e.id = $1 and p.phone_source is not null and e.case_id is not null
     on conflict do nothing`,
    [evaluationId, now],
  )
}

/** A rating by telephone with what its call-back found (回访核对). */
export type CallBack = {
  evaluationId: string
  caseId: string
  cityCode: string
  source: PhoneSource
  operatorId: string
  operatorName: string
  operatorContact: string | null
  level: SatisfactionLevel
  matterName: string | null
  departmentName: string | null
  hallName: string | null
  maskedContactPhone: string | null
  ratedAt: Date
  state: 'OPEN' | 'DONE'
  result: CallBackResult | null
  statedLevel: SatisfactionLevel | null
  isMismatch: boolean
  attempts: number
  calledAt: Date | null
  calledByName: string | null
  placement: ServicePlacement
}

const selected = `
  select b.evaluation_id as "evaluationId", b.case_id as "caseId", b.city_code as "cityCode", b.source, b.operator_id as "operatorId",
    b.operator_name as "operatorName", p.operator_contact as "operatorContact", b.level, known.matter_name as "matterName",
    known.department_name as "departmentName", known.hall_name as "hallName", p.masked_contact_phone as "maskedContactPhone",
    b.rated_at as "ratedAt", b.state, b.result, b.stated_level as "statedLevel", b.is_mismatch as "isMismatch", b.attempts,
    b.called_at as "calledAt", b.called_by_name as "calledByName",
    b.region_path, b.department_id, b.line_id, b.hall_id, b.window_id, b.staff_member_id
  from evaluations.call_backs b
  left join evaluations.evaluation_people p on p.evaluation_id = b.evaluation_id
  left join evaluations.rateable_cases known on known.case_id = b.case_id`

type Row = Omit<CallBack, 'placement'> & PlacementColumns

function callBackOf(row: Row): CallBack {
  const { region_path, department_id, line_id, hall_id, window_id, staff_member_id, ...facts } = row
  return {
    ...facts,
    placement: placementOf({ region_path, department_id, line_id, hall_id, window_id, staff_member_id }),
  }
}

export type CallBackSelection = {
  state: 'OPEN' | 'DONE' | null
  isMismatch: boolean | null
  source: PhoneSource | null
}

/** A page of call-backs in the scope of the transaction, the oldest rating first. */
export async function callBacksPage(
  { query }: Transaction,
  wanted: CallBackSelection,
  behind: { at: string | null; id: string } | null,
  limit: number,
): Promise<CallBack[]> {
  const rows = await query<Row>(
    `${selected}
     where ($1::text is null or b.state = $1) and ($2::boolean is null or b.is_mismatch = $2) and ($3::text is null or b.source = $3)
       and ($5::uuid is null or (b.rated_at, b.evaluation_id) > ($4::timestamptz, $5::uuid))
     order by b.rated_at, b.evaluation_id limit $6`,
    [wanted.state, wanted.isMismatch, wanted.source, behind?.at ?? null, behind?.id ?? null, limit],
  )
  return rows.map(callBackOf)
}

export async function countOpenCallBacks({ query }: Transaction): Promise<number> {
  const [row] = await query<{ count: number }>(
    `select count(*)::int as count from evaluations.call_backs where state = 'OPEN'`,
  )
  return row!.count
}

export async function callBackById({ query }: Transaction, evaluationId: string): Promise<CallBack | null> {
  const [row] = await query<Row>(`${selected} where b.evaluation_id = $1`, [evaluationId])
  return row ? callBackOf(row) : null
}

/** Locks a call-back for this transaction. */
export async function lockCallBack({ query }: Transaction, evaluationId: string): Promise<void> {
  await query(`select from evaluations.call_backs where evaluation_id = $1 for update`, [evaluationId])
}

/** Keeps a call of the province (回访记录) and what it says of its rating; one that reached nobody leaves it open. */
export async function keepCallBack(
  { query }: Transaction,
  evaluationId: string,
  { result, statedLevel, note }: CallBackDraft,
  { caller, at }: { caller: { id: string; name: string }; at: Date },
): Promise<void> {
  await query(
    `insert into evaluations.call_back_calls (id, evaluation_id, caller_id, caller_name, result, stated_level, note, called_at, ${placed})
     select $2, evaluation_id, $3, $4, $5, $6, $7, $8, ${placed} from evaluations.call_backs where evaluation_id = $1`,
    [evaluationId, newId(at.getTime()), caller.id, caller.name, result, statedLevel, note, at],
  )
  await query(
    `update evaluations.call_backs set state = $2, result = $3, stated_level = $4, is_mismatch = $5, attempts = attempts + 1,
       called_at = $6, called_by_name = $7
     where evaluation_id = $1`,
    [
      ...[evaluationId, result === 'NOT_REACHED' ? 'OPEN' : 'DONE', result, statedLevel, isMismatch(result)],
      ...[at, caller.name],
    ],
  )
}

/** Whom to call back, sealed; null when unknown in the scope of the transaction, or erased. */
export async function sealedCallBackContact(
  { query }: Transaction,
  evaluationId: string,
): Promise<{ caseId: string; relation: EvaluatorRelation; name: Buffer; phone: Buffer } | null> {
  const [row] = await query<{ caseId: string; relation: EvaluatorRelation; name: Buffer; phone: Buffer }>(
    `select b.case_id as "caseId", p.relation, p.contact_name_sealed as name, p.contact_phone_sealed as phone
     from evaluations.call_backs b join evaluations.evaluation_people p on p.evaluation_id = b.evaluation_id
     where b.evaluation_id = $1 and p.contact_name_sealed is not null and p.contact_phone_sealed is not null`,
    [evaluationId],
  )
  return row ?? null
}

/** Ratings by telephone of a period per operator in the scope of the transaction, the most first. */
export function operatorCounts({ query }: Transaction, since: Date, until: Date): Promise<OperatorCounts[]> {
  return query<OperatorCounts>(
    `select operator_id as "operatorId", max(operator_name) as "operatorName", count(*)::int as ratings,
       count(*) filter (where level = 5)::int as fives, sum(level)::int as levels,
       count(*) filter (where result = 'CONFIRMED')::int as confirmed, count(*) filter (where is_mismatch)::int as mismatches
     from evaluations.call_backs where rated_at >= $1 and rated_at < $2
     group by operator_id order by count(*) desc, operator_id`,
    [since, until],
  )
}
