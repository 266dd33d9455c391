import { Unseen } from './unseen.tsx'
import type { CitizenWording } from './wording.ts'

/** Finds one's own cases at a static code by the phone given when applying (办件查询). */
export function FindCasesForm(props: { token: string; phone: string; isUnseen: boolean; words: CitizenWording }) {
  const { token, phone, isUnseen, words } = props
  return (
    <form method="post" action={`/r/${token}/cases`}>
      {isUnseen && <Unseen token={token} />}
      <div class="field">
        <label for="own-phone">{words.ownPhone}</label>
        <p class="hint" id="own-phone-hint">
          {words.ownPhoneHint}
        </p>
        <input
          id="own-phone"
          name="phone"
          type="tel"
          inputmode="tel"
          maxlength={20}
          autocomplete="tel"
          required
          aria-describedby="own-phone-hint"
          value={phone}
        />
      </div>
      <button type="submit">{words.findCases}</button>
    </form>
  )
}
