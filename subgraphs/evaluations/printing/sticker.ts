import { QUIET_ZONE } from '../domain/qr-outline.ts'
import { codeFooter } from './code-footer.ts'
import { codeSubject } from './code-subject.ts'
import type { Faces } from './faces.ts'
import type { Layout } from './layout.ts'
import type { PrintedCode } from './printed-code.ts'
import { printedQr } from './qr-modules.ts'
import { newSheet } from './sheet.ts'
import { BLEED } from './trim.ts'
import { wording } from './wording.ts'

/** The trimmed sticker is square, in mm. */
export const STICKER_SIDE = 80
const SIDE = 5
const QR_SIDE = 45

/** A sticker (贴纸) for a desk, a window or a terminal. */
export function sticker(code: PrintedCode, faces: Faces): Layout {
  const paper = { width: STICKER_SIDE, height: STICKER_SIDE, bleed: BLEED }
  const sheet = newSheet({ ...paper, title: `${wording.title.zh} ${code.printedId}` }, faces)
  const full = { x: SIDE, width: STICKER_SIDE - 2 * SIDE }
  const white = { ink: 'onAccent', least: 2 } as const
  sheet.box({ x: -BLEED, y: -BLEED, width: STICKER_SIDE + 2 * BLEED, height: 15.5 + BLEED }, 'accent')
  sheet.text(
    wording.title.zh,
    { ...full, y: 2.2, height: 8.6 },
    { ...white, size: 6.6, weight: 'Bold', tracking: 0.02 },
  )
  sheet.text(wording.title.en, { ...full, y: 10.4, height: 3.8 }, { ...white, size: 2.8, weight: 'Regular' })

  const modules = printedQr(code.url)
  const quiet = (QR_SIDE * QUIET_ZONE) / (modules.size + 2 * QUIET_ZONE)
  // The quiet zone may reach into the margin: what is seen stands flush with the text.
  sheet.qr(modules, { x: Math.max(0, SIDE - quiet), y: 16, width: QR_SIDE, height: QR_SIDE })
  const beside = { x: 47, width: STICKER_SIDE - SIDE - 47 }
  codeSubject(sheet, code, { ...beside, y: 19, height: 24 }, 5, 'start')
  sheet.text(
    wording.how.zh,
    { ...beside, y: 44, height: 8 },
    { size: 2.7, least: 1.8, weight: 'Bold', ink: 'black', stand: 'bottom' },
  )
  sheet.text(
    wording.how.en,
    { ...beside, y: 52.5, height: 6 },
    { size: 2, least: 1.6, weight: 'Regular', ink: 'quiet' },
  )
  codeFooter(sheet, code, { ...full, y: 62, height: 15 }, 2.6)
  return sheet.finished()
}
