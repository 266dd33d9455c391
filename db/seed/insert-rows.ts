import type { Transaction } from '../../subgraphs/shared/database.ts'

/**
 * Writes the named columns of many rows with one statement: `isDemo` goes to `is_demo`. Bytes, instants, arrays and
 * documents arrive as their column's own type.
 */
export async function insertRows<Row extends object>(
  transaction: Transaction,
  table: string,
  columns: readonly (keyof Row & string)[],
  rows: readonly Row[],
): Promise<void> {
  if (rows.length === 0) return
  const names = columns.map(columnName)
  const records = rows.map(row => Object.fromEntries(columns.map((column, i) => [names[i]!, storable(row[column])])))
  await transaction.query(
    `insert into ${table} (${names.join(', ')}) select ${names.join(', ')} from json_populate_recordset(null::${table}, $1::json)`,
    [JSON.stringify(records)],
  )
}

/** As insertRows, for rows whose every property is a column. */
export async function insertWholeRows<Row extends object>(
  transaction: Transaction,
  table: string,
  rows: readonly Row[],
): Promise<void> {
  await insertRows(transaction, table, Object.keys(rows[0] ?? {}) as (keyof Row & string)[], rows)
}

function columnName(property: string): string {
  return property.replace(/[A-Z]/g, letter => `_${letter.toLowerCase()}`)
}

function storable(value: unknown): unknown {
  return value instanceof Uint8Array ? `\\x${Buffer.from(value).toString('hex')}` : value
}
