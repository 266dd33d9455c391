import type { CitizenWording } from './wording.ts'

/** The rater's own words (文字评价), with what may still be written below; nothing is cut off. */
export function TextField(props: { limit: number; text: string; label: string; words: CitizenWording }) {
  const { limit, text, label, words } = props
  return (
    <div class="field">
      <label for="text">{label}</label>
      <p class="hint" id="text-hint">
        {words.textLimit(limit)}
      </p>
      <textarea id="text" name="text" rows={3} aria-describedby="text-hint" data-limit={limit} value={text} />
    </div>
  )
}
