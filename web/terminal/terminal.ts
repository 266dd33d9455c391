import '../kit/tokens.css'
import '../kit/page.css'
import '../citizen/citizen.css'
import './terminal.css'
import { chosenLevel, lacksReason } from '../citizen/form-state.ts'
import { formWording } from '../citizen/form-wording.ts'
import { levelKeys } from '../citizen/level-keys.ts'
import { reasonsOf, tellsWhatIsChosen } from '../citizen/tell-choice.ts'
import { asLanguage } from '../kit/language.ts'
import { leavesWhenIdle } from './leave-when-idle.ts'
import { printsOnRequest } from './print.ts'
import { tellsTheShell } from './tell-shell.ts'
import { terminalWording } from './wording.ts'

/* The terminal's pages work without this script; it clears them when nobody is there, prints, and lets the shell know that they live. */

const stage = document.querySelector<HTMLElement>('#stage')
const language = asLanguage(document.documentElement.lang.slice(0, 2)) ?? 'zh'
// A page that the way back would bring again may be somebody else's.
addEventListener('pageshow', event => event.persisted && location.reload())
if (stage) {
  tellsTheShell(stage.dataset.state === 'done' ? 'done' : 'alive')
  leavesWhenIdle(stage, terminalWording[language])
  printsOnRequest(stage)
}
const form = document.querySelector<HTMLFormElement>('#rating')
if (form) {
  levelKeys(form)
  tellsWhatIsChosen(form, formWording[language])
  form.addEventListener('submit', event => {
    if (!lacksReason(form)) return
    event.preventDefault()
    const level = chosenLevel(form)
    if (level) reasonsOf(form, level)?.querySelector('input')?.focus()
  })
}
