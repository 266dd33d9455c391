import { useState } from 'react'
import { faceOf } from '../kit/faces.ts'
import { type Language, messageIn } from '../kit/language.ts'
import { levelLabel } from '../kit/levels.ts'
import { shanghaiTimeOfDay } from '../kit/shanghai-time.ts'
import { agoWords } from './ago.ts'
import type { WallReview } from './feed.ts'
import { TimeLeft } from './time-left.tsx'
import { nextClock, urgencyOf } from './urgency.ts'
import type { Refusal } from './wall-session.ts'
import type { WallWording } from './wording.ts'

type ReviewCardProps = {
  review: WallReview
  isFresh: boolean
  isTabStop: boolean
  now: number
  words: WallWording
  language: Language
  onAcknowledge: (id: string) => Promise<Refusal | null>
}

/** One open bad rating (差评). Staff by number, never by name (decision 22); nothing of the evaluator at all. */
export function ReviewCard(props: ReviewCardProps) {
  const { review, isFresh, isTabStop, now, words, language, onAcknowledge } = props
  const [refusal, setRefusal] = useState<Refusal | null>(null)
  const clock = nextClock(review)
  const face = faceOf(review.score)
  const matter = review.serviceCase?.matter?.name ?? (review.isAnonymous ? words.anonymous : review.department?.name)
  const acknowledge = async () => setRefusal(await onAcknowledge(review.id))
  const className = [
    'card',
    urgencyOf(clock, now).toLowerCase(),
    isFresh && 'is-fresh',
    review.acknowledgedAt && 'is-seen',
  ]
  return (
    <li className={className.filter(Boolean).join(' ')} tabIndex={isTabStop ? 0 : -1} data-review={review.id}>
      <div className="card-level">
        <svg className="face" viewBox="0 0 32 32" aria-hidden="true">
          <circle cx="16" cy="16" r="14" />
          <path d={face.eyes} />
          <path d={face.mouth} />
        </svg>
        <span className="score">{review.score}</span>
        <span className="level-word">{levelLabel(review.score, language)}</span>
        <span className="ago">{agoWords(review, now, words)}</span>
      </div>
      <TimeLeft clock={clock} now={now} words={words} />
      <p className="matter">{matter}</p>
      <p className="where">
        {review.window && <strong>{words.window(review.window.number)}</strong>}
        <span>
          {words.staffNumber} {review.staffMember?.staffNumber ?? words.noStaff}
        </span>
        <span className="state">{words.state[review.state]}</span>
      </p>
      <div className="card-foot">
        {review.acknowledgedAt ? (
          <span className="seen">
            ✓ {words.acknowledged(review.acknowledgedBy ?? '', shanghaiTimeOfDay(review.acknowledgedAt).slice(0, 5))}
          </span>
        ) : (
          <button type="button" className="acknowledge" tabIndex={isTabStop ? 0 : -1} onClick={acknowledge}>
            {words.acknowledge}
          </button>
        )}
        {refusal && (
          <span className="refusal" role="alert">
            {messageIn(language, refusal)}
          </span>
        )}
      </div>
    </li>
  )
}
