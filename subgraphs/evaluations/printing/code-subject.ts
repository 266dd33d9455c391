import type { Frame } from './layout.ts'
import type { PrintedCode } from './printed-code.ts'
import type { Sheet } from './sheet.ts'
import type { TextStyle } from './text-block.ts'
import { wording } from './wording.ts'

/** What is rated: the place, or the staff member with number and window and then the place. `em` is the largest size in mm. */
export function codeSubject(
  sheet: Sheet,
  { place, staff }: PrintedCode,
  { x, y, width, height }: Frame,
  em: number,
  align: NonNullable<TextStyle['align']>,
): void {
  const name: TextStyle = { size: em, least: em * 0.4, weight: 'Bold', ink: 'black', leading: 1.25, align }
  if (!staff) {
    sheet.text(place, { x, y, width, height }, { ...name, stand: 'middle' })
    return
  }
  const window = staff.windowNumber === null ? '' : ` · ${wording.windowNumber(staff.windowNumber)}`
  const plain: TextStyle = { ...name, size: em * 0.56, least: em * 0.3, weight: 'Medium' }
  const nameEnd = sheet.text(staff.name, { x, y, width, height: height * 0.46 }, name)
  const numbers = `${wording.staffNumber(staff.number)}${window}`
  const numbersEnd = sheet.text(numbers, { x, y: nameEnd, width, height: height * 0.26 }, plain)
  const rest = { x, y: numbersEnd + em * 0.12, width, height: y + height - numbersEnd - em * 0.12 }
  sheet.text(place, rest, { ...plain, weight: 'Regular', ink: 'quiet', leading: 1.35 })
}
