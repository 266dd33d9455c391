import { shanghaiTimeOfDay } from '../kit/shanghai-time.ts'
import type { Truth } from './truth.ts'
import type { WallWording } from './wording.ts'

/** Always visible: live, reconnecting for the N-th time, or right only as of a moment. */
export function TruthBar({ truth, words }: { truth: Truth; words: WallWording }) {
  const asOf = truth.heardAt === null ? words.noData : words.asOf(shanghaiTimeOfDay(truth.heardAt))
  const said = {
    LIVE: words.live,
    RECONNECTING: truth.attempt > 0 ? words.reconnecting(truth.attempt) : words.connecting,
    AS_OF: asOf,
  }[truth.kind]
  return (
    <footer className={`truth ${truth.kind.toLowerCase().replace('_', '-')}`}>
      <span className="truth-mark" aria-hidden="true" />
      <strong role="status">{said}</strong>
      {truth.kind !== 'AS_OF' && <span>{asOf}</span>}
      {truth.isStale && truth.heardAt !== null && <span>{words.stale}</span>}
    </footer>
  )
}
