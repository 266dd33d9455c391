import '../kit/tokens.css'
import '../kit/page.css'
import './citizen.css'
import { asLanguage } from '../kit/language.ts'
import { keepsDraft } from './draft-keeper.ts'
import { formWording } from './form-wording.ts'
import { levelKeys } from './level-keys.ts'
import { submitsInPlace } from './submit-in-place.ts'
import { tellsWhatIsChosen } from './tell-choice.ts'
import { tellsThatItWasSeen } from './tell-seen.ts'
import { countsText } from './text-counter.ts'
import { uploadsPictures } from './upload-pictures.ts'

/* The pages work without this script; it adds keys, a counter, pictures that arrive while one writes, a draft that survives, and answers without leaving the page. */

const words = formWording[asLanguage(document.documentElement.lang.slice(0, 2)) ?? 'zh']
for (const withPictures of document.querySelectorAll<HTMLFormElement>('form[data-pictures]')) {
  uploadsPictures(withPictures, words)
  countsText(withPictures, words)
}
tellsThatItWasSeen(document)
const form = document.querySelector<HTMLFormElement>('#rating')
if (form) {
  const draft = keepsDraft(form, sessionStorage)
  levelKeys(form)
  tellsWhatIsChosen(form, words)
  submitsInPlace(form, words, draft)
}
