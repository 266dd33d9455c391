import type { Database } from '../../shared/database.ts'
import { graphError } from '../../shared/graph-error.ts'
import type { SourceMapping } from '../../shared/hand-over/source-mapping.ts'
import { connection, pageSize, readCursor } from '../../shared/paging.ts'
import type { Viewer } from '../../shared/viewer.ts'
import { mayReadSourceProfiles, type SourceProfile } from '../domain/source-profile.ts'
import { presentSourceProfile, sourceProfilesPage } from '../store/source-profiles.ts'

type Parts = { database: Database; viewer: Viewer }

/** The profile of a source that holds, else its latest version; null when unknown, outside the scope or not for this role. */
export async function readSourceProfile(
  sourceSystem: string,
  { database, viewer }: Parts,
): Promise<SourceProfile | null> {
  if (!mayReadSourceProfiles(viewer) || sourceSystem.includes('\0')) return null
  return (await database.inScope(viewer.scope, tx => presentSourceProfile(tx, sourceSystem))) ?? null
}

/** Every version in the scope, by source and the newest first. @throws UNAUTHENTICATED, PAGE_TOO_LARGE, BAD_CURSOR */
export async function listSourceProfiles(
  { first, after }: { first?: number | null; after?: string | null },
  { database, viewer }: Parts,
) {
  if (viewer.kind === 'ANONYMOUS') throw graphError('UNAUTHENTICATED')
  const size = pageSize(first)
  const behind = readBehind(after)
  const rows = mayReadSourceProfiles(viewer)
    ? await database.inScope(viewer.scope, tx => sourceProfilesPage(tx, behind, size + 1))
    : []
  return connection(rows, size, ({ sourceSystem, version }) => [sourceSystem, version])
}

function readBehind(after: string | null | undefined): { sourceSystem: string; version: number } | null {
  const cursor = readCursor(after, 2)
  if (!cursor) return null
  const [sourceSystem, version] = cursor
  if (typeof sourceSystem !== 'string' || sourceSystem.includes('\0') || !Number.isInteger(version))
    throw graphError('BAD_CURSOR')
  return { sourceSystem, version: version as number }
}

/** For evaluations: the mapping by which a source is read now; null where none was declared. @throws NOT_PERMITTED to anyone but the hub itself */
export async function activeSourceProfile(
  sourceSystem: string,
  { database, viewer }: Parts,
): Promise<{ version: number; mapping: SourceMapping } | null> {
  if (viewer.kind !== 'SYSTEM') throw graphError('NOT_PERMITTED')
  const profile = await database.inScope(viewer.scope, tx => presentSourceProfile(tx, sourceSystem))
  return profile?.state === 'ACTIVE' ? { version: profile.version, mapping: profile.mapping } : null
}
