import type { RatingChannel, SatisfactionLevel } from '../policy/policy.ts'

/** Which end of a source's numbers is the best (等级方向): the trap is that both are in use. */
export type LevelDirection = 'FIVE_IS_BEST' | 'ONE_IS_BEST'

/** How a source writes times (时间格式): as text in the zone that it declares, or as a number since 1970. */
export type SourceTimeFormat = 'WRITTEN' | 'EPOCH_SECONDS' | 'EPOCH_MILLISECONDS'

/** Whose item codes a source sends (测评内容口径): the hub's own of one edition, its own to be translated, or none. */
export type SourceItems =
  | { kind: 'HUB'; edition: 1 | 2 }
  | { kind: 'MAPPED'; edition: 1 | 2; codes: Readonly<Record<string, string>> }
  | { kind: 'NONE' }

/** How the ratings of one source system are to be read (映射档案). Keys are the values as the source writes them. */
export type SourceMapping = {
  levelDirection: LevelDirection
  levels: Readonly<Record<string, SatisfactionLevel>>
  channels: Readonly<Record<string, RatingChannel>>
  /** 申请人类型. */
  applicantKinds: Readonly<Record<string, 'PERSON' | 'ORGANISATION'>>
  /** 即办件、承诺办件: some sources reverse the two. */
  handlingKinds: Readonly<Record<string, 'INSTANT' | 'PROMISED' | 'OTHER'>>
  /** 环境、态度. */
  goodOrPoor: Readonly<Record<string, 'GOOD' | 'POOR'>>
  /** 公开、匿名、超收费、强制中介. */
  flags: Readonly<Record<string, boolean>>
  timeFormat: SourceTimeFormat
  /** Offset of times that are written without one, e.g. `+08:00`. */
  zone: string
  /** Most characters of a text, 1 to 5000. */
  textLimit: number
  items: SourceItems
  /** Whether names and phones of evaluators may be handed over; else they are not kept. */
  handsOverIdentity: boolean
}
