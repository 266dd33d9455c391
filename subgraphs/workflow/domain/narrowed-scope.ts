import { isId } from '../../shared/uuid.ts'
import type { Scope } from '../../shared/viewer.ts'

/** What a client asks to be shown of its own scope; names as in the graph. */
export type FeedScope = {
  regionCode?: string | null
  departmentId?: string | null
  hallId?: string | null
  windowId?: string | null
}

/** A scope within the viewer's own, and below it one division by code: paths are made of codes, so a row tells by itself whether it lies there. */
export type NarrowedScope = { scope: Extract<Scope, { reach: 'REGION' }>; regionCode: string | null }

const narrowing = ['departmentId', 'hallId', 'windowId'] as const
const regionCodeShape = /^\d{6}(\d{6})?$/

/** Narrows a viewer's scope to what was asked for; null when his scope rules that out. */
export function narrowScope(own: Scope, wanted: FeedScope): NarrowedScope | null {
  const base = regional(own)
  if (!base) return null
  const scope = { ...base }
  for (const name of narrowing) {
    const id = wanted[name]
    if (id == null) continue
    if (!isId(id) || (base[name] !== undefined && base[name] !== id)) return null
    scope[name] = id
  }
  const regionCode = wanted.regionCode ?? null
  if (regionCode === null) return { scope, regionCode }
  if (!regionCodeShape.test(regionCode)) return null
  const ownCodes = base.regionPath.split('/').filter(Boolean)
  if (regionCode === ownCodes.at(-1)) return { scope, regionCode: null }
  return ownCodes.includes(regionCode) ? null : { scope, regionCode }
}

function regional(scope: Scope): NarrowedScope['scope'] | null {
  if (scope.reach === 'REGION') return scope
  return scope.reach === 'EVERYTHING' ? { reach: 'REGION', regionPath: '/' } : null
}
