import type { CitizenWording } from './wording.ts'

/** Asks for the proof of a receipt or SMS link: the last four digits of the applicant's phone (手机号后四位). */
export function ProofField({ value, words }: { value: string; words: CitizenWording }) {
  return (
    <div class="field">
      <label for="phone">{words.phone}</label>
      <p class="hint" id="phone-hint">
        {words.phoneHint}
      </p>
      <input
        id="phone"
        name="phoneLastFour"
        inputmode="numeric"
        pattern="[0-9]{4}"
        maxlength={4}
        autocomplete="off"
        required
        aria-describedby="phone-hint"
        value={value}
      />
    </div>
  )
}
