/** Waits between attempts to connect, milliseconds: doubling up to the longest, each cut by up to half so that peers spread. */
export type ReconnectWait = { next(): number; startOver(): void }

export function reconnectWait(firstMs: number, longestMs: number, random: () => number = Math.random): ReconnectWait {
  let attempt = 0
  return {
    next() {
      const full = Math.min(longestMs, firstMs * 2 ** attempt)
      if (full < longestMs) attempt++
      return full * (1 - random() / 2)
    },
    startOver() {
      attempt = 0
    },
  }
}
