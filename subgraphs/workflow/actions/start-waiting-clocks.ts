import { recordEvents } from '../../../db/outbox.ts'
import type { WorkCalendar } from '../../shared/clock/calendar.ts'
import type { KeptCalendar } from '../../shared/clock/kept-calendar.ts'
import type { Database } from '../../shared/database.ts'
import type { JurisdictionPolicy } from '../../shared/policy/policy.ts'
import { secondsLeft } from '../domain/announcement.ts'
import { endedStates } from '../domain/negative-review-state.ts'
import { verificationClock } from '../domain/verification-clock.ts'
import { deadlineFact } from '../events.ts'
import { DeadlineEntity } from '../store/deadline.entity.ts'
import { NegativeReviewEntity } from '../store/negative-review.entity.ts'
import { newDeadline } from '../store/new-deadline.ts'
import { endWaiting, waitingReviews } from '../store/waiting-clocks.ts'

const sweepScope = { reach: 'EVERYTHING', name: 'sweep' } as const
const AT_ONCE = 100

type Rules = { policies: readonly JurisdictionPolicy[]; calendar: WorkCalendar; now: Date }

/**
 * Starts the clocks that can be computed by now (放假安排补录后起算), from their ratings and by the policy version that their reviews keep;
 * answers how many. Of several copies at work each clock is started by one.
 */
export async function startClocks(database: Database, rules: Rules): Promise<number> {
  let started = 0
  for (let after: string | null = null; ; ) {
    const step: { last: string | null; started: number } = await database.inScope(sweepScope, async tx => {
      const ids = await waitingReviews(tx, after, AT_ONCE)
      const em = tx.em.fork({ keepTransactionContext: true, clear: true })
      const reviews = await em.find(NegativeReviewEntity, { id: { $in: ids } })
      const ended = reviews.filter(({ state }) => endedStates.includes(state)).map(({ id }) => id)
      const running = reviews.flatMap(review => {
        const policy = rules.policies.find(
          ({ id, version }) => id === review.policyId && version === review.policyVersion,
        )
        const clock = policy && !ended.includes(review.id) && verificationClock(policy, review.openedAt, rules.calendar)
        return clock ? [em.create(DeadlineEntity, newDeadline(review, clock))] : []
      })
      await em.persist(running).flush()
      await endWaiting(tx, [...ended, ...running.map(({ negativeReviewId }) => negativeReviewId)])
      const facts = running.map(deadline =>
        deadlineFact('DeadlineStarted', { deadline, secondsLeft: secondsLeft(deadline.dueAt, rules.now) }, rules.now),
      )
      await recordEvents(tx, 'workflow', facts)
      return { last: ids.at(-1) ?? null, started: running.length }
    })
    started += step.started
    if (step.last === null) return started
    after = step.last
  }
}

/** Tries at the start and whenever the calendar changed. What fails is logged and tried again at the next change. */
export function startWaitingClocks(options: {
  database: Database
  policies: readonly JurisdictionPolicy[]
  calendar: KeptCalendar
  now: () => Date
  log: (line: string) => void
}) {
  const { database, policies, calendar, now, log } = options
  let working = Promise.resolve()
  const attempt = () => {
    working = working
      .then(async () => {
        await startClocks(database, { policies, calendar: calendar.current(), now: now() })
      })
      .catch(error => log(`clocks that wait for the calendar: ${(error as Error).message}`))
  }
  calendar.onChange(attempt)
  attempt()
  return { stop: () => working }
}
