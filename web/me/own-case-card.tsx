import type { ComponentChildren } from 'preact'
import { citizenWording } from '../citizen/wording.ts'
import type { Language } from '../kit/language.ts'
import { shanghaiDayAndTime } from '../kit/shanghai-time.ts'
import { firstRating, isToRate, type OwnCase, secondRating, takesSecond, wasToldOfRectification } from './own-case.ts'
import { OwnRating } from './own-rating.tsx'
import { type MeWording, meWording } from './wording.ts'

/** One of a person's cases (本人办件): what it was, how it ended, what he may do with it, and his ratings. */
export function OwnCaseCard({ own, language }: { own: OwnCase; language: Language }) {
  const words = meWording[language]
  const citizen = citizenWording[language]
  const first = firstRating(own)
  const second = secondRating(own)
  const matter = own.matter?.name ?? own.caseNumber
  return (
    <li>
      <article class="own-case" aria-labelledby={`case-${own.id}`}>
        <h2 id={`case-${own.id}`}>
          {matter}{' '}
          <span class={`outcome ${own.isValid ? own.outcome.toLowerCase() : 'void'}`}>{endOf(own, words)}</span>
        </h2>
        <dl class="subject">
          <Fact name={citizen.caseNumber} value={own.caseNumber} isNumber />
          {own.department && <Fact name={citizen.department} value={own.department.name} />}
          {own.hall && (
            <Fact name={words.hall} value={own.hall.name}>
              {own.window && <span class="at-window">{citizen.atWindow(own.window.number)}</span>}
            </Fact>
          )}
          {own.acceptedAt && <Fact name={words.acceptedAt} value={shanghaiDayAndTime(own.acceptedAt, language)} />}
          {own.closedAt && <Fact name={words.closedAt} value={shanghaiDayAndTime(own.closedAt, language)} />}
        </dl>
        {!first && <p class="hint">{whyNot(own, words)}</p>}
        {isToRate(own) && (
          <form method="post" action="/me/rate">
            <input type="hidden" name="caseNumber" value={own.caseNumber} />
            <button type="submit" aria-label={words.rateThis(matter)}>
              {words.rate}
            </button>
          </form>
        )}
        {first && <OwnRating rating={first} language={language} isOpen={first.isNegative && !second} />}
        {second && <OwnRating rating={second} language={language} isOpen={false} />}
        {first && takesSecond(own) && (
          <p class="append">
            <a class="way plain" href={`/me/append/${first.id}`}>
              {wasToldOfRectification(first) ? words.rateRectification : words.append}
            </a>
          </p>
        )}
      </article>
    </li>
  )
}

type FactProps = { name: string; value: string; isNumber?: boolean; children?: ComponentChildren }

function Fact({ name, value, isNumber = false, children }: FactProps) {
  return (
    <div>
      <dt>{name}</dt>
      <dd class={isNumber ? 'number' : undefined}>
        {value} {children}
      </dd>
    </div>
  )
}

function endOf(own: OwnCase, words: MeWording): string {
  if (own.mergedInto) return words.mergedInto(own.mergedInto)
  if (!own.isValid) return words.isVoid
  return own.state === 'CLOSED' ? words.outcomes[own.outcome] : words.states[own.state]
}

/** Why there is no button, or why there is one although the case is open. */
function whyNot(own: OwnCase, words: MeWording): string {
  if (!own.isValid) return ''
  if (own.state !== 'CLOSED') return own.takesRatings ? words.overdue : words.notYet
  return own.takesRatings === false ? words.tooLate : ''
}
