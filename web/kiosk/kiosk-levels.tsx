import { useRef } from 'preact/hooks'
import { faceOf } from '../kit/faces.ts'
import type { EvaluationLevel } from '../kit/generated/operations.ts'
import { type Language, languageTag } from '../kit/language.ts'
import type { DeviceForm } from './kiosk-state.ts'

type KioskLevelsProps = {
  form: DeviceForm
  chosen: EvaluationLevel | null
  language: Language
  question: string
  onChoose: (level: EvaluationLevel) => void
}

const steps: Record<string, number> = { ArrowRight: 1, ArrowDown: 1, ArrowLeft: -1, ArrowUp: -1 }

/** The five levels in one row, worst first, all of one size; arrows move the focus without choosing, Space or Enter chooses. */
export function KioskLevels({ form, chosen, language, question, onChoose }: KioskLevelsProps) {
  const group = useRef<HTMLFieldSetElement>(null)
  const beside: Language = language === 'zh' ? 'en' : 'zh'
  const onKeyDown = (event: KeyboardEvent, index: number) => {
    const step = steps[event.key]
    const radios = [...group.current!.querySelectorAll('input')]
    if (step !== undefined) radios[(index + step + radios.length) % radios.length]!.focus()
    else if (event.key === 'Enter') radios[index]!.click()
    else return
    event.preventDefault()
  }
  return (
    <fieldset class="levels" ref={group}>
      <legend class="unseen">{question}</legend>
      {form.levels.map((level, index) => {
        const face = faceOf(level.score)
        const label = { zh: level.label, en: level.labelEnglish }
        return (
          <label key={level.level}>
            <input
              type="radio"
              name="level"
              checked={level.level === chosen}
              onChange={() => onChoose(level.level)}
              onKeyDown={event => onKeyDown(event, index)}
            />
            <span class="level-card">
              <svg class="face" viewBox="0 0 32 32" aria-hidden="true">
                <circle cx="16" cy="16" r="14" />
                <path d={face.eyes} />
                <path d={face.mouth} />
              </svg>
              <span class="score">{level.score}</span>
              <span class="words">{label[language]}</span>
              <small lang={languageTag[beside]}>{label[beside]}</small>
            </span>
          </label>
        )
      })}
    </fieldset>
  )
}
