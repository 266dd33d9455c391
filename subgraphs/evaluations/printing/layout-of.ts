import type { Faces } from './faces.ts'
import type { Layout } from './layout.ts'
import { poster } from './poster.ts'
import type { PrintedCode } from './printed-code.ts'
import { stand } from './stand.ts'
import { sticker } from './sticker.ts'

/** What a static code is printed as: 海报 A3 or A4, 台卡 A5, 贴纸 80 × 80 mm. */
export type PrintKind = 'POSTER_A3' | 'POSTER_A4' | 'STAND' | 'STICKER'

const sheets: Readonly<Record<PrintKind, (code: PrintedCode, faces: Faces) => Layout>> = {
  POSTER_A3: (code, faces) => poster(code, 'A3', faces),
  POSTER_A4: (code, faces) => poster(code, 'A4', faces),
  STAND: stand,
  STICKER: sticker,
}

/** Lays out the sheet of a static code. Throws TypeError when its `url` is no address. */
export function layoutOf(kind: PrintKind, code: PrintedCode, faces: Faces): Layout {
  return sheets[kind](code, faces)
}
