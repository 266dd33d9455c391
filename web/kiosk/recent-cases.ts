import type { RecentClosingsQuery } from '../kit/generated/operations.ts'
import { shanghaiTimeOfDay } from '../kit/shanghai-time.ts'
import type { ClosedCase } from './kiosk-state.ts'

type Closing = RecentClosingsQuery['serviceCases']['edges'][number]['node']

/** A case with the hour and minute at which it was closed, in Shanghai. */
export type RecentCase = ClosedCase & { closedAtTime: string }

const longestAgoMilliseconds = 2 * 3_600_000
const most = 5

/** Of the closings at a window, the latest first, those of the last two hours without a rating that the device may see; at most five. */
export function recentUnrated(closings: readonly Closing[], now: number): RecentCase[] {
  return closings
    .filter(({ closedAt, evaluations }) => {
      const isRecent = closedAt !== null && now - Date.parse(closedAt) <= longestAgoMilliseconds
      return isRecent && (evaluations ?? []).length === 0
    })
    .slice(0, most)
    .map(({ closedAt, evaluations: _, ...serviceCase }) => ({
      ...serviceCase,
      closedAtTime: shanghaiTimeOfDay(closedAt!).slice(0, 5),
    }))
}
