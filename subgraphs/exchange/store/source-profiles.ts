import type { Transaction } from '../../shared/database.ts'
import type { SourceMapping } from '../../shared/hand-over/source-mapping.ts'
import type { SourceSample } from '../domain/contract-test.ts'
import type { SourceProfile } from '../domain/source-profile.ts'

const columns = `source_system as "sourceSystem", version, state, region_path as "regionPath", mapping, samples, saved_at as "savedAt",
  saved_by_name as "savedByName", tested_at as "testedAt", activated_at as "activatedAt"`

/** Where a registered system lies; undefined when it is unknown or outside the scope. */
export async function regionOfSource({ query }: Transaction, sourceSystem: string): Promise<string | undefined> {
  const [link] = await query<{ regionPath: string }>(
    `select region_path as "regionPath" from exchange.links where source_system = $1`,
    [sourceSystem],
  )
  return link?.regionPath
}

/** Adds a version, the next of its source; of two savers at once the second waits for the first. */
export async function insertSourceProfile(
  { query }: Transaction,
  profile: { sourceSystem: string; regionPath: string; mapping: SourceMapping; savedAt: Date; savedByName: string },
): Promise<SourceProfile> {
  const { sourceSystem, regionPath, mapping, savedAt, savedByName } = profile
  await query(`select pg_advisory_xact_lock(hashtextextended('source-profile/' || $1, 0))`, [sourceSystem])
  const [row] = await query<SourceProfile>(
    `insert into exchange.source_profiles (source_system, version, state, region_path, mapping, saved_at, saved_by_name)
     select $1, coalesce(max(version), 0) + 1, 'DRAFT', $2, $3::jsonb, $4, $5
     from exchange.source_profiles where source_system = $1 returning ${columns}`,
    [sourceSystem, regionPath, JSON.stringify(mapping), savedAt, savedByName],
  )
  return row!
}

/** One version, locked until the end of the transaction. */
export async function lockSourceProfile(
  { query }: Transaction,
  sourceSystem: string,
  version: number,
): Promise<SourceProfile | undefined> {
  const [row] = await query<SourceProfile>(
    `select ${columns} from exchange.source_profiles where source_system = $1 and version = $2 for update`,
    [sourceSystem, version],
  )
  return row
}

export async function keepContractTest(
  { query }: Transaction,
  { sourceSystem, version }: Pick<SourceProfile, 'sourceSystem' | 'version'>,
  { samples, testedAt }: { samples: readonly SourceSample[]; testedAt: Date },
): Promise<SourceProfile> {
  const [row] = await query<SourceProfile>(
    `update exchange.source_profiles set state = 'TESTED', samples = $3::jsonb, tested_at = $4
     where source_system = $1 and version = $2 returning ${columns}`,
    [sourceSystem, version, JSON.stringify(samples), testedAt],
  )
  return row!
}

/** Makes a version the one that holds; the one that held so far is retired. */
export async function activateProfile(
  { query }: Transaction,
  { sourceSystem, version }: Pick<SourceProfile, 'sourceSystem' | 'version'>,
  activatedAt: Date,
): Promise<SourceProfile> {
  await query(`update exchange.source_profiles set state = 'RETIRED' where source_system = $1 and state = 'ACTIVE'`, [
    sourceSystem,
  ])
  const [row] = await query<SourceProfile>(
    `update exchange.source_profiles set state = 'ACTIVE', activated_at = $3
     where source_system = $1 and version = $2 returning ${columns}`,
    [sourceSystem, version, activatedAt],
  )
  return row!
}

/** The version that holds, else the latest; undefined when there is none in the scope. */
export async function presentSourceProfile(
  { query }: Transaction,
  sourceSystem: string,
): Promise<SourceProfile | undefined> {
  const [row] = await query<SourceProfile>(
    `select ${columns} from exchange.source_profiles where source_system = $1
     order by state = 'ACTIVE' desc, version desc limit 1`,
    [sourceSystem],
  )
  return row
}

/** Every version in the scope, by source and the newest first. */
export function sourceProfilesPage(
  { query }: Transaction,
  behind: { sourceSystem: string; version: number } | null,
  limit: number,
): Promise<SourceProfile[]> {
  return query<SourceProfile>(
    `select ${columns} from exchange.source_profiles
     where $1::text is null or (source_system, -version) > ($1, -$2::int)
     order by source_system, version desc limit $3`,
    [behind?.sourceSystem ?? null, behind?.version ?? null, limit],
  )
}
