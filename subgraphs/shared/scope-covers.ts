import type { Placement } from './events/event.ts'
import type { Scope } from './viewer.ts'

/** The columns that narrow a scope, named alike in `Scope` and `Placement`. */
const narrowing = ['departmentId', 'lineId', 'hallId', 'windowId', 'staffMemberId'] as const

/** Whether a row lies in a scope: the same rule as `scope.protect` in the database, for live events that are already in memory. */
export function scopeCovers(scope: Scope, placement: Placement): boolean {
  if (scope.reach === 'EVERYTHING') return true
  if (scope.reach !== 'REGION') return false
  if (!placement.regionPath.startsWith(scope.regionPath)) return false
  return narrowing.every(name => scope[name] === undefined || scope[name] === placement[name])
}
