import '../kit/tokens.css'
import '../kit/page.css'
import './citizen.css'
import { asLanguage } from '../kit/language.ts'
import { keepsDraft } from './draft-keeper.ts'
import { formWording } from './form-wording.ts'
import { levelKeys } from './level-keys.ts'
import { submitsInPlace } from './submit-in-place.ts'
import { tellsWhatIsChosen } from './tell-choice.ts'
import { countsText } from './text-counter.ts'

/* The rating form works without this script; it adds keys, a counter, a draft that survives, and answers without leaving the page. */

const form = document.querySelector<HTMLFormElement>('#rating')
if (form) {
  const language = asLanguage(document.documentElement.lang.slice(0, 2)) ?? 'zh'
  const words = formWording[language]
  const draft = keepsDraft(form, sessionStorage)
  levelKeys(form)
  countsText(form, words)
  tellsWhatIsChosen(form, words)
  submitsInPlace(form, words, draft)
}
