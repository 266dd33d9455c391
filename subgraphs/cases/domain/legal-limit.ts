/**
 * Whether a case took longer than the law allows (是否超过法定时限). Null while it cannot be said: no limit is known,
 * or the case is still open and within it.
 */
export function isAboveLegalLimit(
  { closedAt, legalLimitAt }: { closedAt: Date | null; legalLimitAt: Date | null },
  now: Date,
): boolean | null {
  if (!legalLimitAt) return null
  if (closedAt) return closedAt > legalLimitAt
  return now > legalLimitAt ? true : null
}
