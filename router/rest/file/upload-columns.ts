import type { FieldProblem } from '../problem.ts'

/** What the rows of an uploaded file may carry (上传文件的列): the fields of an input of the graph, and under which names sources send them. */
export type UploadColumns = {
  /** In the order of the schema. */
  fields: readonly string[]
  /** Fields without which no row can be taken. */
  needed: readonly string[]
  /** Fields that the graph takes as whole numbers, each with what it says of another value. */
  numbers: Readonly<Record<string, FieldProblem>>
  /** The field that a column or key carries; null for one that is not known here. */
  fieldOfColumn(name: string): string | null
}

const plain = (name: string) => name.trim().replaceAll('_', '').toLowerCase()

/** Columns from their fields; case and underscores of names do not count. */
export function uploadColumns<Field extends string>(options: {
  fields: readonly Field[]
  needed: readonly Field[]
  otherNames: Partial<Record<Field, readonly string[]>>
  numbers?: Partial<Record<Field, FieldProblem>>
}): UploadColumns {
  const { fields, needed, otherNames, numbers = {} } = options
  const fieldByName = new Map<string, Field>(
    fields.flatMap(field => [field, ...(otherNames[field] ?? [])].map(name => [plain(name), field] as const)),
  )
  return {
    fields,
    needed,
    numbers: numbers as Readonly<Record<string, FieldProblem>>,
    fieldOfColumn: name => (isOwnColumn(name) ? null : (fieldByName.get(plain(name)) ?? null)),
  }
}

/** Columns beginning with `_` are the hub's own remarks on rejected rows, and no part of a row. */
export const isOwnColumn = (name: string): boolean => name.startsWith('_')
