import type { SourceMapping } from '../../subgraphs/shared/hand-over/source-mapping.ts'

/** A source that counts as the hub does. */
export const plainMapping: SourceMapping = {
  levelDirection: 'FIVE_IS_BEST',
  levels: { 1: 1, 2: 2, 3: 3, 4: 4, 5: 5 },
  channels: { 1: 'PORTAL', 3: 'QR_CODE', 4: 'WINDOW_DEVICE' },
  applicantKinds: { 1: 'PERSON', 2: 'ORGANISATION' },
  handlingKinds: { 1: 'INSTANT', 2: 'PROMISED' },
  goodOrPoor: { 1: 'GOOD', 2: 'POOR' },
  flags: { 1: true, 2: false },
  timeFormat: 'WRITTEN',
  zone: '+08:00',
  textLimit: 5000,
  items: { kind: 'HUB', edition: 2 },
  handsOverIdentity: true,
}

/** Window devices of another make: 0 to 4, 0 is the best; no items, nobody named. */
export const reversedMapping: SourceMapping = {
  ...plainMapping,
  levelDirection: 'ONE_IS_BEST',
  levels: { 0: 5, 1: 4, 2: 3, 3: 2, 4: 1 },
  items: { kind: 'NONE' },
  handsOverIdentity: false,
}

/** A row of another platform, sound by itself. */
export function handedOverRow(facts: Record<string, string> = {}) {
  return {
    sourceRatingId: 'R-1',
    caseNumber: '4101000220261120000001',
    level: '5',
    channel: '3',
    evaluatedAt: '2026-11-20 09:58:00',
    ...facts,
  }
}
