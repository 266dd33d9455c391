import { createHash } from 'node:crypto'
import type { AcceptedDraft } from './submission.ts'

// Changes with the meaning of what is hashed, so that hashes of two meanings never compare equal.
const CONTENT_VERSION = 1

/**
 * SHA-256, base64url, of what a rating says: level, items, text, public, anonymous. The same content handed in again
 * for the same service gets the first receipt; another content is refused. Channel and device do not matter: a rating
 * that was sent twice on different ways is one rating.
 */
export function contentHash({
  level,
  items,
  text,
  isPublic,
  isAnonymous,
}: Omit<AcceptedDraft, 'channel' | 'round' | 'isNegative'>): string {
  const content = JSON.stringify([CONTENT_VERSION, level, items.toSorted(), text, isPublic, isAnonymous])
  return createHash('sha256').update(content).digest('base64url')
}
