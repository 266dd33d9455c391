/** What was filled in, by field name. */
type KeptDraft = [name: string, value: string][]

export type DraftKeeper = { forget(): void }

const notKept = ['formTicket', 'phoneLastFour', 'contactPhone', 'receiptNumber', 'picture', 'removedPicture', 'unseen']

/**
 * Keeps what is filled in for this tab only (评价草稿): the first tap is safe against a reload, a call or a lost page.
 * Proof, ticket, phone and receipt number are not kept; pictures are chosen again.
 */
export function keepsDraft(form: HTMLFormElement, storage: Storage): DraftKeeper {
  const key = `draft:${form.getAttribute('action')}`
  if (!form.querySelector('input[name="level"]:checked')) restore(form, read(storage, key))
  const keep = () => {
    const kept = [...new FormData(form)].filter(([name]) => !notKept.includes(name))
    write(storage, key, JSON.stringify(kept))
  }
  form.addEventListener('change', keep)
  form.addEventListener('input', keep)
  return { forget: () => storage.removeItem(key) }
}

function restore(form: HTMLFormElement, kept: KeptDraft): void {
  if (kept.length === 0) return
  const has = (name: string, value: string) =>
    kept.some(([keptName, keptValue]) => keptName === name && keptValue === value)
  for (const input of form.querySelectorAll<HTMLInputElement>('input[type="radio"], input[type="checkbox"]')) {
    input.checked = has(input.name, input.value)
  }
  for (const text of form.querySelectorAll<HTMLInputElement>('textarea, input:not([type])')) {
    const typed = kept.find(([name]) => name === text.name)
    if (typed) text.value = typed[1]
  }
  const more = form.querySelector<HTMLDetailsElement>('.more')
  if (more?.querySelector('.sub-rating input:checked')) more.open = true
}

function read(storage: Storage, key: string): KeptDraft {
  try {
    return JSON.parse(storage.getItem(key) ?? '[]') as KeptDraft
  } catch {
    return []
  }
}

function write(storage: Storage, key: string, text: string): void {
  try {
    storage.setItem(key, text)
  } catch {
    // A full or forbidden storage costs the draft, never the rating.
  }
}
