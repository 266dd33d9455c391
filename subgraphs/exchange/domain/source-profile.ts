import type { SourceMapping } from '../../shared/hand-over/source-mapping.ts'
import type { Role, Viewer } from '../../shared/viewer.ts'
import type { SourceSample } from './contract-test.ts'

/** Where a profile stands (映射档案状态): only what passed its contract test may hold, and one version of a source at a time does. */
export type SourceProfileState = 'DRAFT' | 'TESTED' | 'ACTIVE' | 'RETIRED'

/** How one source's ratings are read (映射档案), one version. */
export type SourceProfile = {
  sourceSystem: string
  version: number
  state: SourceProfileState
  regionPath: string
  mapping: SourceMapping
  /** Those of the contract test that it passed; empty before. */
  samples: SourceSample[]
  savedAt: Date
  savedByName: string
  testedAt: Date | null
  activatedAt: Date | null
}

const keepers: readonly (Role | null)[] = ['MANAGEMENT_BODY', 'PROVINCIAL_BUREAU']
const readers: readonly (Role | null)[] = [...keepers, 'AUDITOR']

/** Who may declare how a source is read: management bodies, never the unit that is rated. */
export function mayKeepSourceProfiles({ kind, role }: Viewer): boolean {
  return kind === 'STAFF' && keepers.includes(role)
}

export function mayReadSourceProfiles({ role }: Viewer): boolean {
  return readers.includes(role)
}
