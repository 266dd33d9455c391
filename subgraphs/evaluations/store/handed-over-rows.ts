import type { Transaction } from '../../shared/database.ts'
import { type KnownCase, type KnownCaseColumns, knownCaseOf } from './known-case.ts'

/** A service of a case that other platforms may have rated. */
export type HandedOverService = { serviceCase: KnownCase; isEvaluated: boolean }

/** The services of these case numbers in the scope, in their order; of two cities with the same number the case reported last. */
export async function servicesByNumber(
  { query }: Transaction,
  wanted: readonly { caseNumber: string; serviceNumber: number }[],
): Promise<(HandedOverService | null)[]> {
  const rows = await query<KnownCaseColumns & { place: string; is_evaluated: boolean }>(
    `select wanted.place, known.*,
       (select true from evaluations.evaluation_keys k
         where k.city_code = known.city_code and k.subject_id = known.case_id
           and k.service_number = wanted.service_number and k.round = 1 limit 1) is not null as is_evaluated
     from unnest($1::text[], $2::int[]) with ordinality as wanted (case_number, service_number, place)
     cross join lateral (
       select * from evaluations.rateable_cases r where r.case_number = wanted.case_number order by r.reported_at desc limit 1) known`,
    [wanted.map(({ caseNumber }) => caseNumber), wanted.map(({ serviceNumber }) => serviceNumber)],
  )
  const found = new Map(rows.map(row => [Number(row.place), row]))
  return wanted.map((_, index) => {
    const row = found.get(index + 1)
    return row ? { serviceCase: knownCaseOf(row), isEvaluated: row.is_evaluated } : null
  })
}

/** What a source handed over before under one of its ids (来源评价编号). */
export type EarlierHandOver = {
  sourceRatingId: string
  evaluationId: string
  subjectId: string
  serviceNumber: number
  round: number
  contentHash: string
}

/** Those of these ids that the source used before. */
export async function earlierHandOvers(
  { query }: Transaction,
  sourceSystem: string,
  sourceRatingIds: readonly string[],
): Promise<Map<string, EarlierHandOver>> {
  const rows = await query<EarlierHandOver>(
    `select source_rating_id as "sourceRatingId", evaluation_id as "evaluationId", subject_id as "subjectId",
       service_number as "serviceNumber", round, content_hash as "contentHash"
     from evaluations.handed_over_keys where source_system = $1 and source_rating_id = any ($2::text[])`,
    [sourceSystem, sourceRatingIds],
  )
  return new Map(rows.map(row => [row.sourceRatingId, row]))
}
