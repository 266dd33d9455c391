import type { Transaction } from '../../shared/database.ts'
import {
  type PlacementColumns,
  placementColumns,
  placementOf,
  type ServicePlacement,
} from '../../shared/placement-columns.ts'
import type { SatisfactionLevel } from '../../shared/policy/policy.ts'
import { type KnownCase, type KnownCaseColumns, knownCaseOf } from './known-case.ts'

/** The case that each of these unlinked ratings was tied to afterwards (补关联), by the id of the rating; those never tied are left out. */
export async function linkedCases(
  { query }: Transaction,
  evaluationIds: readonly string[],
): Promise<Map<string, string>> {
  const rows = await query<{ evaluation_id: string; case_id: string }>(
    'select evaluation_id, case_id from evaluations.evaluation_links where evaluation_id = any($1::uuid[])',
    [evaluationIds],
  )
  return new Map(rows.map(row => [row.evaluation_id, row.case_id]))
}

/** A rating as linking needs it. */
export type LinkableEvaluation = {
  id: string
  cityCode: string
  subjectKind: 'CASE' | 'STAFF_MEMBER' | 'HALL' | 'PROVINCE' | 'PLATFORM'
  round: number
  evaluatedAt: Date
  contactPhoneSealed: Buffer | null
  linkedCaseId: string | null
  placement: ServicePlacement
}

/** The rating within the scope of the transaction; null when there is none. */
export async function linkableEvaluation({ query }: Transaction, id: string): Promise<LinkableEvaluation | null> {
  const [row] = await query<Omit<LinkableEvaluation, 'placement'> & PlacementColumns>(
    `select e.id, e.city_code as "cityCode", e.subject_kind as "subjectKind", e.round, e.evaluated_at as "evaluatedAt",
       p.contact_phone_sealed as "contactPhoneSealed", l.case_id as "linkedCaseId",
       e.region_path, e.department_id, e.line_id, e.hall_id, e.window_id, e.staff_member_id
     from evaluations.evaluations e
     left join evaluations.evaluation_people p on p.evaluation_id = e.id
     left join evaluations.evaluation_links l on l.evaluation_id = e.id
     where e.id = $1`,
    [id],
  )
  if (!row) return null
  const { region_path, department_id, line_id, hall_id, window_id, staff_member_id, ...facts } = row
  return {
    ...facts,
    placement: placementOf({ region_path, department_id, line_id, hall_id, window_id, staff_member_id }),
  }
}

/** Service and round of a linked rating: it stands for the first rating of the case's first service. */
const SERVICE = 1
const ROUND = 1

const isUnrated = `not exists (select from evaluations.evaluation_keys k
  where k.city_code = c.city_code and k.subject_id = c.case_id and k.service_number = ${SERVICE} and k.round = ${ROUND})`

/**
 * Unrated cases that were closed between two instants at the place of a rating, or are among these ids, those closed nearest to the
 * rating first, within the scope of the transaction.
 */
export async function casesNear(
  { query }: Transaction,
  { placement, evaluatedAt }: Pick<LinkableEvaluation, 'placement' | 'evaluatedAt'>,
  { from, until }: { from: Date; until: Date },
  caseIds: readonly string[],
  limit: number,
): Promise<KnownCase[]> {
  const rows = await query<KnownCaseColumns>(
    `select c.* from evaluations.rateable_cases c
     where (c.case_id = any($1::uuid[]) or c.hall_id = $2 or c.staff_member_id = $3)
       and c.is_valid and c.state = 'CLOSED' and c.closed_at between $4 and $5 and ${isUnrated}
     order by c.case_id = any($1::uuid[]) desc, c.staff_member_id is not distinct from $3::uuid desc,
       abs(extract(epoch from c.closed_at - $6::timestamptz)) limit $7`,
    [caseIds, placement.hallId, placement.staffMemberId, from, until, evaluatedAt, limit],
  )
  return rows.map(knownCaseOf)
}

/** A case within the scope of the transaction; null when there is none. */
export async function knownCaseById({ query }: Transaction, caseId: string): Promise<KnownCase | null> {
  const [row] = await query<KnownCaseColumns>('select * from evaluations.rateable_cases where case_id = $1', [caseId])
  return row ? knownCaseOf(row) : null
}

/** A link to be written, and who wrote it. */
export type NewLink = { byId: string; byName: string; at: Date; reason: string; receiptKeyId: string }

/** Writes the link; answers the case that the rating is tied to, which is another one where somebody was faster. */
export async function insertLink(
  transaction: Transaction,
  evaluation: LinkableEvaluation,
  caseId: string,
  link: NewLink,
): Promise<{ isNew: boolean; caseId: string }> {
  const placed = placementColumns(evaluation.placement)
  const columns = Object.keys(placed)
  const [made] = await transaction.query(
    `insert into evaluations.evaluation_links
       (evaluation_id, case_id, city_code, linked_at, linked_by_id, linked_by_name, reason, ${columns.join(', ')})
     values ($1, $2, $3, $4, $5, $6, $7, ${columns.map((_, index) => `$${index + 8}`).join(', ')})
     on conflict do nothing returning evaluation_id`,
    [
      evaluation.id,
      caseId,
      evaluation.cityCode,
      link.at,
      link.byId,
      link.byName,
      link.reason,
      ...Object.values(placed),
    ],
  )
  if (made) return { isNew: true, caseId }
  const linked = (await linkedCases(transaction, [evaluation.id])).get(evaluation.id)
  if (linked === undefined) throw new Error('a link is there, yet it cannot be read')
  return { isNew: false, caseId: linked }
}

/**
 * Takes the place of the case's first rating, so that it counts as rated; false when it has one. No content equals that of the key:
 * whoever rates the case as well must not be handed the receipt of the person whose rating was linked.
 */
export async function takeFirstRating(
  { query }: Transaction,
  { caseId, cityCode }: Pick<KnownCase, 'caseId' | 'cityCode'>,
  evaluationId: string,
  receiptKeyId: string,
): Promise<boolean> {
  const taken = await query(
    `insert into evaluations.evaluation_keys (city_code, subject_id, service_number, round, evaluation_id, content_hash, receipt_key_id)
     values ($1, $2, ${SERVICE}, ${ROUND}, $3, $4, $5) on conflict do nothing returning evaluation_id`,
    [cityCode, caseId, evaluationId, `linked:${evaluationId}`, receiptKeyId],
  )
  return taken.length === 1
}

/** Which unlinked ratings a list shows; what is null does not narrow it. */
export type UnlinkedSelection = {
  levels: SatisfactionLevel[] | null
  hallId: string | null
  subjectKind: string | null
  isLinkedLater: boolean | null
}

/** Ids of a page of unlinked ratings (未关联评价), latest first, behind the id of the last one of the page before. */
export async function unlinkedEvaluationIds(
  { query }: Transaction,
  { levels, hallId, subjectKind, isLinkedLater }: UnlinkedSelection,
  after: string | null,
  limit: number,
): Promise<string[]> {
  const rows = await query<{ id: string }>(
    `select e.id from evaluations.evaluations e
     where e.case_id is null and ($1::smallint[] is null or e.level = any($1)) and ($2::uuid is null or e.hall_id = $2)
       and ($3::text is null or e.subject_kind = $3) and ($5::uuid is null or e.id < $5)
       and ($4::boolean is null or $4 = exists (select from evaluations.evaluation_links l where l.evaluation_id = e.id))
     order by e.id desc limit $6`,
    [levels, hallId, subjectKind, isLinkedLater, after, limit],
  )
  return rows.map(({ id }) => id)
}
