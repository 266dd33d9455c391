import type { Language } from '../kit/language.ts'
import { type PressureDraft, pressureKinds } from './pressure-draft.ts'
import { type Problem, ProblemBox } from './problem-box.tsx'
import type { CitizenWording } from './wording.ts'

const textLimit = 1000

type PressureFormProps = {
  receiptNumber: string
  draft: PressureDraft
  problem: Problem | null
  language: Language
  words: CitizenWording
}

/** Reports pressure, inducement or retaliation (施压、诱导、报复举报); folded away, and sealed from the rated unit. */
export function PressureForm({ receiptNumber, draft, problem, language, words }: PressureFormProps) {
  return (
    <details class="pressure" open={problem !== null}>
      <summary>{words.pressureTitle}</summary>
      <form method="post" action="/receipt/pressure">
        <ProblemBox problem={problem} language={language} id="pressure-problem" />
        <p>{words.pressureSealed}</p>
        <input type="hidden" name="receiptNumber" value={receiptNumber} />
        <fieldset>
          <legend>{words.pressureKind}</legend>
          {pressureKinds.map(kind => (
            <label class="item" key={kind}>
              <input type="radio" name="kind" value={kind} checked={draft.kind === kind} required />
              <span>{words.pressureKinds[kind]}</span>
            </label>
          ))}
        </fieldset>
        <div class="field">
          <label for="pressure-text">{words.pressureText}</label>
          <p class="hint" id="pressure-text-hint">
            {words.pressureTextHint(textLimit)}
          </p>
          <textarea
            id="pressure-text"
            name="text"
            rows={4}
            minlength={5}
            required
            aria-describedby="pressure-text-hint"
            value={draft.text}
          />
        </div>
        <div class="field">
          <label for="pressure-phone">{words.pressurePhone}</label>
          <input
            id="pressure-phone"
            name="contactPhone"
            type="tel"
            inputmode="tel"
            maxlength={30}
            autocomplete="tel"
            value={draft.contactPhone}
          />
        </div>
        <button type="submit" class="plain">
          {words.pressureSubmit}
        </button>
      </form>
    </details>
  )
}
