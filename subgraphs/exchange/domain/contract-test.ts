import { type HandedOverRow, handedOverFields, neededHandedOverFields } from '../../shared/hand-over/handed-over-row.ts'
import { type HandedOverReading, readHandedOver } from '../../shared/hand-over/read-handed-over.ts'
import type { SourceMapping } from '../../shared/hand-over/source-mapping.ts'
import type { RatingChannel } from '../../shared/policy/policy.ts'
import { type InputProblem, inputProblem } from '../../shared/rows/input-problem.ts'

/** A row as the source writes it, with what its own screen showed for it (样例行); what is not expected is not compared. */
export type SourceSample = {
  /** A JSON object with the fields of a handed-over row. */
  raw: string
  /** 1 to 5, 5 非常满意: what the person chose, read off the source's screen and not off its number. */
  expectedLevel: number
  expectedChannel?: RatingChannel | null
  expectedEvaluatedAt?: Date | null
  expectedItems?: readonly string[] | null
}

/**
 * The contract test of a profile (映射契约测试): every sample must read as expected, and each number of the source's scale must be shown by one.
 * The ends of the scale are among them, so a reversed direction cannot pass. Empty when it passed.
 */
export function problemsOfContract(
  mapping: SourceMapping,
  samples: readonly SourceSample[],
  now: Date,
): InputProblem[] {
  const rows = samples.map(({ raw }) => readSample(raw))
  const shown = new Set(rows.flatMap(row => (row ? [row.level.trim()] : [])))
  const missing = Object.keys(mapping.levels).filter(level => !shown.has(level))
  const faults = samples.flatMap((sample, index) => {
    const row = rows[index]
    return row ? problemsOfSample(sample, row, mapping, now).map(fault => inSample(fault, index)) : [unreadable(index)]
  })
  return missing.length > 0 ? [levelsNotShown(missing), ...faults] : faults
}

/** The row of a sample; null when it is no JSON object of texts. */
function readSample(raw: string): HandedOverRow | null {
  const given = parsed(raw)
  if (!given) return null
  const entries = handedOverFields.flatMap(field => (given[field] == null ? [] : [[field, String(given[field])]]))
  const needed = neededHandedOverFields.map(field => [field, ''])
  return Object.fromEntries([...needed, ...entries]) as HandedOverRow
}

function parsed(raw: string): Record<string, unknown> | null {
  try {
    const value: unknown = JSON.parse(raw)
    return typeof value === 'object' && value !== null && !Array.isArray(value) ? { ...value } : null
  } catch {
    return null
  }
}

function problemsOfSample(sample: SourceSample, row: HandedOverRow, mapping: SourceMapping, now: Date): InputProblem[] {
  const { reading, problems } = readHandedOver(row, mapping, now)
  if (!reading) return problems
  const { expectedLevel, expectedChannel, expectedEvaluatedAt, expectedItems } = sample
  return [
    ...differing('level', reading.level, expectedLevel),
    ...(expectedChannel == null ? [] : differing('channel', reading.channel, expectedChannel)),
    ...(expectedEvaluatedAt == null
      ? []
      : differing('evaluatedAt', instantOf(reading), expectedEvaluatedAt.toISOString())),
    ...(expectedItems == null ? [] : differing('items', listed(reading.items), listed(expectedItems))),
  ]
}

const instantOf = ({ evaluatedAt }: HandedOverReading) => evaluatedAt.toISOString()
const listed = (codes: readonly string[]) => codes.toSorted().join()

function differing(path: string, read: string | number, expected: string | number): InputProblem[] {
  if (read === expected) return []
  const zh = `按映射档案读作 ${read}，样例声明为 ${expected}`
  return [inputProblem(path, 'READING_DIFFERS', zh, `reads as ${read}, the sample expects ${expected}`)]
}

const inSample = (fault: InputProblem, index: number) => ({ ...fault, path: `samples.${index}.${fault.path}` })

function unreadable(index: number): InputProblem {
  const en = 'must be a JSON object with the fields of a handed-over rating'
  return inputProblem(`samples.${index}.raw`, 'ROW_NOT_JSON', '应为移交评价字段的 JSON 对象', en)
}

function levelsNotShown(missing: readonly string[]): InputProblem {
  const written = missing.join('、')
  const en = `need a sample for each number of the scale, missing: ${written}`
  return inputProblem('samples', 'LEVEL_NOT_SHOWN', `每个满意度取值至少一条样例，还缺 ${written}`, en)
}
