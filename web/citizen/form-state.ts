/** What the form holds right now. */
export function chosenLevel(form: HTMLFormElement): HTMLInputElement | null {
  return form.querySelector<HTMLInputElement>('input[name="level"]:checked')
}

/** True while a reason is asked for and none is given. */
export function lacksReason(form: HTMLFormElement): boolean {
  const level = chosenLevel(form)
  if (level?.dataset.needsReason !== 'true') return false
  const hasItem = form.querySelector(`input[name="item-${level.value}"]:checked`) !== null
  const text = form.querySelector<HTMLTextAreaElement>('textarea[name="text"]')
  return !hasItem && !text?.value.trim()
}
