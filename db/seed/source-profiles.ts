import type { Transaction } from '../../subgraphs/shared/database.ts'
import type { LevelDirection, SourceMapping } from '../../subgraphs/shared/hand-over/source-mapping.ts'
import type { SatisfactionLevel } from '../../subgraphs/shared/policy/policy.ts'
import { MAIN_HALL_SYSTEM } from './history/links.ts'
import { insertWholeRows } from './insert-rows.ts'

const keptDaysBefore = 40
const dayMs = 86_400_000

/** EVALUATE_FORM, 申请人类型, 办件类型 and the yes-no codes as the national interface has them. */
const national: Omit<SourceMapping, 'levelDirection' | 'levels' | 'items' | 'handsOverIdentity'> = {
  channels: {
    1: 'PORTAL',
    2: 'MOBILE',
    3: 'QR_CODE',
    4: 'WINDOW_DEVICE',
    5: 'TERMINAL',
    6: 'PHONE',
    7: 'SMS',
  },
  applicantKinds: { 1: 'PERSON', 2: 'ORGANISATION', 3: 'ORGANISATION', 4: 'ORGANISATION', 9: 'ORGANISATION' },
  handlingKinds: { 1: 'INSTANT', 2: 'PROMISED', 9: 'OTHER' },
  goodOrPoor: { 1: 'GOOD', 2: 'POOR' },
  flags: { 1: true, 2: false },
  timeFormat: 'WRITTEN',
  zone: '+08:00',
  textLimit: 5000,
}

const fiveIsBest = { 1: 1, 2: 2, 3: 3, 4: 4, 5: 5 } as const
const oneIsBest = { 1: 5, 2: 4, 3: 3, 4: 2, 5: 1 } as const

const declared: readonly { sourceSystem: string; regionPath: string; mapping: SourceMapping }[] = [
  {
    sourceSystem: MAIN_HALL_SYSTEM,
    regionPath: '/410000/410100/',
    mapping: {
      ...national,
      levelDirection: 'FIVE_IS_BEST',
      levels: fiveIsBest,
      items: { kind: 'HUB', edition: 2 },
      handsOverIdentity: true,
    },
  },
  // A platform of another city counts the other way, as GB/T 39046-2020 A.8 does, and has no items.
  {
    sourceSystem: 'KF-ZWZX',
    regionPath: '/410000/410200/',
    mapping: {
      ...national,
      levelDirection: 'ONE_IS_BEST',
      levels: oneIsBest,
      items: { kind: 'NONE' },
      handsOverIdentity: false,
    },
  },
]

/** Writes how two linked systems of the demo count their levels (映射档案), one of them the other way round. */
export async function insertSourceProfiles(transaction: Transaction, now: Date): Promise<void> {
  const at = new Date(now.getTime() - keptDaysBefore * dayMs)
  const rows = declared.map(({ sourceSystem, regionPath, mapping }) => {
    const state = { state: 'ACTIVE', savedAt: at, savedByName: '演示数据', testedAt: at, activatedAt: at }
    return { sourceSystem, version: 1, regionPath, mapping, samples: samplesOf(mapping), ...state }
  })
  await insertWholeRows(transaction, 'exchange.source_profiles', rows)
}

/** One row for each number of the scale, as its contract test had them. */
function samplesOf({ levels, levelDirection }: SourceMapping) {
  return Object.entries(levels).map(([level, expectedLevel]) => sampleOf(level, expectedLevel, levelDirection))
}

function sampleOf(level: string, expectedLevel: SatisfactionLevel, levelDirection: LevelDirection) {
  const row = {
    sourceRatingId: `${levelDirection}-${level}`,
    caseNumber: '4101000220261001000001',
    level,
    channel: '3',
    evaluatedAt: '2026-10-01 09:30:00',
  }
  return { raw: JSON.stringify(row), expectedLevel, expectedChannel: 'QR_CODE' }
}
