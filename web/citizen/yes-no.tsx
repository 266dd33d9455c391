import type { CitizenWording } from './wording.ts'

/** One question that is answered yes or no; `isYes` stands until the person changes it. */
export function YesNo(props: { name: string; question: string; hint: string; isYes: boolean; words: CitizenWording }) {
  const { name, question, hint, isYes, words } = props
  return (
    <fieldset class="yes-no" aria-describedby={`${name}-hint`}>
      <legend>{question}</legend>
      <p class="hint" id={`${name}-hint`}>
        {hint}
      </p>
      <div class="pair">
        {(['yes', 'no'] as const).map(answer => (
          <label key={answer}>
            <input type="radio" name={name} value={answer} checked={isYes === (answer === 'yes')} />
            <span class="answer">{words[answer]}</span>
          </label>
        ))}
      </div>
    </fieldset>
  )
}
