import type { Transaction } from '../subgraphs/shared/database.ts'
import type { NewEvent, StampedEvent } from '../subgraphs/shared/events/event.ts'
import { type PlacementColumns, placementOf } from '../subgraphs/shared/placement-columns.ts'
import type { SubgraphName } from '../subgraphs/shared/subgraph.ts'
import { newId } from '../subgraphs/shared/uuid.ts'

/** Writes facts into the subgraph's outbox (发件箱), in the transaction of the rows that they are about. */
export async function recordEvents(transaction: Transaction, source: SubgraphName, events: NewEvent[]): Promise<void> {
  if (events.length === 0) return
  const column = <T>(pick: (event: NewEvent) => T) => events.map(pick)
  await transaction.query(
    `insert into ${source}.outbox
       (id, feed, type, subject_id, payload, occurred_at, region_path, department_id, line_id, hall_id, window_id, staff_member_id)
     select * from unnest($1::uuid[], $2::text[], $3::text[], $4::uuid[], $5::jsonb[], $6::timestamptz[],
       $7::text[], $8::uuid[], $9::uuid[], $10::uuid[], $11::uuid[], $12::uuid[])`,
    [
      column(() => newId()),
      column(event => event.feed),
      column(event => event.type),
      column(event => event.subjectId),
      column(event => JSON.stringify(event.payload)),
      column(event => event.occurredAt),
      column(event => event.placement.regionPath),
      column(event => event.placement.departmentId),
      column(event => event.placement.lineId),
      column(event => event.placement.hallId),
      column(event => event.placement.windowId),
      column(event => event.placement.staffMemberId),
    ],
  )
}

/** A row of an outbox, as SQL answers it. */
export type OutboxRow = {
  epoch: string
  position: string
  id: string
  type: string
  feed: string | null
  subject_id: string
  payload: Record<string, unknown>
  occurred_at: Date
} & PlacementColumns<string | null>

/** Columns of an outbox row `o` in the order of `OutboxRow`; `h` is the head. */
export const outboxColumns = `h.epoch, o.position, o.id, o.type, o.feed, o.subject_id, o.payload, o.occurred_at,
  o.region_path, o.department_id, o.line_id, o.hall_id, o.window_id, o.staff_member_id`

export function stampedEvent(source: SubgraphName, row: OutboxRow): StampedEvent {
  return {
    source,
    epoch: row.epoch,
    position: Number(row.position),
    id: row.id,
    type: row.type,
    feed: row.feed,
    subjectId: row.subject_id,
    occurredAt: row.occurred_at.toISOString(),
    placement: placementOf(row),
    payload: row.payload,
  }
}

/** Stamped events behind a position, in order, at most `limit`. */
export async function eventsAfter(
  transaction: Transaction,
  source: SubgraphName,
  position: number,
  limit: number,
): Promise<StampedEvent[]> {
  const rows = await transaction.query<OutboxRow>(
    `select ${outboxColumns} from ${source}.outbox o cross join ${source}.outbox_head h
     where o.position > $1 order by o.position limit $2`,
    [position, limit],
  )
  return rows.map(row => stampedEvent(source, row))
}

/** Identity and end of the log. */
export async function logHead(
  transaction: Transaction,
  source: SubgraphName,
): Promise<{ epoch: string; position: number }> {
  const [head] = await transaction.query<{ epoch: string; position: string }>(
    `select epoch, position from ${source}.outbox_head`,
  )
  return { epoch: head!.epoch, position: Number(head!.position) }
}
