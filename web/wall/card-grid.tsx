import { type KeyboardEvent, useEffect, useRef, useState } from 'react'
import type { Language } from '../kit/language.ts'
import type { WallReview } from './feed.ts'
import { ReviewCard } from './review-card.tsx'
import { useFit } from './use-fit.ts'
import type { Refusal } from './wall-session.ts'
import type { WallWording } from './wording.ts'

/** How long a page of cards stays, milliseconds; while somebody uses the keys, pages stand still that long after the last key. */
const pageMilliseconds = 15_000
const keysMilliseconds = 60_000

type CardGridProps = {
  reviews: WallReview[]
  fresh: ReadonlySet<string>
  now: number
  words: WallWording
  language: Language
  onAcknowledge: (id: string) => Promise<Refusal | null>
}

/** As many cards as fit, the others on further pages that take turns: nothing scrolls on a wall. */
export function CardGrid(props: CardGridProps) {
  const { reviews, fresh, now, words, language, onAcknowledge } = props
  const grid = useRef<HTMLUListElement>(null)
  const { scale, columns, rows } = useFit(grid, reviews.length)
  const perPage = columns * rows
  const pages = Math.max(1, Math.ceil(reviews.length / perPage))
  const [turned, setTurned] = useState(0)
  const lastKey = useRef(0)
  const page = Math.min(turned, pages - 1)
  const shown = reviews.slice(page * perPage, (page + 1) * perPage)

  useEffect(() => {
    if (pages === 1) return
    const timer = setInterval(() => {
      if (Date.now() - lastKey.current > keysMilliseconds) setTurned(before => (before + 1) % pages)
    }, pageMilliseconds)
    return () => clearInterval(timer)
  }, [pages])

  const freshPage = Math.floor(reviews.findIndex(review => fresh.has(review.id)) / perPage)
  useEffect(() => {
    // A new card is shown at once, on whichever page it belongs.
    if (freshPage >= 0) setTurned(freshPage)
  }, [freshPage])

  const onKeyDown = (event: KeyboardEvent) => {
    lastKey.current = Date.now()
    const cards = [...grid.current!.querySelectorAll<HTMLElement>('.card')]
    const at = cards.indexOf(document.activeElement?.closest<HTMLElement>('.card') as HTMLElement)
    const step = { ArrowRight: 1, ArrowLeft: -1, ArrowDown: columns, ArrowUp: -columns }[event.key]
    if (step !== undefined) {
      event.preventDefault()
      const to = at + step
      if (to >= cards.length && page < pages - 1) setTurned(page + 1)
      else if (to < 0 && page > 0) setTurned(page - 1)
      else cards[Math.max(0, Math.min(cards.length - 1, to))]!.focus()
    } else if ((event.key === 'Enter' || event.key.toLowerCase() === 'a') && at >= 0) {
      if (event.target instanceof HTMLButtonElement && event.key === 'Enter') return
      event.preventDefault()
      cards[at]!.querySelector<HTMLButtonElement>('.acknowledge')?.click()
    }
  }

  return (
    <>
      <ul
        className="cards"
        ref={grid}
        onKeyDown={onKeyDown}
        style={{
          fontSize: `${scale}em`,
          gridTemplateColumns: `repeat(${columns}, minmax(0, 1fr))`,
          gridTemplateRows: `repeat(${rows}, minmax(0, 1fr))`,
        }}
      >
        {shown.map((review, index) => (
          <ReviewCard
            key={review.id}
            review={review}
            isFresh={fresh.has(review.id)}
            isTabStop={index === 0}
            now={now}
            words={words}
            language={language}
            onAcknowledge={onAcknowledge}
          />
        ))}
      </ul>
      <div className="pages">
        {pages > 1 && (
          <>
            <span className="dots" aria-hidden="true">
              {Array.from({ length: pages }, (_, index) => (
                // biome-ignore lint/suspicious/noArrayIndexKey: dots differ by their place only
                <i key={index} className={index === page ? 'is-now' : ''} />
              ))}
            </span>
            <span>{words.page(page + 1, pages)}</span>
          </>
        )}
        <span className="quiet">{words.keys}</span>
      </div>
    </>
  )
}
