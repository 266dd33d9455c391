import type { WallViewerFragment } from '../kit/generated/operations.ts'
import type { Language } from '../kit/language.ts'
import { BoardHead } from './board-head.tsx'
import { CardGrid } from './card-grid.tsx'
import { DeadlineColumn } from './deadline-column.tsx'
import { TruthBar } from './truth-bar.tsx'
import { byTimeLeft } from './urgency.ts'
import type { Refusal, WallView } from './wall-session.ts'
import { wallWording } from './wording.ts'

export type BoardProps = {
  language: Language
  viewer: WallViewerFragment | null
  view: WallView
  /** Cards that have just come in. */
  fresh: ReadonlySet<string>
  isAudible: boolean
  onSound: () => void
  onAcknowledge: (id: string) => Promise<Refusal | null>
  onSignOut: () => void
}

/** The board: head, open bad ratings with the least time left first, clocks near their end, and the bar that tells how true it all is. */
export function Board(props: BoardProps) {
  const { language, viewer, view, fresh, isAudible } = props
  const words = wallWording[language]
  const reviews = byTimeLeft(view.reviews.values())
  return (
    <div className={view.truth.isStale ? 'board is-stale' : 'board'}>
      <BoardHead
        {...{ words, language, viewer, reviews, isAudible }}
        now={view.now}
        onSound={props.onSound}
        onSignOut={props.onSignOut}
      />
      <main aria-label={words.title}>
        {reviews.length > 0 ? (
          <CardGrid {...{ reviews, fresh, words, language }} now={view.now} onAcknowledge={props.onAcknowledge} />
        ) : (
          <div className="nothing" role="status">
            <p>{view.hasSnapshot ? words.empty : words.loading}</p>
            {view.hasSnapshot && <p className="quiet">{words.emptyHint}</p>}
          </div>
        )}
      </main>
      <DeadlineColumn {...{ reviews, words, language }} now={view.now} />
      <TruthBar truth={view.truth} words={words} />
    </div>
  )
}
