import type { Transaction } from '../../shared/database.ts'

/** Whose figures may have changed (待重算对象): windows and people with the Shanghai day, contacts and operators with the day, too. */
export type Touched = {
  windowId: string | null
  staffMemberId: string | null
  day: string
  contactHash: string | null
  citizenId: string | null
  operatorId: string | null
}

/** How far the sweep got; null while another copy is at work. A position of null: it never ran. */
export type Progress = { position: number | null; lookedBackOn: string | null }

/** Locks the progress for this transaction, so that of several copies one sweeps. */
export async function takeProgress({ query }: Transaction): Promise<Progress | null> {
  const [row] = await query<{ position: string | null; lookedBackOn: string | null }>(
    `select position, looked_back_on as "lookedBackOn" from evaluations.integrity_progress for update skip locked`,
  )
  return row ? { ...row, position: row.position === null ? null : Number(row.position) } : null
}

export async function saveProgress({ query }: Transaction, { position, lookedBackOn }: Progress): Promise<void> {
  await query(`update evaluations.integrity_progress set position = $1, looked_back_on = $2`, [position, lookedBackOn])
}

/** The position after at most `limit` further facts of the log of ratings; null when there is none. */
export async function positionAfter({ query }: Transaction, position: number, limit: number): Promise<number | null> {
  const [row] = await query<{ last: string | null }>(
    `select max(position) as last from (
       select position from evaluations.outbox where position > $1 order by position limit $2) as next`,
    [position, limit],
  )
  return row!.last === null ? null : Number(row!.last)
}

const touchedColumns = `distinct e.window_id as "windowId", e.staff_member_id as "staffMemberId",
  (e.evaluated_at at time zone 'Asia/Shanghai')::date as day, p.contact_phone_hash as "contactHash", p.citizen_id as "citizenId",
  p.operator_id as "operatorId"`

/** What the facts behind one position up to another touch, as far as their ratings were given since then. */
export function touchedByFacts(
  { query }: Transaction,
  { after, until, since }: { after: number; until: number; since: Date },
): Promise<Touched[]> {
  return query(
    `select ${touchedColumns} from evaluations.outbox o
     join evaluations.evaluations e on e.id = o.subject_id
     left join evaluations.evaluation_people p on p.evaluation_id = e.id
     where o.position > $1 and o.position <= $2 and o.type in ('EvaluationSubmitted', 'CallBackMismatch')
       and e.evaluated_at >= $3 and not e.is_probe`,
    [after, until, since],
  )
}

/** What all ratings of a span touch, for the first sweep: those of a bulk load have no facts. */
export function touchedWithin(
  { query }: Transaction,
  { from, until }: { from: Date; until: Date },
): Promise<Touched[]> {
  return query(
    `select ${touchedColumns} from evaluations.evaluations e
     left join evaluations.evaluation_people p on p.evaluation_id = e.id
     where e.id >= $1 and e.id < $2 and e.evaluated_at >= $3 and e.evaluated_at < $4 and not e.is_probe`,
    [lowestIdAt(from), lowestIdAt(until), from, until],
  )
}

/** The smallest id that carries this instant or a later one; those of anonymous ratings carry the full hour before. */
export function lowestIdAt(at: Date): string {
  const hour = Math.floor(at.getTime() / 3_600_000) * 3_600_000
  const hex = hour.toString(16).padStart(12, '0')
  return `${hex.slice(0, 8)}-${hex.slice(8)}-0000-0000-000000000000`
}
