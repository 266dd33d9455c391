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

const WIDTH = 210
const HEIGHT = 148
const SIDE = 12

/** A stand on the counter (台卡), A5 lying: who is rated on the left, the code on the right where the hand holds the phone. */
export function stand(code: PrintedCode, faces: Faces): Layout {
  const paper = { title: `${wording.title.zh} ${code.printedId}`, width: WIDTH, height: HEIGHT, bleed: BLEED }
  const sheet = newSheet(paper, faces)
  const full = WIDTH - 2 * SIDE
  const white = { ink: 'onAccent', least: 3 } as const
  sheet.box({ x: -BLEED, y: -BLEED, width: WIDTH + 2 * BLEED, height: 35 + BLEED }, 'accent')
  sheet.text(
    wording.title.zh,
    { x: SIDE, y: 5.5, width: 136, height: 18 },
    { ...white, size: 13.6, weight: 'Bold', tracking: 0.03 },
  )
  sheet.text(wording.title.en, { x: SIDE, y: 23, width: 100, height: 7.5 }, { ...white, size: 5.2, weight: 'Regular' })
  sheet.text(
    wording.service,
    { x: 128, y: 23, width: WIDTH - SIDE - 128, height: 7.5 },
    { ...white, size: 4.6, weight: 'Medium', tracking: 0.04, align: 'end' },
  )

  const qr = { x: WIDTH - SIDE - 76, y: 40.5, width: 76, height: 76 }
  framedQr(sheet, printedQr(code.url), qr, { length: 8, thickness: 0.9 })

  const left = { x: SIDE, width: qr.x - SIDE - 8 }
  codeSubject(sheet, code, { ...left, y: 42, height: 50 }, 12.5, 'start')
  sheet.text(
    wording.how.zh,
    { ...left, y: 97, height: 13 },
    { size: 6, least: 3, weight: 'Bold', ink: 'black', stand: 'bottom' },
  )
  sheet.text(wording.how.en, { ...left, y: 110.5, height: 6 }, { size: 4, least: 2.4, weight: 'Regular', ink: 'quiet' })
  codeFooter(sheet, code, { x: SIDE, y: 121, width: full, height: 22 }, 4.3)
  return sheet.finished()
}
