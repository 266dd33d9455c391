import { entryName } from './address.ts'

const nameOf = (entry: string) => `desk-scroll-${entry}`

/** How long a page may take to become as long as it was, milliseconds. */
const patienceMilliseconds = 4000

/** Keeps where each entry of the history was scrolled to, and scrolls there again once its list is long enough. */
export function rememberScroll(): void {
  history.scrollRestoration = 'manual'
  let pending = 0
  addEventListener(
    'scroll',
    () => {
      const entry = entryName()
      cancelAnimationFrame(pending)
      pending = requestAnimationFrame(() => sessionStorage.setItem(nameOf(entry), String(scrollY)))
    },
    { passive: true },
  )
  addEventListener('popstate', restoreScroll)
  restoreScroll()
}

function restoreScroll(): void {
  const wanted = Number(sessionStorage.getItem(nameOf(entryName())) ?? 0)
  if (wanted === 0) return
  const began = performance.now()
  const attempt = () => {
    if (document.documentElement.scrollHeight - innerHeight >= wanted) return scrollTo(0, wanted)
    if (performance.now() - began < patienceMilliseconds) requestAnimationFrame(attempt)
  }
  requestAnimationFrame(attempt)
}
