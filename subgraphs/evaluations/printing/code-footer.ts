import type { Frame } from './layout.ts'
import { hostOf, type PrintedCode } from './printed-code.ts'
import type { Sheet } from './sheet.ts'
import type { TextStyle } from './text-block.ts'
import { wording } from './wording.ts'

const label: TextStyle = { size: 0.62, least: 0.56, weight: 'Regular', ink: 'quiet' }
const value: TextStyle = { size: 1, least: 0.56, weight: 'Medium', ink: 'black', leading: 1.2 }

/** Shares of the width: the address is the longest of the three. */
const COLUMNS = [
  { from: 0, part: 0.3, label: wording.printedId, valueOf: (code: PrintedCode) => code.printedId },
  { from: 0.33, part: 0.44, label: wording.host, valueOf: hostOf },
  { from: 0.8, part: 0.2, label: wording.hotline, valueOf: () => wording.hotlineNumber },
] as const

/**
 * The foot of a code's sheet: its printed id, where it leads and whom to call. A look-alike glued over the code cannot be
 * prevented; this is how a citizen can see it. `em` is the size of the values in mm.
 */
export function codeFooter(sheet: Sheet, code: PrintedCode, { x, y, width, height }: Frame, em: number): void {
  const scaled = (style: TextStyle) => ({ ...style, size: style.size * em, least: style.least * em })
  sheet.box({ x, y, width, height: em * 0.07 }, 'hairline')
  for (const column of COLUMNS) {
    const frame = { x: x + column.from * width, width: column.part * width }
    const labels = `${column.label.zh}  ${column.label.en}`
    sheet.text(labels, { ...frame, y: y + em * 0.55, height: em * 0.85 }, scaled(label))
    sheet.text(column.valueOf(code), { ...frame, y: y + em * 1.4, height: em * 1.3 }, scaled(value))
  }
  const warningY = y + em * 3
  const rest = y + height - warningY
  const warning = scaled({ ...label, size: 0.72, leading: 1.35 })
  const end = sheet.text(
    wording.warning.zh,
    { x, y: warningY, width, height: rest * 0.6 },
    { ...warning, ink: 'black' },
  )
  sheet.text(wording.warning.en, { x, y: end, width, height: y + height - end }, { ...warning, size: em * 0.6 })
}
