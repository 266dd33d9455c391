import type { FieldProblem } from '../problem.ts'
import type { UploadColumns } from './upload-columns.ts'
import type { RowFields } from './upload-row.ts'

/** Largest `Int` of the graph. */
const largestNumber = 2_147_483_647

/**
 * Puts the values of a row into the shape of the graph's input. Only what could not even be sent is a problem here; whether values hold
 * is judged by the subgraph that takes it. Empty values count as not given.
 */
export function readRowFields(
  values: Iterable<readonly [string, unknown]>,
  { needed, numbers }: UploadColumns,
): { fields: RowFields | null; problems: FieldProblem[] } {
  const problems: FieldProblem[] = []
  const fields: RowFields = {}
  const seen = new Set<string>()
  for (const [field, value] of values) {
    if (seen.has(field)) problems.push(twice(field))
    seen.add(field)
    const text = textOf(value)
    if (text === undefined) problems.push(notText(field))
    else if (text.trim() === '') continue
    else if (!Object.hasOwn(numbers, field)) fields[field] = text
    else {
      const number = /^\s*\d{1,10}\s*$/.test(text) ? Number(text) : 0
      if (number >= 1 && number <= largestNumber) fields[field] = number
      else problems.push(numbers[field]!)
    }
  }
  for (const field of needed) fields[field] ??= ''
  return { fields: problems.length === 0 ? fields : null, problems }
}

// A number of more than 15 digits has lost some of them by the time it was read, so a case number must be a text.
function textOf(value: unknown): string | undefined {
  if (value === null || value === undefined) return ''
  if (typeof value === 'string') return value.isWellFormed() ? value : undefined
  return Number.isSafeInteger(value) ? String(value) : undefined
}

const notText = (path: string): FieldProblem => ({
  path,
  code: 'FIELD_NOT_TEXT',
  message: '应为文本，或不超过 15 位的整数（更长的编号请写成字符串）',
  messageEnglish: 'must be a text, or a whole number of at most 15 digits (longer numbers as texts)',
})

const twice = (path: string): FieldProblem => ({
  path,
  code: 'FIELD_TWICE',
  message: '同一字段以不同名称出现了两次，请只保留一个',
  messageEnglish: 'is given twice under different names: keep one of them',
})
