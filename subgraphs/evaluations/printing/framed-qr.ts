import type { QrModules } from '../domain/qr-outline.ts'
import type { Frame } from './layout.ts'
import type { Sheet } from './sheet.ts'

/** A QR code between four corners that say “point the camera here”; they stay outside its quiet zone. */
export function framedQr(
  sheet: Sheet,
  modules: QrModules,
  { x, y, width, height }: Frame,
  { length, thickness }: { length: number; thickness: number },
): void {
  for (const right of [false, true]) {
    for (const low of [false, true]) {
      const across = right ? x + width - length : x
      const down = low ? y + height - length : y
      const edgeX = right ? x + width - thickness : x
      const edgeY = low ? y + height - thickness : y
      sheet.box({ x: across, y: edgeY, width: length, height: thickness }, 'accent')
      sheet.box({ x: edgeX, y: down, width: thickness, height: length }, 'accent')
    }
  }
  const inner = { width: width - 2 * thickness, height: height - 2 * thickness }
  sheet.qr(modules, { x: x + thickness, y: y + thickness, ...inner })
}
