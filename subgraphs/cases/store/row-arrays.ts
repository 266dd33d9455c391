/** A column of rows that are written at once: its name, its SQL type, and where its value comes from. */
export type ArrayColumn<Row> = [name: string, type: string, pick: (row: Row) => unknown]

/** Rows as one array a column, since `unnest` takes five hundred rows at the price of one statement. */
export function rowArrays<Row>(rows: readonly Row[], columns: readonly ArrayColumn<Row>[]) {
  const names = columns.map(([name]) => name).join(', ')
  const arrays = columns.map(([, type], index) => `$${index + 1}::${type}[]`).join(', ')
  return {
    names,
    /** `unnest(…) as r(…)`, to be selected from. */
    source: `unnest(${arrays}) as r(${names})`,
    values: columns.map(([, , pick]) => rows.map(pick)),
  }
}
