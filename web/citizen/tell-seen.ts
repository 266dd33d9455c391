/**
 * Tells once that a person has opened the page of a static code (扫码计数). Forms then need not tell any more; where a browser cannot send it,
 * they still do.
 */
export function tellsThatItWasSeen(page: Document): void {
  const marks = page.querySelectorAll<HTMLInputElement>('input[name="unseen"]')
  const address = marks[0]?.value
  if (!address) return
  if (!isTold(address) && !navigator.sendBeacon?.(address)) return
  keepTold(address)
  for (const mark of marks) mark.remove()
}

function isTold(address: string): boolean {
  try {
    return sessionStorage.getItem(address) !== null
  } catch {
    return false
  }
}

function keepTold(address: string): void {
  try {
    sessionStorage.setItem(address, '1')
  } catch {
    // Without storage a reload counts once more; that is all.
  }
}
