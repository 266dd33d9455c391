import { spanOf, spanParts, type Urgency, urgencyOf, type WallClock } from './urgency.ts'
import type { WallWording } from './wording.ts'

const icons: Record<Urgency, string> = {
  LEFT: 'M16 4a12 12 0 1 0 0 24 12 12 0 0 0 0-24zM16 9v7l5 3',
  NEAR: 'M8 4h16M8 28h16M10 4v4c0 4 6 5 6 8s-6 4-6 8v4M22 4v4c0 4-6 5-6 8s6 4 6 8v4',
  OVERDUE: 'M16 4L3 27h26zM16 12v7M16 22.5v1',
  NONE: 'M6 16h20',
}

/** One clock by the server's time: icon, word and colour say the same three times (剩余 / 临期 / 超期). */
export function TimeLeft({ clock, now, words }: { clock: WallClock | null; now: number; words: WallWording }) {
  const urgency = urgencyOf(clock, now)
  const span = clock && spanParts(spanOf(clock, now))
  return (
    <p className={`time-left ${urgency.toLowerCase()}`}>
      <svg viewBox="0 0 32 32" aria-hidden="true">
        <path d={icons[urgency]} />
      </svg>
      {clock && <span className="clock-kind">{words.deadline[clock.kind]}</span>}
      <span className="urgency">{words.urgency[urgency]}</span>
      {span && <span className="span">{span.days >= 2 ? words.daysAndHours(span.days, span.hours) : span.clock}</span>}
    </p>
  )
}
