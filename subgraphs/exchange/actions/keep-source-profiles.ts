import type { Database } from '../../shared/database.ts'
import { problemsOfMapping } from '../../shared/hand-over/mapping-problems.ts'
import type { SourceMapping } from '../../shared/hand-over/source-mapping.ts'
import { type InputProblem, inputProblem } from '../../shared/rows/input-problem.ts'
import type { Viewer } from '../../shared/viewer.ts'
import { problemsOfContract, type SourceSample } from '../domain/contract-test.ts'
import { mayKeepSourceProfiles, type SourceProfile } from '../domain/source-profile.ts'
import {
  activateProfile,
  insertSourceProfile,
  keepContractTest,
  lockSourceProfile,
  regionOfSource,
} from '../store/source-profiles.ts'

export type ProfileParts = { database: Database; now: () => Date; viewer: Viewer }
export type ProfileKept = { profile: SourceProfile } | { refused: 'NOT_PERMITTED' } | { problems: InputProblem[] }
const mostSamples = 100
type VersionOfSource = { sourceSystem: string; version: number }

/** Saves how a source is to be read (保存映射档案) as its next version, a draft; the source must be a linked system of the scope. */
export async function saveSourceProfile(
  { sourceSystem, mapping }: { sourceSystem: string; mapping: SourceMapping },
  { database, now, viewer }: ProfileParts,
): Promise<ProfileKept> {
  if (!mayKeepSourceProfiles(viewer)) return { refused: 'NOT_PERMITTED' }
  const problems = problemsOfMapping(mapping)
  if (problems.length > 0) return { problems }
  return database.inScope(viewer.scope, async tx => {
    const regionPath = sourceSystem.includes('\0') ? undefined : await regionOfSource(tx, sourceSystem)
    if (regionPath === undefined) return { problems: [sourceUnknown] }
    const saved = { sourceSystem, regionPath, mapping, savedAt: now(), savedByName: viewer.name }
    return { profile: await insertSourceProfile(tx, saved) }
  })
}

/** Tries a version on sample rows (契约测试); when all read as expected it may be made the one that holds. */
export async function testSourceProfile(
  { samples, ...version }: VersionOfSource & { samples: readonly SourceSample[] },
  parts: ProfileParts,
): Promise<ProfileKept> {
  const { database, now, viewer } = parts
  if (!mayKeepSourceProfiles(viewer)) return { refused: 'NOT_PERMITTED' }
  return database.inScope(viewer.scope, async tx => {
    const profile = await lockSourceProfile(tx, version.sourceSystem, version.version)
    if (!profile) return { problems: [versionUnknown] }
    if (profile.state === 'ACTIVE' || profile.state === 'RETIRED') return { problems: [stateDiffers('DRAFT')] }
    const problems =
      samples.length > mostSamples ? [tooManySamples] : problemsOfContract(profile.mapping, samples, now())
    if (problems.length > 0) return { problems }
    return { profile: await keepContractTest(tx, profile, { samples, testedAt: now() }) }
  })
}

/** Lets a tested version hold from now on (启用映射档案), instead of the one before it. */
export async function activateSourceProfile(
  version: VersionOfSource,
  { database, now, viewer }: ProfileParts,
): Promise<ProfileKept> {
  if (!mayKeepSourceProfiles(viewer)) return { refused: 'NOT_PERMITTED' }
  return database.inScope(viewer.scope, async tx => {
    const profile = await lockSourceProfile(tx, version.sourceSystem, version.version)
    if (!profile) return { problems: [versionUnknown] }
    if (profile.state === 'ACTIVE') return { profile }
    if (profile.state !== 'TESTED') return { problems: [stateDiffers('TESTED')] }
    return { profile: await activateProfile(tx, profile, now()) }
  })
}

const sourceUnknown = inputProblem(
  'sourceSystem',
  'SOURCE_UNKNOWN',
  '接入情况表中没有这个来源系统，请先登记接入',
  'is no linked system of this scope: register its link first',
)
const versionUnknown = inputProblem(
  'version',
  'PROFILE_UNKNOWN',
  '没有这个来源系统的这一版映射档案',
  'there is no such version of a profile of this source',
)

const tooManySamples = inputProblem(
  'samples',
  'SAMPLES_TOO_MANY',
  `样例最多 ${mostSamples} 条`,
  `at most ${mostSamples} samples`,
)

function stateDiffers(needed: 'DRAFT' | 'TESTED'): InputProblem {
  const zh = needed === 'TESTED' ? '须先通过契约测试' : '已启用或停用的版本不再测试，请另存新版本'
  const en =
    needed === 'TESTED'
      ? 'has to pass its contract test first'
      : 'was in use already: save a new version and test that one'
  return inputProblem('version', `PROFILE_NOT_${needed}`, zh, en)
}
