import type { Transaction } from '../../shared/database.ts'
import type { Announcement } from '../domain/announcement.ts'
import type { Deadline } from './deadline.entity.ts'
import type { PlacedRow } from './placed-row.ts'

/** As much of a clock as a sweep needs. */
export type DueNotice = Pick<Deadline, 'id' | 'negativeReviewId' | 'kind' | 'dueAt' | 'notices'> & PlacedRow

/** Clocks whose next notice has come, locked until the end of the transaction; those that another sweep holds are left to it. */
export function lockDueNotices({ query }: Transaction, now: Date, limit: number): Promise<DueNotice[]> {
  return query<DueNotice>(
    `select id, negative_review_id as "negativeReviewId", kind, due_at as "dueAt", notices, region_path as "regionPath",
       department_id as "departmentId", line_id as "lineId", hall_id as "hallId", window_id as "windowId",
       staff_member_id as "staffMemberId"
     from workflow.deadlines where next_notice_at <= $1 and ended_at is null
     order by next_notice_at limit $2 for update skip locked`,
    [now, limit],
  )
}

/** Writes what a sweep said: the next notice of each clock, and which have passed. */
export async function moveOn(
  { query }: Transaction,
  announced: readonly ({ deadline: DueNotice } & Announcement)[],
): Promise<void> {
  await query(
    `update workflow.deadlines d set next_notice_at = said.next_notice_at,
       state = case said.kind when 'PASSED' then 'PASSED' else d.state end
     from unnest($1::uuid[], $2::text[], $3::timestamptz[]) as said(id, kind, next_notice_at)
     where d.id = said.id`,
    [
      announced.map(({ deadline }) => deadline.id),
      announced.map(({ kind }) => kind),
      announced.map(({ nextNoticeAt }) => nextNoticeAt),
    ],
  )
}

/** When the next notice of any clock comes; null when none is ahead. */
export async function nextNotice({ query }: Transaction): Promise<Date | null> {
  const [row] = await query<{ at: Date | null }>(
    'select min(next_notice_at) as at from workflow.deadlines where next_notice_at is not null and ended_at is null',
  )
  return row!.at
}
