/** What is to be said of a clock now (时限提醒), and when it speaks again; null once it has said all. */
export type Announcement = { kind: 'APPROACHING' | 'PASSED'; secondsLeft: number; nextNoticeAt: Date | null }

/**
 * Announces a clock that has a notice behind it. Notices that were slept through collapse into one:
 * the passing alone once the end is behind, else one warning with the time that is really left.
 */
export function announce(clock: { dueAt: Date; notices: readonly Date[] }, now: Date): Announcement {
  const left = secondsLeft(clock.dueAt, now)
  if (clock.dueAt <= now) return { kind: 'PASSED', secondsLeft: left, nextNoticeAt: null }
  const ahead = clock.notices.filter(notice => notice > now)
  return { kind: 'APPROACHING', secondsLeft: left, nextNoticeAt: ahead[0] ?? clock.dueAt }
}

/** Whole seconds until the end, rounded down; negative once it passed. */
export function secondsLeft(dueAt: Date, now: Date): number {
  return Math.floor((dueAt.getTime() - now.getTime()) / 1000)
}
