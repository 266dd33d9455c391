import type { Language } from '../kit/language.ts'
import type { FormLevel } from './level-choice.tsx'
import type { CitizenWording } from './wording.ts'

type ReasonsProps = { level: FormLevel; chosenItems: readonly string[]; language: Language; words: CitizenWording }

/** The items of one level (测评内容): open and asked for at levels 1 and 2, folded away and optional at the others. */
export function Reasons(props: ReasonsProps) {
  const { level, words } = props
  if (level.items.length === 0) return null
  const title = level.isReasonRequired ? words.reasonsBad : level.score === 3 ? words.reasonsPlain : words.reasonsGood
  return (
    <div class="reasons" data-level={level.score}>
      {level.isReasonRequired ? (
        <fieldset>
          <legend>{title}</legend>
          <Items {...props} />
        </fieldset>
      ) : (
        <details>
          <summary>{title}</summary>
          <fieldset>
            <legend class="unseen">{title}</legend>
            <Items {...props} />
          </fieldset>
        </details>
      )}
    </div>
  )
}

/** The items of a level, each a checkbox over its whole line. */
export function Items({ level, chosenItems, language }: Omit<ReasonsProps, 'words'>) {
  return (
    <>
      {level.items.map(item => (
        <label class="item" key={item.code}>
          <input
            type="checkbox"
            name={`item-${level.level}`}
            value={item.code}
            checked={chosenItems.includes(item.code)}
          />
          <span>{language === 'en' ? item.textEnglish : item.text}</span>
        </label>
      ))}
    </>
  )
}
