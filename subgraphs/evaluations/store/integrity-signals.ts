import type { Transaction } from '../../shared/database.ts'
import { type PlacementColumns, placementOf } from '../../shared/placement-columns.ts'
import { newId } from '../../shared/uuid.ts'
import { commonPlacement, type EvidencePlaces, unitPlacement } from '../domain/integrity-placement.ts'
import type {
  Finding,
  IntegrityFacts,
  IntegrityKind,
  IntegritySignal,
  IntegrityState,
} from '../domain/integrity-signal.ts'

type SignalRow = PlacementColumns<string | null> & {
  id: string
  kind: IntegrityKind
  state: IntegrityState
  subject_kind: IntegritySignal['subject']['kind']
  subject_key: string
  period: string
  period_from: Date
  period_until: Date
  facts: IntegrityFacts
  strength: number
  evidence_count: number
  noticed_at: Date
  updated_at: Date
  decided_at: Date | null
  decided_by_name: string | null
  decision_reason: string | null
}

function signalOf(row: SignalRow): IntegritySignal {
  return {
    id: row.id,
    kind: row.kind,
    state: row.state,
    subject: { kind: row.subject_kind, key: row.subject_key },
    period: row.period,
    from: row.period_from,
    until: row.period_until,
    facts: row.facts,
    strength: row.strength,
    evidenceCount: row.evidence_count,
    noticedAt: row.noticed_at,
    updatedAt: row.updated_at,
    decidedAt: row.decided_at,
    decidedByName: row.decided_by_name,
    decisionReason: row.decision_reason,
    placement: placementOf(row),
  }
}

/**
 * Keeps a finding: updates the open signal of the same kind, subject and period, or opens one; answers its id. What was decided stays; only
 * ratings that nobody decided about open the next round, a finding without any does not come back.
 *
 * @param placedBy ratings that tell where it lies, where it has no evidence of its own
 */
export async function keepFinding(
  { query }: Transaction,
  { kind, subject, period, from, until, facts, strength, evaluationIds }: Finding,
  now: Date,
  placedBy: readonly string[] = evaluationIds,
): Promise<string | null> {
  const [before] = await query<{ decided: number }>(
    `select count(*)::int as decided from evaluations.integrity_signals
     where kind = $1 and subject_kind = $2 and subject_key = $3 and period = $4 and state <> 'OPEN'`,
    [kind, subject.kind, subject.key, period],
  )
  if (evaluationIds.length === 0 && before!.decided > 0) return null
  const [places] = await query<EvidencePlaces>(
    `select array_agg(distinct region_path) as "regionPaths", array_agg(distinct department_id) as "departmentIds",
       array_agg(distinct line_id) as "lineIds", array_agg(distinct hall_id) as "hallIds", array_agg(distinct window_id) as "windowIds",
       array_agg(distinct staff_member_id) as "staffMemberIds"
     from evaluations.evaluations where id = any ($1::uuid[])`,
    [placedBy],
  )
  const placement = evaluationIds.length === 0 ? unitPlacement(subject, places!) : commonPlacement(places!)
  const [kept] = await query<{ id: string }>(
    `insert into evaluations.integrity_signals as s (id, kind, state, subject_kind, subject_key, period, round, period_from, period_until, facts,
       strength, evidence_count, noticed_at, updated_at, region_path, department_id, line_id, hall_id, window_id, staff_member_id)
     values ($1, $2, 'OPEN', $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $12, $13, $14, $15, $16, $17, $18)
     on conflict (kind, subject_kind, subject_key, period, round) do update set period_from = excluded.period_from,
       period_until = excluded.period_until, facts = excluded.facts, strength = excluded.strength, evidence_count = excluded.evidence_count,
       updated_at = excluded.updated_at, region_path = excluded.region_path, department_id = excluded.department_id,
       line_id = excluded.line_id, hall_id = excluded.hall_id, window_id = excluded.window_id, staff_member_id = excluded.staff_member_id
     where s.state = 'OPEN' and (s.facts, s.strength, s.evidence_count) is distinct from (excluded.facts, excluded.strength, excluded.evidence_count)
     returning id`,
    [
      newId(now.getTime()),
      kind,
      subject.kind,
      subject.key,
      period,
      before!.decided + 1,
      from,
      until,
      JSON.stringify(facts),
      strength,
      evaluationIds.length,
      now,
      placement.regionPath,
      placement.departmentId,
      placement.lineId,
      placement.hallId,
      placement.windowId,
      placement.staffMemberId,
    ],
  )
  if (!kept) return null
  await query(
    `insert into evaluations.integrity_signal_evaluations (signal_id, evaluation_id, kind, is_open)
     select $1, unnest($2::uuid[]), $3, true on conflict do nothing`,
    [kept.id, evaluationIds, kind],
  )
  return kept.id
}

/** Which signals are wanted; what is null does not narrow it. */
export type SignalSelection = { state: IntegrityState | null; kind: IntegrityKind | null; hallId: string | null }

/** A page of signals, the strongest first, behind the strength and id of the last one before. */
export async function signalsPage(
  { query }: Transaction,
  { state, kind, hallId }: SignalSelection,
  after: { strength: number; id: string } | null,
  limit: number,
): Promise<IntegritySignal[]> {
  const rows = await query<SignalRow>(
    `select * from evaluations.integrity_signals
     where ($1::text is null or state = $1) and ($2::text is null or kind = $2) and ($3::uuid is null or hall_id = $3)
       and ($4::int is null or (strength, id) < ($4, $5::uuid))
     order by strength desc, id desc limit $6`,
    [state, kind, hallId, after?.strength ?? null, after?.id ?? null, limit],
  )
  return rows.map(signalOf)
}

/** A signal in the scope; null when there is none. */
export async function signalById(
  { query }: Transaction,
  id: string,
  { isLocked = false } = {},
): Promise<IntegritySignal | null> {
  const [row] = await query<SignalRow>(
    `select * from evaluations.integrity_signals where id = $1 ${isLocked ? 'for update' : ''}`,
    [id],
  )
  return row ? signalOf(row) : null
}

/** Ids of a signal's evidence, the latest first, behind the last one of the page before. */
export async function evidencePage(
  { query }: Transaction,
  signalId: string,
  after: string | null,
  limit: number,
): Promise<string[]> {
  const rows = await query<{ id: string }>(
    `select evaluation_id as id from evaluations.integrity_signal_evaluations
     where signal_id = $1 and ($2::uuid is null or evaluation_id < $2) order by evaluation_id desc limit $3`,
    [signalId, after, limit],
  )
  return rows.map(({ id }) => id)
}

/** Ids of all evidence of a signal. */
export async function allEvidence({ query }: Transaction, signalId: string): Promise<string[]> {
  const rows = await query<{ id: string }>(
    'select evaluation_id as id from evaluations.integrity_signal_evaluations where signal_id = $1',
    [signalId],
  )
  return rows.map(({ id }) => id)
}

/** Closes an open signal: from now on its evidence is suspected no more. */
export async function closeSignal(
  { query }: Transaction,
  signalId: string,
  decision: { state: 'CONFIRMED' | 'DISMISSED'; at: Date; byId: string; byName: string; reason: string },
): Promise<void> {
  const { state, at, byId, byName, reason } = decision
  await query(
    `update evaluations.integrity_signals set state = $2, decided_at = $3, decided_by_id = $4, decided_by_name = $5, decision_reason = $6
     where id = $1 and state = 'OPEN'`,
    [signalId, state, at, byId, byName, reason],
  )
  await query(`update evaluations.integrity_signal_evaluations set is_open = false where signal_id = $1`, [signalId])
}
