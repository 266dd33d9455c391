import { type QrModules, QUIET_ZONE, qrOutline } from './qr-outline.ts'

/** A QR code as an SVG of its own (二维码), quiet zone included, one unit a module. */
export function qrSvg(modules: QrModules): string {
  const side = modules.size + 2 * QUIET_ZONE
  return (
    `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${side} ${side}" shape-rendering="crispEdges">` +
    `<path fill="#fff" d="M0 0h${side}v${side}H0z"/><path fill-rule="evenodd" d="${qrOutline(modules)}"/></svg>`
  )
}
