import type { RatingChannel, SatisfactionLevel } from '../policy/policy.ts'
import { type InputProblem, inputProblem } from '../rows/input-problem.ts'
import type { LevelDirection, SourceItems, SourceMapping } from './source-mapping.ts'

/** Channels (评价渠道) that a source's codes may stand for. */
export const ratingChannels: readonly RatingChannel[] = [
  'PORTAL',
  'MOBILE',
  'QR_CODE',
  'WINDOW_DEVICE',
  'TERMINAL',
  'PHONE',
  'SMS',
]

/** EVALUATE_CONTENT of the exchange table holds so many characters. */
export const mostTextCharacters = 5000
const mostCodes = 200
const longestCode = 50
const allLevels: readonly SatisfactionLevel[] = [1, 2, 3, 4, 5]
const scales = ['0,1,2,3,4', '1,2,3,4,5']
const zoneShape = /^[+-](0\d|1[0-4]):[0-5]\d$/

/** What keeps a mapping (映射档案) from being read by: each fault names its field. */
export function problemsOfMapping(mapping: SourceMapping): InputProblem[] {
  const { levelDirection, levels, textLimit, zone, items } = mapping
  return [
    ...problemsOfLevels(levels, levelDirection),
    ...problemsOfCodes('channels', mapping.channels, ratingChannels),
    ...problemsOfCodes('applicantKinds', mapping.applicantKinds, ['PERSON', 'ORGANISATION']),
    ...problemsOfCodes('handlingKinds', mapping.handlingKinds, ['INSTANT', 'PROMISED', 'OTHER']),
    ...problemsOfCodes('goodOrPoor', mapping.goodOrPoor, ['GOOD', 'POOR']),
    ...problemsOfCodes('flags', mapping.flags, [true, false]),
    ...(Object.keys(mapping.channels).length === 0 ? [channelsMissing] : []),
    ...(zoneShape.test(zone) ? [] : [zoneMalformed]),
    ...(Number.isInteger(textLimit) && textLimit >= 1 && textLimit <= mostTextCharacters ? [] : [textLimitWrong]),
    ...problemsOfItems(items),
  ]
}

/** The five numbers must be those of a scale, each level once, and run the way that is declared: two statements, so that a slip in one shows. */
function problemsOfLevels(levels: SourceMapping['levels'], direction: LevelDirection): InputProblem[] {
  const written = Object.keys(levels).toSorted()
  if (!scales.includes(written.join())) {
    const en = 'must map the five numbers 0 to 4 or 1 to 5, each once'
    return [inputProblem('levels', 'LEVEL_SCALE_UNKNOWN', '须逐一映射 0–4 或 1–5 五个取值', en)]
  }
  const meant = written.map(value => levels[value]!)
  const declared = direction === 'FIVE_IS_BEST' ? allLevels : allLevels.toReversed()
  if (meant.join() === declared.join()) return []
  const zh = `与声明的方向不一致：${written.join('、')} 应依次为 ${declared.join('、')}，收到 ${meant.join('、')}`
  const en = `disagrees with the declared direction: ${written.join()} must mean ${declared.join()}`
  return [inputProblem('levels', 'LEVEL_DIRECTION_CONTRADICTED', zh, en)]
}

function problemsOfCodes(
  path: string,
  codes: Readonly<Record<string, unknown>>,
  accepted: readonly unknown[],
): InputProblem[] {
  const entries = Object.entries(codes)
  const isWritable = (code: string) => code.trim() === code && code !== '' && code.length <= longestCode
  if (entries.length > mostCodes || !entries.every(([code]) => isWritable(code))) {
    const en = `at most ${mostCodes} codes of 1 to ${longestCode} characters without blanks around them`
    const zh = `最多 ${mostCodes} 个代码，每个 1–${longestCode} 个字符且首尾无空格`
    return [inputProblem(path, 'CODE_MALFORMED', zh, en)]
  }
  if (entries.every(([, meaning]) => accepted.includes(meaning))) return []
  const listed = accepted.join('、')
  return [inputProblem(path, 'CODE_MEANING_UNKNOWN', `取值应为 ${listed}`, `must mean one of ${listed}`)]
}

function problemsOfItems(items: SourceItems): InputProblem[] {
  if (items.kind !== 'MAPPED') return []
  const isCode = (code: string) => /^[1-5]\d\d$/.test(code)
  if (Object.keys(items.codes).length > 0 && Object.values(items.codes).every(isCode)) return []
  const en = 'must map at least one item to a code of the hub, e.g. 510'
  return [inputProblem('itemCodes', 'ITEM_CODES_UNKNOWN', '至少映射一项，且对应平台编码，例如 510', en)]
}

const channelsMissing = inputProblem('channels', 'MISSING', '至少映射一个评价渠道', 'needs at least one channel')
const zoneMalformed = inputProblem('zone', 'ZONE_MALFORMED', '时区应形如 +08:00', 'must look like +08:00')
const textLimitWrong = inputProblem(
  'textLimit',
  'TEXT_LIMIT_OUT_OF_RANGE',
  `文字上限应为 1–${mostTextCharacters}`,
  `must be 1 to ${mostTextCharacters}`,
)
