import { chosenLevel, lacksReason } from './form-state.ts'
import type { FormWording } from './form-wording.ts'

/** Says above the button what is chosen and what is still needed, and brings the reasons into view when they are next. */
export function tellsWhatIsChosen(form: HTMLFormElement, words: FormWording): void {
  const said = form.querySelector<HTMLElement>('#said')
  const tell = () => {
    const level = chosenLevel(form)
    if (!level || !said) return
    const label = level.dataset.label ?? ''
    said.textContent = lacksReason(form) ? words.chosenNowReason(label) : words.chosenNowSubmit(label)
  }
  form.addEventListener('change', event => {
    tell()
    const target = event.target as HTMLInputElement
    if (target.name === 'level' && lacksReason(form)) reasonsOf(form, target)?.scrollIntoView(scrolling())
  })
  form.addEventListener('input', tell)
  tell()
}

export function reasonsOf(form: HTMLFormElement, level: HTMLInputElement): HTMLElement | null {
  return form.querySelector<HTMLElement>(`.reasons[data-level="${level.id.replace('level-', '')}"]`)
}

function scrolling(): ScrollIntoViewOptions {
  const isStill = matchMedia('(prefers-reduced-motion: reduce)').matches
  return { block: 'start', behavior: isStill ? 'auto' : 'smooth' }
}
