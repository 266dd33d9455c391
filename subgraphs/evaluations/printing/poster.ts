import { codeFooter } from './code-footer.ts'
import { codeSubject } from './code-subject.ts'
import type { Faces } from './faces.ts'
import { framedQr } from './framed-qr.ts'
import type { Layout } from './layout.ts'
import type { PrintedCode } from './printed-code.ts'
import { printedQr } from './qr-modules.ts'
import { newSheet } from './sheet.ts'
import { BLEED } from './trim.ts'
import { wording } from './wording.ts'

const A4 = { width: 210, height: 297 }
const SIDES = { A4: 1, A3: 297 / 210 }

/** A poster (海报), upright: read from across the hall, scanned from about a metre and a half. A3 is A4 enlarged. */
export function poster(code: PrintedCode, paper: keyof typeof SIDES, faces: Faces): Layout {
  const u = SIDES[paper]
  const width = A4.width * u
  const height = Math.round(A4.height * u)
  const sheet = newSheet({ title: `${wording.title.zh} ${code.printedId}`, width, height, bleed: BLEED }, faces)
  const row = (y: number, rowHeight: number) => ({ x: 18 * u, y: y * u, width: width - 36 * u, height: rowHeight * u })
  const white = { ink: 'onAccent', align: 'middle', least: 3 * u } as const
  sheet.box({ x: -BLEED, y: -BLEED, width: width + 2 * BLEED, height: 62 * u + BLEED }, 'accent')
  sheet.text(wording.service, row(11, 7), { ...white, size: 5.2 * u, weight: 'Medium', tracking: 0.08 })
  sheet.text(wording.title.zh, row(18.5, 26), { ...white, size: 20 * u, weight: 'Bold', tracking: 0.04 })
  sheet.text(wording.title.en, row(44.5, 10), { ...white, size: 7.2 * u, weight: 'Regular' })

  codeSubject(sheet, code, row(69, 30), 11 * u, 'middle')

  const qr = { x: (width - 124 * u) / 2, y: 105 * u, width: 124 * u, height: 124 * u }
  framedQr(sheet, printedQr(code.url), qr, { length: 13 * u, thickness: 1.3 * u })

  const how = { align: 'middle', least: 3 * u } as const
  sheet.text(wording.how.zh, row(234, 11), { ...how, size: 8 * u, weight: 'Bold', ink: 'black' })
  sheet.text(wording.how.en, row(245, 7), { ...how, size: 4.6 * u, weight: 'Regular', ink: 'quiet' })
  codeFooter(sheet, code, row(257, 31), 5.2 * u)
  return sheet.finished()
}
