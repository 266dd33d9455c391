import { go } from '../address.ts'
import type { DeskPage } from '../pages.ts'
import { kept } from './follow-links.ts'

/** How long after `g` a letter counts, milliseconds. */
const prefixMilliseconds = 1500

let prefixedAt = Number.NEGATIVE_INFINITY

const isTyping = (target: EventTarget | null) =>
  target instanceof HTMLElement &&
  (target.isContentEditable || ['INPUT', 'TEXTAREA', 'SELECT'].includes(target.tagName) || target.role === 'combobox')

const isCovered = () =>
  document.querySelector('.ant-modal-wrap:not([style*="display: none"]), .ant-drawer-open') !== null

/**
 * The keys of the desk (快捷键); nothing while somebody types or a dialogue is open.
 *
 * @param now milliseconds, of the event
 */
export function takeKey(event: KeyboardEvent, pages: readonly DeskPage[], showHelp: () => void): void {
  if (event.defaultPrevented || event.ctrlKey || event.metaKey || event.altKey || isTyping(event.target)) return
  if (event.key === '?') {
    showHelp()
    return
  }
  if (isCovered()) return
  const hasPrefix = event.timeStamp - prefixedAt < prefixMilliseconds
  prefixedAt = Number.NEGATIVE_INFINITY
  if (hasPrefix) {
    const page = pages.find(({ letter }) => letter === event.key)
    if (!page) return
    event.preventDefault()
    go(page.path, kept(new URLSearchParams(location.search)))
    scrollTo(0, 0)
  } else if (event.key === 'g') {
    prefixedAt = event.timeStamp
  } else if (event.key === '/') {
    const search = document.querySelector<HTMLElement>('[data-desk-search] input, input[data-desk-search]')
    if (!search) return
    event.preventDefault()
    search.focus()
  } else if (event.key === 'j') moveRow(1)
  else if (event.key === 'k') moveRow(-1)
  else if (event.key === 'n') document.querySelector<HTMLElement>('[data-desk-next]')?.click()
  else if (event.key === 'p') document.querySelector<HTMLElement>('[data-desk-previous]')?.click()
}

/** Moves the focus among the rows of the list (上下移动). */
function moveRow(step: 1 | -1): void {
  const rows = [...document.querySelectorAll<HTMLElement>('main [data-desk-row]')]
  const present = rows.findIndex(row => row === document.activeElement || row.contains(document.activeElement))
  const next = rows[present < 0 ? (step > 0 ? 0 : rows.length - 1) : present + step]
  next?.focus()
  next?.scrollIntoView({ block: 'nearest' })
}
