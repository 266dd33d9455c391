import type { Transaction } from '../../shared/database.ts'
import { type PlacementColumns, placementOf, type ServicePlacement } from '../../shared/placement-columns.ts'
import type { FollowedFacts } from '../domain/follow-up.ts'
import type { RatingSubjectKind } from '../domain/rated-subject.ts'
import type { EvaluatorRelation } from '../domain/rater.ts'
import { type KnownCase, type KnownCaseColumns, knownCaseOf } from './known-case.ts'

/** A rating to which something may be added, or which a second one may follow. */
export type FollowedRating = FollowedFacts & {
  id: string
  cityCode: string
  subjectKind: RatingSubjectKind
  caseId: string | null
  serviceNumber: number
  matterId: string | null
  /** Under whose rules it stands (地方政策): those of its case, of a visit those of its static code. */
  policyId: string
  staticCodeId: string | null
  relation: EvaluatorRelation
  /** Handle of its case in codes, hexadecimal; null while none was made, and for a visit. */
  codeHandle: string | null
  placement: ServicePlacement
  /** Null for a visit without a case. */
  serviceCase: KnownCase | null
}

/** The key of the second rating of a visit carries the first rating in place of the visit, which only its ticket knew. */
export const secondSubjectOf = ({ caseId, id }: Pick<FollowedRating, 'caseId' | 'id'>): string => caseId ?? id

type Row = Omit<FollowedRating, 'placement' | 'serviceCase'> & PlacementColumns

/** The rating, as far as the scope of the transaction shows it; null when it does not. */
export async function followedRating({ query }: Transaction, id: string): Promise<FollowedRating | null> {
  const [row] = await query<Row>(
    `select e.id, e.city_code as "cityCode", e.subject_kind as "subjectKind", e.case_id as "caseId", e.level, e.round,
       e.service_number as "serviceNumber", e.matter_id as "matterId", e.evaluated_at as "evaluatedAt", e.static_code_id as "staticCodeId",
       coalesce(known.policy_id, code.policy_id) as "policyId", coalesce(p.relation, 'APPLICANT') as relation,
       (select encode(c.handle, 'hex') from evaluations.case_codes c
         where c.case_id = e.case_id and c.service_number = e.service_number) as "codeHandle",
       (e.items = '{}' and coalesce(e.environment, e.attitude) is null and coalesce(e.is_overcharged, e.is_intermediary_forced) is null
         and t.body is null and (s.evaluation_id is not null
           or not exists (select from evaluations.evaluation_pictures where evaluation_id = e.id))) as "isLevelAlone",
       s.evaluation_id is not null as "isSupplemented",
       exists (select from evaluations.evaluation_keys k where k.city_code = e.city_code
         and k.subject_id = coalesce(e.case_id, e.id) and k.service_number = e.service_number and k.round = 2) as "hasSecondRating",
       e.region_path, e.department_id, e.line_id, e.hall_id, e.window_id, e.staff_member_id
     from evaluations.evaluations e
     left join evaluations.evaluation_texts t on t.evaluation_id = e.id
     left join evaluations.evaluation_people p on p.evaluation_id = e.id
     left join evaluations.evaluation_supplements s on s.evaluation_id = e.id
     left join evaluations.rateable_cases known on known.case_id = e.case_id
     left join evaluations.static_codes code on code.id = e.static_code_id
     where e.id = $1`,
    [id],
  )
  if (!row) return null
  const { region_path, department_id, line_id, hall_id, window_id, staff_member_id, ...facts } = row
  const placement = placementOf({ region_path, department_id, line_id, hall_id, window_id, staff_member_id })
  const [known] = row.caseId
    ? await query<KnownCaseColumns>(`select * from evaluations.rateable_cases where case_id = $1`, [row.caseId])
    : []
  return { ...facts, placement, serviceCase: known ? knownCaseOf(known) : null }
}
