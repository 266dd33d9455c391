/** Spreadsheets take a cell that begins so for a formula (公式注入); full-width forms too. Apostrophes before it are counted in, so that guarding can be undone exactly. */
const formulaStart = /^'*[=+\-@\t\r\n＝＋－＠]/
const guardedStart = /^'+[=+\-@\t\r\n＝＋－＠]/

/** A cell that a spreadsheet shows instead of running: one apostrophe before it. */
export const guardCell = (cell: string): string => (formulaStart.test(cell) ? `'${cell}` : cell)

/** Takes the apostrophe of `guardCell` away again: `unguardCell(guardCell(cell))` is the cell, whatever it is. */
export const unguardCell = (cell: string): string => (guardedStart.test(cell) ? cell.slice(1) : cell)
