import type { Transaction } from '../../shared/database.ts'
import { type PlacementColumns, placementOf, type ServicePlacement } from '../../shared/placement-columns.ts'
import type { SatisfactionLevel } from '../../shared/policy/policy.ts'
import { newId } from '../../shared/uuid.ts'
import type { InvalidationSource, ValidityDecision } from '../domain/evaluation-validity.ts'
import type { RatingSubjectKind } from '../domain/rated-subject.ts'

/** What a decision about a rating must know of it. */
export type JudgedRating = {
  id: string
  cityCode: string
  caseId: string | null
  level: SatisfactionLevel
  subjectKind: RatingSubjectKind
  /** Null where neither its case nor its static code is known here. */
  policyId: string | null
  placement: ServicePlacement
}

/** The ratings with these ids in the scope. */
export async function judgedRatings({ query }: Transaction, ids: readonly string[]): Promise<JudgedRating[]> {
  const rows = await query<Omit<JudgedRating, 'placement'> & PlacementColumns>(
    `select e.id, e.city_code as "cityCode", e.case_id as "caseId", e.level, e.subject_kind as "subjectKind",
       coalesce(c.policy_id, s.policy_id) as "policyId", e.region_path, e.department_id, e.line_id, e.hall_id, e.window_id, e.staff_member_id
     from evaluations.evaluations e left join evaluations.rateable_cases c on c.case_id = e.case_id
     left join evaluations.static_codes s on s.id = e.static_code_id
     where e.id = any ($1::uuid[]) order by e.id`,
    [ids],
  )
  return rows.map(row => ({ ...row, placement: placementOf(row) }))
}

/** Who decides what about ratings, and through what. */
export type ValidityAct = {
  source: InvalidationSource
  sourceId: string
  reason: string
  at: Date
  byId: string
  byName: string
}

/** A decision that was written now, and of which rating. */
export type WrittenDecision = { id: string; evaluationId: string }

/** Declares ratings invalid (评价无效); answers those for which this source had not said so before. */
export function insertInvalidations(
  tx: Transaction,
  ratings: readonly JudgedRating[],
  act: ValidityAct,
): Promise<WrittenDecision[]> {
  return insertDecisions(
    tx,
    ratings.map(({ id }) => ({ evaluationId: id, revokesId: null, source: act.source, sourceId: act.sourceId })),
    act,
  )
}

/** Revokes decisions (撤销无效); answers those that nobody had revoked before. */
export function insertRevocations(
  tx: Transaction,
  decisions: readonly ValidityDecision[],
  act: Omit<ValidityAct, 'source' | 'sourceId'>,
): Promise<WrittenDecision[]> {
  return insertDecisions(
    tx,
    decisions.map(({ id, evaluationId, source, sourceId }) => ({ evaluationId, revokesId: id, source, sourceId })),
    act,
  )
}

type NewDecision = Pick<ValidityDecision, 'evaluationId' | 'revokesId' | 'source' | 'sourceId'>

function insertDecisions(
  { query }: Transaction,
  decisions: readonly NewDecision[],
  { reason, at, byId, byName }: Omit<ValidityAct, 'source' | 'sourceId'>,
): Promise<WrittenDecision[]> {
  const rows = decisions.map(({ evaluationId, revokesId, source, sourceId }) => {
    return { id: newId(at.getTime()), evaluation_id: evaluationId, revokes_id: revokesId, source, source_id: sourceId }
  })
  return query<WrittenDecision>(
    `insert into evaluations.evaluation_invalidations (id, evaluation_id, city_code, case_id, source, source_id, revokes_id, reason, decided_at,
       decided_by_id, decided_by_name, region_path, department_id, line_id, hall_id, window_id, staff_member_id)
     select d.id, e.id, e.city_code, e.case_id, d.source, d.source_id, d.revokes_id, $2, $3, $4, $5,
       e.region_path, e.department_id, e.line_id, e.hall_id, e.window_id, e.staff_member_id
     from json_to_recordset($1::json) as d (id uuid, evaluation_id uuid, revokes_id uuid, source text, source_id uuid)
     join evaluations.evaluations e on e.id = d.evaluation_id order by e.id
     on conflict do nothing returning id, evaluation_id as "evaluationId"`,
    [JSON.stringify(rows), reason, at, byId, byName],
  )
}

/** What was decided about these ratings, the earliest first. */
export function validityDecisions({ query }: Transaction, ids: readonly string[]): Promise<ValidityDecision[]> {
  return query(
    `select id, evaluation_id as "evaluationId", source, source_id as "sourceId", revokes_id as "revokesId", reason,
       decided_at as "decidedAt", decided_by_name as "decidedByName"
     from evaluations.evaluation_invalidations where evaluation_id = any ($1::uuid[]) order by decided_at, revokes_id is not null, id`,
    [ids],
  )
}

/** Decisions about one rating take turns: whether it is invalid in the end is told once. */
export async function lockValidity({ query }: Transaction, ids: readonly string[]): Promise<void> {
  await query(
    `select pg_advisory_xact_lock(hashtextextended(id::text, 1140)) from (select unnest($1::uuid[]) as id order by 1) as ordered`,
    [ids],
  )
}
