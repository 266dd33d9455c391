/** Modules of a QR code: 1 is dark; `data` holds them row by row. */
export type QrModules = { size: number; data: ArrayLike<number> }

/** Light modules around the symbol (静区) that scanners need (ISO/IEC 18004: four). */
export const QUIET_ZONE = 4

const NO_CORNER = -1

/**
 * One SVG path around the dark modules, for `fill-rule="evenodd"`. A grid point is a corner when an odd number of the four
 * modules about it is dark; along every grid line the corners pair up, so links down and across make closed outlines.
 * That is a third shorter than one rectangle a run, and leaves no hairlines between rows.
 */
export function qrOutline(modules: QrModules): string {
  const side = modules.size + 1
  const { down, across } = linkedCorners(modules)
  let path = `M${QUIET_ZONE} ${QUIET_ZONE}`
  let at = 0
  for (let start = 0; start < side * side; start++) {
    if (down[start] === NO_CORNER) continue
    path += `m${pair((start % side) - (at % side), Math.floor(start / side) - Math.floor(at / side))}`
    for (let corner = start; ; ) {
      const below = down[corner]!
      const beside = across[below]!
      // An outline is walked once: its links are taken out on the way.
      down[corner] = NO_CORNER
      down[below] = NO_CORNER
      path += `v${(below - corner) / side}`
      at = below
      // Filling closes an outline by itself.
      if (beside === start) break
      path += `h${beside - below}`
      corner = beside
    }
  }
  return path
}

function linkedCorners({ size, data }: QrModules) {
  const side = size + 1
  const down = new Int32Array(side * side).fill(NO_CORNER)
  const across = new Int32Array(side * side)
  const openInColumn = new Int32Array(side).fill(NO_CORNER)
  for (let y = 0; y < side; y++) {
    let openInRow = NO_CORNER
    for (let x = 0; x < side; x++) {
      const module = y * size + x
      const leftOf = x > 0
      const above = y > 0
      const parity =
        (leftOf && above ? data[module - size - 1]! : 0) ^
        (x < size && above ? data[module - size]! : 0) ^
        (leftOf && y < size ? data[module - 1]! : 0) ^
        (x < size && y < size ? data[module]! : 0)
      if (parity === 0) continue
      const corner = y * side + x
      if (openInRow === NO_CORNER) openInRow = corner
      else {
        across[corner] = openInRow
        across[openInRow] = corner
        openInRow = NO_CORNER
      }
      const open = openInColumn[x]!
      if (open === NO_CORNER) openInColumn[x] = corner
      else {
        down[corner] = open
        down[open] = corner
        openInColumn[x] = NO_CORNER
      }
    }
  }
  return { down, across }
}

function pair(x: number, y: number): string {
  return y < 0 ? `${x}${y}` : `${x} ${y}`
}
