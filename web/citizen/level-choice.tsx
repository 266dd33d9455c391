import { faceOf } from '../kit/faces.ts'
import type { FormLevelFragment } from '../kit/generated/operations.ts'
import { type Language, languageTag } from '../kit/language.ts'

export type FormLevel = FormLevelFragment

/** One of the five levels: a native radio button with a face, its number and its full words; all five are of one size. */
export function LevelChoice(props: { level: FormLevel; isChosen: boolean; language: Language }) {
  const { level, isChosen, language } = props
  const id = `level-${level.score}`
  const face = faceOf(level.score)
  const beside: Language = language === 'zh' ? 'en' : 'zh'
  const label = { zh: level.label, en: level.labelEnglish }
  return (
    <>
      <input
        type="radio"
        name="level"
        id={id}
        value={level.level}
        checked={isChosen}
        required
        data-label={label[language]}
        data-needs-reason={level.isReasonRequired}
      />
      <label for={id} class="level">
        <svg class="face" viewBox="0 0 32 32" aria-hidden="true">
          <circle cx="16" cy="16" r="14" />
          <path d={face.eyes} />
          <path d={face.mouth} />
        </svg>
        <span class="score">{level.score}</span>
        <span class="words">
          {label[language]} <small lang={languageTag[beside]}>{label[beside]}</small>
        </span>
        <span class="chosen" aria-hidden="true">
          ✓
        </span>
      </label>
    </>
  )
}
