import type { WallViewerFragment } from '../kit/generated/operations.ts'
import { type Language, languageTag } from '../kit/language.ts'
import { shanghaiTimeOfDay } from '../kit/shanghai-time.ts'
import type { WallReview } from './feed.ts'
import { nextClock, urgencyOf } from './urgency.ts'
import type { WallWording } from './wording.ts'

type BoardHeadProps = {
  words: WallWording
  language: Language
  viewer: WallViewerFragment | null
  reviews: WallReview[]
  now: number
  isAudible: boolean
  onSound: () => void
  onSignOut: () => void
}

/** Whose wall it is, what time the server has, and how many there are of what. */
export function BoardHead(props: BoardHeadProps) {
  const { words, language, viewer, reviews, now, isAudible } = props
  const urgencies = reviews.map(review => urgencyOf(nextClock(review), now))
  const counts = [
    { name: words.open, count: reviews.length, tone: 'plain' },
    { name: words.unseen, count: reviews.filter(review => !review.acknowledgedAt).length, tone: 'plain' },
    { name: words.near, count: urgencies.filter(urgency => urgency === 'NEAR').length, tone: 'near' },
    { name: words.overdue, count: urgencies.filter(urgency => urgency === 'OVERDUE').length, tone: 'overdue' },
  ]
  const other = language === 'zh' ? 'en' : 'zh'
  return (
    <header className="head">
      <div className="head-name">
        <h1>{viewer?.hall?.name ?? viewer?.region?.name ?? (viewer ? words.everywhere : words.title)}</h1>
        <p>{words.title}</p>
      </div>
      <dl className="counts">
        {counts.map(({ name, count, tone }) => (
          <div key={name} className={count > 0 ? tone : 'plain'}>
            <dt>{name}</dt>
            <dd>{count}</dd>
          </div>
        ))}
      </dl>
      <div className="head-tools">
        {isAudible ? (
          <span className="sound">{words.soundOn}</span>
        ) : (
          <button type="button" className="sound-off" onClick={props.onSound}>
            {words.soundOff}
          </button>
        )}
        <a href={`/wall?lang=${other}`} lang={languageTag[other]} hrefLang={other}>
          {words.otherLanguage}
        </a>
        <button type="button" onClick={props.onSignOut}>
          {words.signOut}
        </button>
      </div>
      <time className="clock">{shanghaiTimeOfDay(now)}</time>
    </header>
  )
}
