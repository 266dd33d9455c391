import type { DraftKeeper } from './draft-keeper.ts'
import { chosenLevel, lacksReason } from './form-state.ts'
import type { FormWording } from './form-wording.ts'
import type { Problem } from './problem-box.tsx'
import type { FormPart } from './submission-answer.ts'
import { reasonsOf } from './tell-choice.ts'
import { textLength } from './text-counter.ts'

type FormProblem = Problem & { part: FormPart }

/**
 * Hands the rating in without leaving the page, so that a lost connection or a refusal keeps everything that was typed.
 * The graph stays the judge; what can be seen at once is said at once.
 */
export function submitsInPlace(form: HTMLFormElement, words: FormWording, draft: DraftKeeper): void {
  form.noValidate = true
  const button = form.querySelector<HTMLButtonElement>('button[type="submit"]')!
  const label = button.textContent
  form.addEventListener('input', () => {
    form.querySelector<HTMLElement>('#problem')!.hidden = true
  })
  form.addEventListener('submit', async event => {
    event.preventDefault()
    if (button.getAttribute('aria-disabled') === 'true') return
    const missing = whatIsMissing(form, words)
    if (missing) return show(form, missing, words)
    setBusy(button, true, words.submitting)
    const answer = await send(form, words)
    if ('location' in answer) {
      draft.forget()
      location.assign(answer.location)
      return
    }
    setBusy(button, false, label)
    show(form, answer, words)
  })
}

function whatIsMissing(form: HTMLFormElement, words: FormWording): FormProblem | null {
  const problem = (part: FormPart, message: string): FormProblem => ({ part, message, details: [], remedy: '' })
  const phone = form.querySelector<HTMLInputElement>('#phone')
  if (phone && !/^\d{4}$/.test(phone.value.trim())) return problem('phone', words.givePhone)
  if (!chosenLevel(form)) return problem('level', words.chooseLevel)
  if (lacksReason(form)) return problem('reason', words.chooseReason)
  if (form.querySelector('[data-uploading]')) return problem('pictures', words.picturesBusy)
  const text = form.querySelector<HTMLTextAreaElement>('textarea[data-limit]')
  const over = text ? textLength(text.value) - Number(text.dataset.limit) : 0
  return over > 0 ? problem('text', words.textOver(over)) : null
}

async function send(form: HTMLFormElement, words: FormWording): Promise<{ location: string } | FormProblem> {
  try {
    const response = await fetch(form.action, {
      method: 'POST',
      headers: { accept: 'application/json', 'content-type': 'application/x-www-form-urlencoded' },
      body: new URLSearchParams(new FormData(form) as unknown as Record<string, string>).toString(),
    })
    return await response.json()
  } catch {
    return { part: null, message: words.notSent, details: [], remedy: words.notSentRemedy }
  }
}

/** `aria-disabled` instead of `disabled`: the focus stays where it is. */
function setBusy(button: HTMLButtonElement, isBusy: boolean, text: string | null): void {
  button.setAttribute('aria-disabled', String(isBusy))
  button.textContent = text
}

/** Moves the one problem box to the part that needs attention, fills it and takes the focus there. */
function show(form: HTMLFormElement, problem: FormProblem, words: FormWording): void {
  const box = form.querySelector<HTMLElement>('#problem')!
  box.replaceChildren(paragraph(problem.message, 'problem-message'))
  if (problem.details.length > 0) {
    const list = document.createElement('ul')
    for (const detail of problem.details)
      list.append(Object.assign(document.createElement('li'), { textContent: detail }))
    box.append(list)
  }
  if (problem.remedy) box.append(paragraph(words.whatToDo + problem.remedy))
  const place = placeOf(form, problem.part)
  place.before(box)
  const folded = place.closest('details')
  if (folded) folded.open = true
  box.hidden = false
  box.focus()
  box.scrollIntoView({ block: 'center' })
}

function placeOf(form: HTMLFormElement, part: FormPart): Element {
  const level = chosenLevel(form)
  const places: Record<string, Element | null | undefined> = {
    phone: form.querySelector('#phone')?.closest('.field'),
    level: form.querySelector('.levels'),
    reason: level && reasonsOf(form, level),
    text: form.querySelector('#text')?.closest('.field'),
    pictures: form.querySelector('#pictures'),
    more: form.querySelector('.more'),
  }
  return places[part ?? ''] ?? form.querySelector('.bar')!
}

function paragraph(text: string, className = ''): HTMLElement {
  return Object.assign(document.createElement('p'), { textContent: text, className })
}
