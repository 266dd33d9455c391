import { parseSourceTime } from '../clock/shanghai-time.ts'
import { phoneFaults, readPhone } from '../people/phone.ts'
import type { RatingChannel, SatisfactionLevel } from '../policy/policy.ts'
import type { InputProblem } from '../rows/input-problem.ts'
import { createRowJudge, type RowJudge } from '../rows/row-judge.ts'
import type { HandedOverRow } from './handed-over-row.ts'
import type { SourceMapping } from './source-mapping.ts'

/** A handed-over rating in the hub's own words (移交评价读数); whether the case takes it is judged elsewhere. */
export type HandedOverReading = {
  sourceRatingId: string
  caseNumber: string
  serviceNumber: number
  round: 1 | 2
  level: SatisfactionLevel
  /** Codes of the hub, each once. */
  items: string[]
  /** As it was written; null when there is none. */
  text: string | null
  channel: RatingChannel
  evaluatedAt: Date
  evaluatorName: string | null
  evaluatorPhone: string | null
  applicantKind: 'PERSON' | 'ORGANISATION' | null
  handlingKind: 'INSTANT' | 'PROMISED' | 'OTHER' | null
  isPublic: boolean
  isAnonymous: boolean
  environment: 'GOOD' | 'POOR' | null
  environmentReason: string | null
  attitude: 'GOOD' | 'POOR' | null
  attitudeReason: string | null
  isOvercharged: boolean | null
  isIntermediaryForced: boolean | null
}

export type ReadRow = { reading: HandedOverReading | null; problems: InputProblem[]; warnings: InputProblem[] }

/** Clocks of other platforms are set by hand. */
const clockSkewMs = 5 * 60_000
const mostServices = 99
const longestName = 50

/** Reads a row through the profile of its source (按映射档案读取), every field of it, so that whoever corrects it does so once. */
export function readHandedOver(row: HandedOverRow, mapping: SourceMapping, now: Date): ReadRow {
  const judge = createRowJudge()
  const needed = {
    sourceRatingId: judge.needed('sourceRatingId', row.sourceRatingId, 100),
    caseNumber: judge.needed('caseNumber', row.caseNumber, 50),
    level: neededCode(judge, 'level', row.level, mapping.levels),
    channel: neededCode(judge, 'channel', row.channel, mapping.channels),
    evaluatedAt: readTime(row.evaluatedAt, mapping, judge, now),
    serviceNumber: wholeNumber(judge, 'serviceNumber', row.serviceNumber, mostServices),
    round: wholeNumber(judge, 'round', row.round, 2) as 1 | 2 | null,
  }
  const code = <Value>(path: string, value: string | null | undefined, codes: Readonly<Record<string, Value>>) =>
    given(value) ? judge.code(path, value, codes) : null
  const optional = {
    items: readItems(row.items, mapping, judge),
    text: given(row.text) ? row.text : null,
    applicantKind: looseCode(judge, 'applicantKind', row.applicantKind, mapping.applicantKinds),
    handlingKind: looseCode(judge, 'handlingKind', row.handlingKind, mapping.handlingKinds),
    isPublic: code('isPublic', row.isPublic, mapping.flags) ?? true,
    isAnonymous: code('isAnonymous', row.isAnonymous, mapping.flags) ?? false,
    environment: code('environment', row.environment, mapping.goodOrPoor),
    environmentReason: given(row.environmentReason) ? row.environmentReason : null,
    attitude: code('attitude', row.attitude, mapping.goodOrPoor),
    attitudeReason: given(row.attitudeReason) ? row.attitudeReason : null,
    isOvercharged: code('isOvercharged', row.isOvercharged, mapping.flags),
    isIntermediaryForced: code('isIntermediaryForced', row.isIntermediaryForced, mapping.flags),
    ...readEvaluator(row, mapping, judge),
  }
  const { problems, warnings } = judge
  if (problems.length > 0 || !isWhole(needed)) return { reading: null, problems, warnings }
  return { reading: { ...needed, ...optional }, problems, warnings }
}

type Whole<Fields> = { [Name in keyof Fields]: NonNullable<Fields[Name]> }

function isWhole<Fields extends object>(fields: Fields): fields is Fields & Whole<Fields> {
  return Object.values(fields).every(value => value !== null)
}

function given(value: string | null | undefined): value is string {
  return (value?.trim() ?? '') !== ''
}

function neededCode<Value>(judge: RowJudge, path: string, value: string, codes: Readonly<Record<string, Value>>) {
  return given(value) ? judge.code(path, value, codes) : judge.refuse(path, 'MISSING', '必填', 'is required')
}

/** What is not kept with a rating, since the case knows it better, sinks no row. */
function looseCode<Value>(
  judge: RowJudge,
  path: string,
  value: string | null | undefined,
  codes: Readonly<Record<string, Value>>,
): Value | null {
  if (!given(value)) return null
  const written = value.trim()
  if (Object.hasOwn(codes, written)) return codes[written]!
  judge.warn(
    path,
    'CODE_UNKNOWN',
    '映射档案中没有这个代码，未采用',
    'is not in the profile of this source and was left out',
  )
  return null
}

function wholeNumber(judge: RowJudge, path: string, value: string | null | undefined, most: number): number | null {
  if (!given(value)) return 1
  const written = value.trim()
  const number = /^\d{1,3}$/.test(written) ? Number(written) : 0
  if (number >= 1 && number <= most) return number
  return judge.refuse(path, 'NUMBER_OUT_OF_RANGE', `应为 1–${most} 的整数`, `must be a whole number from 1 to ${most}`)
}

function readTime(value: string, mapping: SourceMapping, judge: RowJudge, now: Date): Date | null {
  if (!given(value)) return judge.refuse('evaluatedAt', 'MISSING', '评价时间必填', 'is required')
  const at =
    mapping.timeFormat === 'WRITTEN' ? writtenTime(value, mapping.zone, judge) : numericTime(value, mapping, judge)
  if (!at || at.getTime() <= now.getTime() + clockSkewMs) return at
  const en = 'lies in the future: check the clock of the source'
  return judge.refuse('evaluatedAt', 'TIME_IN_FUTURE', '评价时间在当前时间之后，请核对来源系统的时钟', en)
}

const shanghaiOffsetMinutes = 480

/** Texts without a zone are read as Shanghai's and then moved to the zone that the source declares. */
function writtenTime(value: string, zone: string, judge: RowJudge): Date | null {
  const at = judge.time('evaluatedAt', value)
  if (!at || hasOwnZone(value)) return at
  return new Date(at.getTime() + (shanghaiOffsetMinutes - minutesOf(zone)) * 60_000)
}

/** A text that names its zone cannot be given another one; the shape with slashes never names any. */
function hasOwnZone(value: string): boolean {
  return !parseSourceTime(`${value.trim()}Z`).ok && !/^\d{4}\//.test(value.trim())
}

function minutesOf(zone: string): number {
  const minutes = Number(zone.slice(1, 3)) * 60 + Number(zone.slice(4))
  return zone.startsWith('-') ? -minutes : minutes
}

function numericTime(value: string, { timeFormat }: SourceMapping, judge: RowJudge): Date | null {
  const [digits, unit] = timeFormat === 'EPOCH_SECONDS' ? [10, 1000] : [13, 1]
  const written = value.trim()
  if (new RegExp(`^\\d{${digits}}$`).test(written)) return new Date(Number(written) * unit)
  const en = `must be ${digits} digits, as the profile of this source declares`
  return judge.refuse('evaluatedAt', 'TIME_SHAPE_UNKNOWN', `应为映射档案所声明的 ${digits} 位数字时间戳`, en)
}

function readItems(value: string | null | undefined, { items }: SourceMapping, judge: RowJudge): string[] {
  if (!given(value)) return []
  if (items.kind === 'NONE') {
    judge.warn(
      'items',
      'ITEMS_NOT_DECLARED',
      '该来源未声明测评内容编码，未采用',
      'this source declares no items: left out',
    )
    return []
  }
  const written = value.split(/[,，、;；\s]+/).filter(code => code !== '')
  const codes = [...new Set(written)]
  if (codes.length < written.length) {
    judge.warn(
      'items',
      'ITEM_TWICE',
      '同一测评内容写了多次，按一次计',
      'an item was written more than once and counts once',
    )
  }
  if (items.kind === 'HUB') return codes
  const unknown = codes.filter(code => !Object.hasOwn(items.codes, code))
  if (unknown.length > 0) {
    const listed = unknown
      .slice(0, 3)
      .map(code => code.slice(0, 8))
      .join('、')
    judge.refuse('items', 'ITEM_UNKNOWN', `映射档案中没有 ${listed}`, `${listed} is not in the profile of this source`)
  }
  return [...new Set(codes.flatMap(code => items.codes[code] ?? []))]
}

/** Who rated, where the source may hand it over; a phone that is none is left out, since the rating is worth more. */
function readEvaluator(row: HandedOverRow, { handsOverIdentity }: SourceMapping, judge: RowJudge) {
  const nobody = { evaluatorName: null, evaluatorPhone: null }
  if (!handsOverIdentity) {
    if (given(row.evaluatorName) || given(row.evaluatorPhone)) {
      const en = 'this source is not declared to hand over who rated: it was not kept'
      judge.warn('evaluatorName', 'IDENTITY_NOT_DECLARED', '该来源未声明移交评价人信息，未保存', en)
    }
    return nobody
  }
  const evaluatorName = judge.text('evaluatorName', row.evaluatorName, longestName)
  if (!given(row.evaluatorPhone)) return { ...nobody, evaluatorName }
  const phone = readPhone(row.evaluatorPhone)
  if (phone.ok) return { evaluatorName, evaluatorPhone: phone.number }
  const { zh, en } = phoneFaults[phone.fault]
  judge.warn('evaluatorPhone', `PHONE_${phone.fault}`, `${zh}，未保存`, `${en}: it was not kept`)
  return { ...nobody, evaluatorName }
}
