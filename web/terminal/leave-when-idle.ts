import type { TerminalWording } from './wording.ts'

/** Seconds of the visible countdown. */
const countdownSeconds = 10

/**
 * Clears the page when nobody is there any more (无人操作): after the seconds that the page names it asks and counts down; a touch or a key stays.
 * Nothing is ever submitted by it.
 */
export function leavesWhenIdle(stage: HTMLElement, words: TerminalWording): void {
  const { idleSeconds, idleAddress } = stage.dataset
  const dialog = document.querySelector<HTMLElement>('#idle')
  const left = document.querySelector<HTMLElement>('#idle-left')
  const stay = document.querySelector<HTMLButtonElement>('#idle-stay')
  if (!idleSeconds || !idleAddress || !dialog || !left || !stay) return
  let touchedAt = Date.now()
  let focusBefore: Element | null = null

  const touched = () => {
    touchedAt = Date.now()
    if (dialog.hidden) return
    dialog.hidden = true
    if (focusBefore instanceof HTMLElement) focusBefore.focus()
  }
  for (const kind of ['pointerdown', 'touchstart', 'keydown', 'input'])
    addEventListener(kind, touched, { passive: true })
  stay.addEventListener('click', touched)

  setInterval(() => {
    const idle = Math.floor((Date.now() - touchedAt) / 1000) - Number(idleSeconds)
    if (idle < 0) return
    if (idle >= countdownSeconds) return leave(idleAddress)
    left.textContent = words.clearsIn(countdownSeconds - idle)
    if (!dialog.hidden) return
    focusBefore = document.activeElement
    dialog.hidden = false
    stay.focus()
  }, 1_000)
}

function leave(address: string): void {
  for (const form of document.forms) form.reset()
  location.replace(address)
}
