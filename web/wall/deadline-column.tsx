import type { Language } from '../kit/language.ts'
import { shanghaiDayAndTime } from '../kit/shanghai-time.ts'
import type { WallReview } from './feed.ts'
import { TimeLeft } from './time-left.tsx'
import { urgencyOf } from './urgency.ts'
import type { WallWording } from './wording.ts'

/** Rows that fit beside the cards. */
const mostRows = 8

type DeadlineColumnProps = { reviews: WallReview[]; now: number; words: WallWording; language: Language }

/** Every clock near its end or past it, whichever page its card is on; the one due first on top. */
export function DeadlineColumn({ reviews, now, words, language }: DeadlineColumnProps) {
  const pressing = reviews
    .flatMap(review => review.deadlines.map(clock => ({ review, clock })))
    .filter(({ clock }) => clock.state === 'RUNNING' || clock.state === 'PASSED')
    .filter(({ clock }) => ['NEAR', 'OVERDUE'].includes(urgencyOf(clock, now)))
    .sort((a, b) => Date.parse(a.clock.dueAt) - Date.parse(b.clock.dueAt))
  return (
    <aside className="deadlines" aria-label={words.deadlinesTitle}>
      <h2>{words.deadlinesTitle}</h2>
      {pressing.length === 0 && <p className="quiet">{words.deadlinesEmpty}</p>}
      <ol>
        {pressing.slice(0, mostRows).map(({ review, clock }) => (
          <li key={clock.id} className={urgencyOf(clock, now).toLowerCase()}>
            <TimeLeft clock={clock} now={now} words={words} />
            <p>
              {review.window && `${words.window(review.window.number)}　`}
              {words.staffNumber} {review.staffMember?.staffNumber ?? words.noStaff}
            </p>
            <p className="quiet">{words.dueAt(shanghaiDayAndTime(clock.dueAt, language))}</p>
          </li>
        ))}
      </ol>
      {pressing.length > mostRows && <p className="quiet">{words.more(pressing.length - mostRows)}</p>}
    </aside>
  )
}
