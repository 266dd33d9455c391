import type { Transaction } from '../../shared/database.ts'
import type { PlacementColumns } from '../../shared/placement-columns.ts'
import type { RatingSubjectKind } from '../domain/rated-subject.ts'
import type { EvaluatorRelation, Identification, PhoneSource } from '../domain/rater.ts'
import type { AcceptedDraft } from '../domain/submission.ts'

/** Everything that is written of one rating, except its event. What few ratings have is left out of the others: each costs a little. */
export type RatingRow = PlacementColumns & {
  id: string
  city_code: string
  /** The case, or the visit of an unlinked rating: what can be rated once. */
  subject_id: string
  case_id: string | null
  subject_kind: RatingSubjectKind
  static_code_id?: string | null
  terminal_number?: string | null
  service_number: number
  round: AcceptedDraft['round']
  level: AcceptedDraft['level']
  channel: number
  item_edition: number
  items: string[]
  is_public: boolean
  is_anonymous: boolean
  evaluated_at: Date
  committed_at: Date
  matter_id: string | null
  is_about_rectification: boolean
  is_probe: boolean
  /** 1 good, 2 poor. */
  environment?: 1 | 2 | null
  attitude?: 1 | 2 | null
  is_overcharged?: boolean | null
  is_intermediary_forced?: boolean | null
  content_hash: string
  receipt_key_id: string
  receipt_hash: string
  identified_by: Identification
  relation: EvaluatorRelation
  citizen_id?: string | null
  /** Hexadecimal with a leading `\x`, as PostgreSQL reads bytes from JSON. */
  contact_phone_sealed?: string | null
  contact_phone_hash?: string | null
  masked_contact_phone?: string | null
  phone_source?: PhoneSource
  operator_id?: string
  operator_name?: string
  operator_contact?: string
  contact_name_sealed?: string
  /** Both or neither: a rating that another platform handed over. */
  source_system?: string
  source_rating_id?: string
  body: string | null
  environment_reason?: string | null
  attitude_reason?: string | null
  is_suspected_personal: boolean
}

/** Which service was rated, for the how many-th time: of each there is one rating (一事一评). */
export type RatingKey = Pick<RatingRow, 'city_code' | 'subject_id' | 'service_number' | 'round'>

/** A text that is equal for equal keys only. */
export function keyText(key: RatingKey): string {
  return `${key.city_code}/${key.subject_id}/${key.service_number}/${key.round}`
}

const placed = 'region_path, department_id, line_id, hall_id, window_id, staff_member_id'
const rated = `id, city_code, case_id, subject_kind, static_code_id, terminal_number, service_number, round, level, channel, item_edition,
  items, is_public, is_anonymous, evaluated_at, committed_at, matter_id, is_about_rectification, environment, attitude, is_overcharged,
  is_intermediary_forced, is_probe, source_system, source_rating_id, ${placed}`
const written = 'body, environment_reason, attitude_reason, is_suspected_personal'
const known = `identified_by, relation, citizen_id, contact_phone_sealed, contact_phone_hash, masked_contact_phone, phone_source, operator_id,
  operator_name, operator_contact, contact_name_sealed`

// Keys go in in one order everywhere, so that two batches which meet over several services never wait for each other in a ring.
const insertStatement = `
  with given as (
    select * from json_to_recordset($1::json) as r (
      id uuid, city_code text, subject_id uuid, case_id uuid, subject_kind text, static_code_id uuid, terminal_number text,
      service_number smallint, round smallint, level smallint, channel smallint, item_edition smallint, items text[], is_public boolean,
      is_anonymous boolean, evaluated_at timestamptz, committed_at timestamptz, matter_id uuid, is_about_rectification boolean,
      environment smallint, attitude smallint, is_overcharged boolean, is_intermediary_forced boolean, is_probe boolean,
      region_path text, department_id uuid, line_id uuid, hall_id uuid, window_id uuid, staff_member_id uuid,
      content_hash text, receipt_key_id text, receipt_hash text, identified_by text, relation text, citizen_id uuid,
      contact_phone_sealed bytea, contact_phone_hash text, masked_contact_phone text, phone_source text, operator_id text, operator_name text,
      operator_contact text, contact_name_sealed bytea, body text, environment_reason text,
      attitude_reason text, is_suspected_personal boolean, source_system text, source_rating_id text)
  ), kept as (
    insert into evaluations.evaluation_keys
      (city_code, subject_id, service_number, round, evaluation_id, content_hash, receipt_key_id)
    select city_code, subject_id, service_number, round, id, content_hash, receipt_key_id from given
    order by city_code collate "C", subject_id, service_number, round
    on conflict do nothing returning evaluation_id
  ), won as (
    select given.* from given join kept on kept.evaluation_id = given.id
  ), ratings as (
    insert into evaluations.evaluations (${rated}) select ${rated} from won
  ), texts as (
    insert into evaluations.evaluation_texts (evaluation_id, city_code, case_id, ${written}, ${placed})
    select id, city_code, case_id, ${written}, ${placed} from won
    where coalesce(body, environment_reason, attitude_reason) is not null
  ), people as (
    insert into evaluations.evaluation_people (evaluation_id, city_code, ${known}, ${placed})
    select id, city_code, ${known}, ${placed} from won
  ), handed_over as (
    insert into evaluations.handed_over_keys
      (source_system, source_rating_id, evaluation_id, subject_id, service_number, round, content_hash)
    select source_system, source_rating_id, id, subject_id, service_number, round, content_hash from won
    where source_rating_id is not null
  ), receipts as (
    insert into evaluations.evaluation_receipts (receipt_hash, evaluation_id) select receipt_hash, id from won
  )
  select id from won`

/** Writes ratings with text, person and receipt in one statement; answers the ids of those whose key was still free. */
export async function insertRatings({ query }: Transaction, rows: readonly RatingRow[]): Promise<Set<string>> {
  const kept = await query<{ id: string }>(insertStatement, [JSON.stringify(rows)])
  return new Set(kept.map(({ id }) => id))
}

/** The rating that holds a key. */
export type KeyHolder = { evaluation_id: string; content_hash: string; receipt_key_id: string }

/** Who holds these keys, by `keyText`. Ask in a statement after the insert: it sees what others committed while ours waited. */
export async function keyHolders({ query }: Transaction, keys: readonly RatingKey[]): Promise<Map<string, KeyHolder>> {
  if (keys.length === 0) return new Map()
  const wanted = keys.map(({ city_code, subject_id, service_number, round }) => ({
    city_code,
    subject_id,
    service_number,
    round,
  }))
  const found = await query<KeyHolder & RatingKey>(
    `select k.* from evaluations.evaluation_keys k
     join json_to_recordset($1::json) as w (city_code text, subject_id uuid, service_number smallint, round smallint)
       on k.city_code = w.city_code and k.subject_id = w.subject_id and k.service_number = w.service_number and k.round = w.round`,
    [JSON.stringify(wanted)],
  )
  return new Map(found.map(row => [keyText(row), row]))
}

/** Whether a visit without a case was rated. */
export async function isVisitRated(
  { query }: Transaction,
  { cityCode, subjectId }: { cityCode: string; subjectId: string },
): Promise<boolean> {
  const found = await query(
    `select from evaluations.evaluation_keys where city_code = $1 and subject_id = $2 and service_number = 1 and round = 1`,
    [cityCode, subjectId],
  )
  return found.length > 0
}
