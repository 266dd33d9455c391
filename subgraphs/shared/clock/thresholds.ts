/** The clocks of a negative review whose approach is announced. */
export type ClockKind = 'VERIFICATION' | 'RECTIFICATION'

/** When a warning is due: at half of the whole time, or when so many hours or 24-hour days are left. */
export type ThresholdRule = { left: 'HALF' } | { left: 'HOURS' | 'DAYS'; amount: number }

/** The part of a policy that says when approaching deadlines (临期) are announced. */
export type ThresholdPolicy = Readonly<Record<ClockKind, readonly ThresholdRule[]>>

/** A warning to be raised: `name` is stable (HALF, HOURS_4, DAYS_1) and tells a deadline's warnings apart. */
export type Threshold = { name: string; at: Date }

const HOUR_MS = 3_600_000

/**
 * The warnings of one running deadline, earliest first. Warnings that would lie before the start are left out:
 * a limit of 3 days has no “5 days left”. Where two fall on one moment, the one that names the time left stays.
 * Extended deadlines are computed anew from their new dueAt.
 */
export function thresholds(kind: ClockKind, startAt: Date, dueAt: Date, policy: ThresholdPolicy): Threshold[] {
  const byMoment = new Map<number, string>()
  for (const rule of policy[kind]) {
    const at = dueAt.getTime() - timeLeft(rule, startAt, dueAt)
    if (at <= startAt.getTime() || at >= dueAt.getTime()) continue
    if (rule.left !== 'HALF' || !byMoment.has(at)) byMoment.set(at, nameOf(rule))
  }
  return [...byMoment].sort(([a], [b]) => a - b).map(([at, name]) => ({ name, at: new Date(at) }))
}

function nameOf(rule: ThresholdRule): string {
  return rule.left === 'HALF' ? 'HALF' : `${rule.left}_${rule.amount}`
}

function timeLeft(rule: ThresholdRule, startAt: Date, dueAt: Date): number {
  if (rule.left === 'HALF') return Math.floor((dueAt.getTime() - startAt.getTime()) / 2)
  return rule.amount * (rule.left === 'DAYS' ? 24 : 1) * HOUR_MS
}
