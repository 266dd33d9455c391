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

/** The five levels in one row, worst first, all of one size; arrows move the focus, Space or Enter chooses. */
export function KioskLevels({ form, chosen, language, question, onChoose }: KioskLevelsProps) {
  const group = useRef<HTMLDivElement>(null)
  const beside: Language = language === 'zh' ? 'en' : 'zh'
  const move = (event: KeyboardEvent, index: number) => {
    const step = steps[event.key]
    if (step === undefined) return
    event.preventDefault()
    const buttons = [...group.current!.querySelectorAll('button')]
    buttons[(index + step + buttons.length) % buttons.length]!.focus()
  }
  const stop = Math.max(
    0,
    form.levels.findIndex(level => level.level === chosen),
  )
  return (
    <div class="levels" role="radiogroup" aria-label={question} ref={group}>
      {form.levels.map((level, index) => {
        const face = faceOf(level.score)
        const label = { zh: level.label, en: level.labelEnglish }
        return (
          <button
            key={level.level}
            type="button"
            role="radio"
            aria-checked={level.level === chosen}
            tabIndex={index === stop ? 0 : -1}
            onClick={() => onChoose(level.level)}
            onKeyDown={event => move(event, index)}
          >
            <svg class="face" viewBox="0 0 32 32" aria-hidden="true">
              <circle cx="16" cy="16" r="14" />
              <path d={face.eyes} />
              <path d={face.mouth} />
            </svg>
            <span class="score">{level.score}</span>
            <span class="words">{label[language]}</span>
            <small lang={languageTag[beside]}>{label[beside]}</small>
          </button>
        )
      })}
    </div>
  )
}
