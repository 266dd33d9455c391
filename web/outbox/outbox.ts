import './outbox.css'

/** How often the list is asked for, milliseconds. */
const PERIOD_MS = 3_000

/** Shows new messages by themselves; never while somebody writes a reply. */
async function refresh(): Promise<void> {
  const shown = document.getElementById('messages')
  if (!shown || document.hidden || isWriting(shown)) return
  const response = await fetch('/outbox')
  if (!response.ok) return
  // Without its head, whose style has another nonce than this page and would be refused aloud.
  const body = (await response.text()).replace(/<head>.*?<\/head>/s, '')
  const read = new DOMParser().parseFromString(body, 'text/html').getElementById('messages')
  if (!read || read.innerHTML === shown.innerHTML || isWriting(shown)) return
  shown.replaceWith(read)
}

function isWriting(list: HTMLElement): boolean {
  const boxes = Array.from(list.querySelectorAll<HTMLInputElement>('input[type=text]'))
  return list.contains(document.activeElement) || boxes.some(box => box.value !== '')
}

setInterval(() => void refresh().catch(() => {}), PERIOD_MS)
