import type { RatingCodeKind } from '../kit/generated/operations.ts'
import type { CitizenWording } from './wording.ts'

/** For whoever is uneasy at the window: how to rate later at home (回家再评). */
export function Later({ kind, words }: { kind: RatingCodeKind | null; words: CitizenWording }) {
  if (kind !== 'SCREEN' && kind !== 'RECEIPT') return null
  return (
    <details class="later">
      <summary>{words.later}</summary>
      <ul>
        <li>{kind === 'SCREEN' ? words.laterThisPage : words.laterThisReceipt}</li>
        {kind === 'SCREEN' && <li>{words.laterReceipt}</li>}
        <li>
          {words.laterSignIn} <a href="/me">{words.myRatings}</a>
        </li>
      </ul>
    </details>
  )
}
