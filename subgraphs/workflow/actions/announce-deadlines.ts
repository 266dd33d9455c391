import { recordEvents } from '../../../db/outbox.ts'
import type { Database, Transaction } from '../../shared/database.ts'
import { announce } from '../domain/announcement.ts'
import { deadlineFact } from '../events.ts'
import { lockDueNotices, moveOn, nextNotice } from '../store/due-notices.ts'

const sweepScope = { reach: 'EVERYTHING', name: 'sweep' } as const
/** Clocks announced in one transaction. */
const batch = 500

/**
 * Announces every clock whose notice has come (时限提醒), each exactly once however many sweeps run at a time, and marks those that passed.
 * Answers when the next notice comes; null when none is ahead.
 */
export async function announceDeadlines(database: Database, now: Date): Promise<Date | null> {
  while ((await database.inScope(sweepScope, transaction => announceBatch(transaction, now))) === batch);
  return database.inScope(sweepScope, nextNotice)
}

async function announceBatch(transaction: Transaction, now: Date): Promise<number> {
  const clocks = await lockDueNotices(transaction, now, batch)
  const announced = clocks.map(deadline => ({ deadline, ...announce(deadline, now) }))
  await moveOn(transaction, announced)
  const facts = announced.map(({ deadline, kind, secondsLeft }) =>
    deadlineFact(kind === 'PASSED' ? 'DeadlinePassed' : 'DeadlineApproaching', { deadline, secondsLeft }, now),
  )
  await recordEvents(transaction, 'workflow', facts)
  return clocks.length
}
