import { execFile } from 'node:child_process'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { promisify } from 'node:util'
import jsQR from 'jsqr'
import { PNG } from 'pngjs'

type ReadPixels = (pixels: Uint8ClampedArray, width: number, height: number) => { data: string } | null

const execute = promisify(execFile)

/** Pixels a module when an SVG is drawn: about what a phone sees. */
const drawnScale = 4

/** What an independent reader (jsqr) finds in a PNG; null when nothing. */
export function readPng(png: Buffer): string | null {
  const { data, width, height } = PNG.sync.read(png)
  return readPixels(Uint8ClampedArray.from(data), width, height)
}

/** What it finds in an SVG of rectangles and right-angled paths, drawn as the standard says: even-odd, one unit a module. */
export function readSvg(svg: string): string | null {
  const side = Number(/viewBox="0 0 (\d+) \d+"/.exec(svg)?.[1])
  const outline = /fill-rule="evenodd" d="([^"]+)"/.exec(svg)?.[1]
  if (!side || !outline) return null
  const dark = drawEvenOdd(outline, side)
  const width = side * drawnScale
  const pixels = new Uint8ClampedArray(width * width * 4).fill(255)
  for (let y = 0; y < width; y++) {
    for (let x = 0; x < width; x++) {
      if (!dark[Math.floor(y / drawnScale) * side + Math.floor(x / drawnScale)]) continue
      pixels.fill(0, (y * width + x) * 4, (y * width + x) * 4 + 3)
    }
  }
  return readPixels(pixels, width, width)
}

function readPixels(pixels: Uint8ClampedArray, width: number, height: number): string | null {
  // The package is CommonJS: under Node its default export is the function itself, which its types do not say.
  const read = jsQR as unknown as ReadPixels
  return read(pixels, width, height)?.data ?? null
}

/** A cell is dark when a ray to its left crosses an odd number of upright edges. */
function drawEvenOdd(outline: string, side: number): Uint8Array {
  const dark = new Uint8Array(side * side)
  const cross = (x: number, from: number, to: number) => {
    for (let row = Math.min(from, to); row < Math.max(from, to); row++) {
      for (let column = x; column < side; column++) dark[row * side + column]! ^= 1
    }
  }
  let x = 0
  let y = 0
  let startY = 0
  for (const [, command, first, second] of outline.matchAll(/([a-zA-Z])(-?\d+)?[ ,]?(-?\d+)?/g)) {
    if (command === 'm' || command === 'M') {
      // Filling closes a path, moving on begins where it was left.
      cross(x, y, startY)
      x = Number(first) + (command === 'm' ? x : 0)
      y = Number(second) + (command === 'm' ? y : 0)
      startY = y
    } else if (command === 'h') x += Number(first)
    else if (command === 'v') {
      cross(x, y, y + Number(first))
      y += Number(first)
    } else throw new Error(`a path with ${command} cannot be drawn here`)
  }
  cross(x, y, startY)
  return dark
}

/** What zbarimg finds in PNGs; null where it is not installed. */
export async function readPngsByZbar(pngs: Buffer[]): Promise<string[] | null> {
  if (!(await execute('zbarimg', ['--version']).catch(() => null))) return null
  const directory = await mkdtemp(join(tmpdir(), 'hub-zbar-'))
  try {
    const found: string[] = []
    for (const [index, png] of pngs.entries()) {
      const file = join(directory, `${index}.png`)
      await writeFile(file, png)
      const { stdout } = await execute('zbarimg', ['--raw', '-q', '-Sdisable', '-Sqrcode.enable', file]).catch(() => ({
        stdout: '',
      }))
      found.push(stdout.trim())
    }
    return found
  } finally {
    await rm(directory, { recursive: true })
  }
}
