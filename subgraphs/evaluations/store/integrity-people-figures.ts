import type { Transaction } from '../../shared/database.ts'
import { undecided } from './integrity-day-figures.ts'
import { lowestIdAt } from './integrity-touched.ts'

/** A month in Shanghai. */
export type Month = { name: string; from: Date; until: Date }

type MonthFigures = { subject: string; ids: string[]; from: Date; until: Date }

const inMonth = 'e.id >= $1 and e.id < $2 and e.evaluated_at >= $3 and e.evaluated_at < $4 and not e.is_probe'
const bounds = ({ from, until }: Month) => [lowestIdAt(from), lowestIdAt(until), from, until]
const evidence = 'array_agg(e.id order by e.id) as ids, min(e.evaluated_at) as from, max(e.evaluated_at) as until'

/** By what a person is known: the keyed hash of his telephone, or his account as a citizen. */
export type ContactColumn = 'contact_phone_hash' | 'citizen_id'

/**
 * For how many applicants one contact rated in a month. Applicants are told apart by the last four digits of the telephone of their
 * cases, which is all that is known of them here: those without one are not counted.
 */
export function ratingsByContact(
  { query }: Transaction,
  column: ContactColumn,
  contacts: readonly string[],
  month: Month,
): Promise<(MonthFigures & { applicants: number; cases: number })[]> {
  return query(
    `select p.${column} as subject, count(distinct c.phone_last_four_hash)::int as applicants, count(distinct e.case_id)::int as cases,
       ${evidence}
     from evaluations.evaluation_people p join evaluations.evaluations e on e.id = p.evaluation_id
     left join evaluations.rateable_cases c on c.case_id = e.case_id
     where p.${column} = any ($5::${column === 'citizen_id' ? 'uuid' : 'text'}[]) and ${inMonth} and ${undecided('SAME_CONTACT')}
     group by p.${column}`,
    [...bounds(month), contacts],
  )
}

/** Operators who took ratings in a month, with the telephone that was kept for them. */
export function operatorContacts(
  { query }: Transaction,
  { from, until }: Month,
): Promise<{ operatorId: string; operatorName: string; contact: string }[]> {
  return query(
    `select distinct operator_id as "operatorId", operator_name as "operatorName", operator_contact as contact
     from evaluations.evaluation_people
     where operator_id is not null and operator_contact is not null and evaluation_id >= $1 and evaluation_id < $2`,
    [lowestIdAt(from), lowestIdAt(until)],
  )
}

/** Ratings of a month whose rater left one of these telephones. */
export function ratingsOfPhones(
  { query }: Transaction,
  hashes: readonly string[],
  month: Month,
): Promise<(MonthFigures & { ratings: number })[]> {
  return query(
    `select p.contact_phone_hash as subject, count(*)::int as ratings, ${evidence}
     from evaluations.evaluation_people p join evaluations.evaluations e on e.id = p.evaluation_id
     where p.contact_phone_hash = any ($5::text[]) and ${inMonth} and ${undecided('SELF_RATING')}
     group by p.contact_phone_hash`,
    [...bounds(month), hashes],
  )
}

/** Of a month's ratings by telephone those that the call-back found otherwise (回访不一致), by operator; null for all operators. */
export function mismatchesByOperator(
  { query }: Transaction,
  operators: readonly string[] | null,
  month: Month,
): Promise<(MonthFigures & { operatorName: string; mismatches: number; denied: number; raised: number })[]> {
  return query(
    `select b.operator_id as subject, max(b.operator_name) as "operatorName", count(*)::int as mismatches,
       count(*) filter (where b.result = 'DENIED')::int as denied, coalesce(max(b.level - b.stated_level), 0)::int as raised, ${evidence}
     from evaluations.call_backs b join evaluations.evaluations e on e.id = b.evaluation_id
     where b.is_mismatch and ($5::text[] is null or b.operator_id = any ($5::text[])) and b.rated_at >= $3 and b.rated_at < $4
       and ${inMonth} and ${undecided('CALL_BACK_MISMATCH')}
     group by b.operator_id`,
    [...bounds(month), operators],
  )
}

/** Ratings by telephone of a month by operator: how many, and how many of them 5. */
export function tallyByOperator(
  { query }: Transaction,
  month: Month,
): Promise<(MonthFigures & { operatorName: string; source: string; ratings: number; fives: number })[]> {
  return query(
    `select p.operator_id as subject, max(p.operator_name) as "operatorName", p.phone_source as source, count(*)::int as ratings,
       count(*) filter (where e.level = 5)::int as fives, ${evidence}
     from evaluations.evaluation_people p join evaluations.evaluations e on e.id = p.evaluation_id
     where p.operator_id is not null and p.evaluation_id >= $1 and p.evaluation_id < $2 and ${inMonth}
       and ${undecided('OPERATOR_SHARE')}
     group by p.operator_id, p.phone_source`,
    bounds(month),
  )
}
