/** `OPEN`: a quoted cell has not ended yet. `BROKEN`: something stands behind the end of a quoted cell. */
export type CsvFault = 'OPEN' | 'BROKEN'

/** Reads the cells of one CSV record (RFC 4180). Quotes inside a cell that does not begin with one are letters like others. */
export function readCsvRecord(text: string): string[] | CsvFault {
  if (!text.includes('"')) return text.split(',')
  const cells: string[] = []
  let at = 0
  for (;;) {
    if (text[at] !== '"') {
      const comma = text.indexOf(',', at)
      cells.push(comma < 0 ? text.slice(at) : text.slice(at, comma))
      if (comma < 0) return cells
      at = comma + 1
      continue
    }
    const quoted = readQuotedCell(text, at + 1)
    if (!quoted) return 'OPEN'
    cells.push(quoted.cell)
    if (quoted.end === text.length) return cells
    if (text[quoted.end] !== ',') return 'BROKEN'
    at = quoted.end + 1
  }
}

function readQuotedCell(text: string, start: number): { cell: string; end: number } | null {
  let cell = ''
  let from = start
  for (;;) {
    const quote = text.indexOf('"', from)
    if (quote < 0) return null
    cell += text.slice(from, quote)
    if (text[quote + 1] !== '"') return { cell, end: quote + 1 }
    cell += '"'
    from = quote + 2
  }
}
