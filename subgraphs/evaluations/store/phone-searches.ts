/** Which phones were looked for in vain at one static code; kept in this process only. */
export type PhoneSearches = {
  /**
   * Counts a phone, by its hash, before it is looked for, so that many at once are not let through together. False when the code has used
   * up its phones; one that was counted before may be looked for again.
   */
  begin(codeHandle: string, phoneHash: string): boolean
  /** A phone that found something is no guess: it is not counted any more. */
  found(codeHandle: string, phoneHash: string): void
}

const PHONES = 5
const PERIOD_MS = 15 * 60_000
// So many codes are watched at once; beyond that the one watched longest is forgotten.
const MOST_CODES = 50_000

/** Keeps count of searches by phone (办件查询). Copies of this subgraph count apart, which multiplies the phones by their number. */
export function createPhoneSearches(now: () => Date): PhoneSearches {
  const searches = new Map<string, { phones: Set<string>; since: number }>()
  function current(codeHandle: string) {
    const known = searches.get(codeHandle)
    if (known && now().getTime() - known.since < PERIOD_MS) return known
    const fresh = { phones: new Set<string>(), since: now().getTime() }
    searches.delete(codeHandle)
    searches.set(codeHandle, fresh)
    if (searches.size > MOST_CODES) searches.delete(searches.keys().next().value!)
    return fresh
  }
  return {
    begin(codeHandle, phoneHash) {
      const { phones } = current(codeHandle)
      if (phones.has(phoneHash)) return true
      if (phones.size >= PHONES) return false
      phones.add(phoneHash)
      return true
    },
    found: (codeHandle, phoneHash) => {
      current(codeHandle).phones.delete(phoneHash)
    },
  }
}
