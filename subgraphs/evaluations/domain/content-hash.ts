import { createHash } from 'node:crypto'
import type { SubRatings } from './sub-ratings.ts'
import type { AcceptedDraft } from './submission.ts'

// Changes with the meaning of what is hashed, so that hashes of two meanings never compare equal. A rating without sub-ratings and
// pictures is hashed as it was before there were any: whoever repeats an older one gets its receipt.
const PLAIN_VERSION = 1
const FULL_VERSION = 2

type Content = Pick<AcceptedDraft, 'level' | 'items' | 'text' | 'isPublic' | 'isAnonymous'> &
  Partial<Pick<AcceptedDraft, 'subRatings'>>

/**
 * SHA-256, base64url, of what a rating says: level, items, text, public, anonymous, sub-ratings and the hashes of its pictures in their
 * order. The same content handed in again for the same service gets the first receipt; another content is refused. Channel and device
 * do not matter: a rating that was sent twice on different ways is one rating.
 */
export function contentHash(content: Content, pictureHashes: readonly string[] = []): string {
  const { level, items, text, isPublic, isAnonymous, subRatings = null } = content
  const plain = [level, items.toSorted(), text, isPublic, isAnonymous]
  const said =
    subRatings === null && pictureHashes.length === 0
      ? [PLAIN_VERSION, ...plain]
      : [FULL_VERSION, ...plain, subRatings && answersOf(subRatings), pictureHashes]
  return createHash('sha256').update(JSON.stringify(said)).digest('base64url')
}

function answersOf(answers: SubRatings): unknown[] {
  const { environment, environmentReason, attitude, attitudeReason, isOvercharged, isIntermediaryForced } = answers
  return [environment, environmentReason, attitude, attitudeReason, isOvercharged, isIntermediaryForced]
}
