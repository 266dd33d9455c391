import type { Box } from './layout.ts'

/** How far colour runs over the edge that is cut (出血), in mm. */
export const BLEED = 3

/** Room around the trimmed sheet for bleed and cut marks, in mm. */
export const MARGIN_OF_MARKS = 10

const LENGTH = 5
// A quarter of a point.
const THICKNESS = 0.09

/**
 * Cut marks (裁切线): short lines that begin where the bleed ends, at every `x` above and below and every `y` left and right of
 * what lies between the outermost ones. Between neighbours are none, since they would lie on one of them.
 */
export function cutMarks(xs: number[], ys: number[]): Box[] {
  const far = BLEED + LENGTH
  const half = THICKNESS / 2
  const upright = [Math.min(...ys) - far, Math.max(...ys) + BLEED]
  const lying = [Math.min(...xs) - far, Math.max(...xs) + BLEED]
  return [
    ...xs.flatMap(x => upright.map(y => line(x - half, y, THICKNESS, LENGTH))),
    ...ys.flatMap(y => lying.map(x => line(x, y - half, LENGTH, THICKNESS))),
  ]
}

function line(x: number, y: number, width: number, height: number): Box {
  return { kind: 'box', ink: 'registration', x, y, width, height }
}
