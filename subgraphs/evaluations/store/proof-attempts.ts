/** How often a wrong proof was given for one case; kept in this process only. */
export type ProofAttempts = {
  /** True while the case has used up its attempts. */
  isExhausted(handle: string): boolean
  countFailure(handle: string): void
}

// Four digits are ten thousand guesses: five attempts in a quarter of an hour leave an honest typist room and a guesser none.
const ATTEMPTS = 5
const PERIOD_MS = 15 * 60_000
// So many cases are watched at once; beyond that the one watched longest is forgotten.
const MOST_CASES = 50_000

/** Keeps count of failed proofs (身份核验). Copies of this subgraph count apart, which multiplies the attempts by their number. */
export function createProofAttempts(now: () => Date): ProofAttempts {
  const failures = new Map<string, { count: number; since: number }>()
  const current = (handle: string) => {
    const found = failures.get(handle)
    if (found && now().getTime() - found.since < PERIOD_MS) return found
    failures.delete(handle)
    return undefined
  }
  return {
    isExhausted: handle => (current(handle)?.count ?? 0) >= ATTEMPTS,
    countFailure(handle) {
      const found = current(handle)
      if (found) found.count += 1
      else failures.set(handle, { count: 1, since: now().getTime() })
      if (failures.size > MOST_CASES) failures.delete(failures.keys().next().value!)
    },
  }
}
