/** What was filled in, by field name. */
type KeptDraft = [name: string, value: string][]

export type DraftKeeper = { forget(): void }

const secretFields = ['formTicket', 'phoneLastFour']

/**
 * Keeps what is filled in for this tab only (评价草稿): the first tap is safe against a reload, a call or a lost page.
 * The proof and the ticket are not kept.
 */
export function keepsDraft(form: HTMLFormElement, storage: Storage): DraftKeeper {
  const key = `draft:${form.getAttribute('action')}`
  if (!form.querySelector('input[name="level"]:checked')) restore(form, read(storage, key))
  const keep = () => {
    const kept = [...new FormData(form)].filter(([name]) => !secretFields.includes(name))
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
  const text = form.querySelector<HTMLTextAreaElement>('textarea[name="text"]')
  if (text) text.value = kept.find(([name]) => name === 'text')?.[1] ?? ''
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
