import type { FormWording } from './form-wording.ts'

/** Says below the text how many characters are left; nothing is cut off, so that a pasted text is never lost silently. */
export function countsText(form: HTMLFormElement, words: FormWording): void {
  const text = form.querySelector<HTMLTextAreaElement>('textarea[data-limit]')
  const hint = form.querySelector<HTMLElement>('#text-hint')
  if (!text || !hint) return
  const limit = Number(text.dataset.limit)
  const tell = () => {
    const left = limit - textLength(text.value)
    hint.textContent = left < 0 ? words.textOver(-left) : words.textLeft(left)
    hint.classList.toggle('over', left < 0)
    text.setAttribute('aria-invalid', String(left < 0))
  }
  text.addEventListener('input', tell)
  tell()
}

/** Length in characters as a person counts them, surrounding blanks left out. */
export function textLength(text: string): number {
  return [...text.trim()].length
}
