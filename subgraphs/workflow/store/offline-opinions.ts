import type { Transaction } from '../../shared/database.ts'
import type { OpinionSource, OpinionState } from '../domain/offline-opinion.ts'

/** An offline opinion (线下意见) as it is kept; whom to call is sealed. */
export type OfflineOpinion = {
  id: string
  opinionNumber: string
  source: OpinionSource
  state: OpinionState
  receivedOn: string
  text: string
  evidence: string | null
  contactSealed: Buffer | null
  recordedAt: Date
  recordedByName: string
  settledAt: Date | null
  settledByName: string | null
  settlement: string | null
  departmentId: string | null
  hallId: string | null
}

const columns = `id, opinion_number as "opinionNumber", source, state, received_on::text as "receivedOn", body as text, evidence,
  contact_sealed as "contactSealed", recorded_at as "recordedAt", recorded_by_name as "recordedByName", settled_at as "settledAt",
  settled_by_name as "settledByName", settlement, department_id as "departmentId", hall_id as "hallId"`

export type NewOpinion = Pick<
  OfflineOpinion,
  'id' | 'source' | 'receivedOn' | 'text' | 'evidence' | 'contactSealed' | 'recordedAt' | 'recordedByName'
> & {
  recordedById: string
  place: { regionPath: string; departmentId: string | null; lineId: string | null; hallId: string | null }
}

/** Keeps an opinion under the next number (意见编号), e.g. `XXYJ-20261121-000007`. */
export async function insertOpinion({ query }: Transaction, opinion: NewOpinion): Promise<OfflineOpinion> {
  const { place } = opinion
  const [kept] = await query<OfflineOpinion>(
    `insert into workflow.offline_opinions (id, opinion_number, source, state, received_on, body, evidence, contact_sealed, recorded_at,
       recorded_by_id, recorded_by_name, region_path, department_id, line_id, hall_id)
     values ($1, concat('XXYJ-', to_char($7::timestamptz at time zone 'Asia/Shanghai', 'YYYYMMDD'), '-',
         lpad(nextval('workflow.offline_opinion_numbers')::text, 6, '0')),
       $2, 'RECEIVED', $3::date, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13)
     returning ${columns}`,
    [
      opinion.id,
      opinion.source,
      opinion.receivedOn,
      opinion.text,
      opinion.evidence,
      opinion.contactSealed,
      opinion.recordedAt,
      opinion.recordedById,
      opinion.recordedByName,
      place.regionPath,
      place.departmentId,
      place.lineId,
      place.hallId,
    ],
  )
  return kept!
}

/** Answers or closes an opinion that still waits; undefined when none in the scope does. */
export async function settleOpinion(
  { query }: Transaction,
  {
    id,
    state,
    settlement,
    settledAt,
    settledByName,
  }: Pick<OfflineOpinion, 'id' | 'state' | 'settlement' | 'settledAt' | 'settledByName'>,
): Promise<OfflineOpinion | undefined> {
  const [kept] = await query<OfflineOpinion>(
    `update workflow.offline_opinions set state = $2, settlement = $3, settled_at = $4, settled_by_name = $5
     where id = $1 and state = 'RECEIVED' returning ${columns}`,
    [id, state, settlement, settledAt, settledByName],
  )
  return kept
}

/**
 * Opinions in the scope, the newest first.
 *
 * @param behind id of the last row of the page before
 */
export function opinionsBehind(
  { query }: Transaction,
  { source, state }: { source: OpinionSource | null; state: OpinionState | null },
  behind: string | null,
  limit: number,
): Promise<OfflineOpinion[]> {
  return query<OfflineOpinion>(
    `select ${columns} from workflow.offline_opinions
     where ($1::text is null or source = $1) and ($2::text is null or state = $2) and ($3::uuid is null or id < $3)
     order by id desc limit $4`,
    [source, state, behind, limit],
  )
}
