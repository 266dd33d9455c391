import { createHash } from 'node:crypto'
import type { Attempts } from '../domain/sign-in-delay.ts'

const mostNames = 10_000

/**
 * Failed attempts at names that have no account. They wait like real ones, or the wait itself would tell which names exist.
 * Kept in this process, by a hash of the name, the oldest forgotten first.
 */
export type UnknownNames = {
  of(name: string): Attempts
  keep(name: string, attempts: Attempts): void
}

export function createUnknownNames(): UnknownNames {
  const kept = new Map<string, Attempts>()
  const keyOf = (name: string) => createHash('sha256').update(name).digest('base64')
  return {
    of: name => kept.get(keyOf(name)) ?? { failedCount: 0, retryAfter: null },
    keep(name, attempts) {
      const key = keyOf(name)
      kept.delete(key)
      kept.set(key, attempts)
      const [oldest] = kept.keys()
      if (kept.size > mostNames && oldest !== undefined) kept.delete(oldest)
    },
  }
}
