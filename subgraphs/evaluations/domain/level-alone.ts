import { isNegative } from './rating.ts'
import type { AcceptedDraft } from './submission.ts'

/** A first rating that says no more than its level (仅满意度), where nothing else can be asked; the rest may be added by a link. */
export function levelAlone(said: Pick<AcceptedDraft, 'channel' | 'level' | 'isPublic' | 'isAnonymous'>): AcceptedDraft {
  return { ...said, round: 1, isNegative: isNegative(said.level), items: [], text: null, subRatings: null }
}
