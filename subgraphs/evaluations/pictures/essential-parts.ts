import type { PictureFormat } from './picture-format.ts'

// What an image needs to look right: pixels, palette, transparency, colours, and which side is up.
const PNG_CHUNKS = new Set(['IHDR', 'PLTE', 'tRNS', 'IDAT', 'IEND', 'iCCP', 'eXIf'])
const PNG_SIGNATURE_BYTES = 8
const PNG_CHUNK_OVERHEAD = 12

const JPEG_START_OF_SCAN = 0xda
const JPEG_EXIF = 0xe1
const JPEG_COLOUR_PROFILE = 0xe2
const JPEG_ADOBE = 0xee

/**
 * The file without what only costs or betrays. PNG text chunks are the reason: 7 MB of them unfold to 2 GB in the
 * decoder before a pixel is read. From JPEGs, previews, gain maps and comments go. Never throws: what is
 * not shaped as it should be is left for the decoder to refuse.
 */
export function essentialParts(bytes: Buffer, format: PictureFormat): Buffer {
  if (format === 'PNG') return joined(bytes, pngRuns(bytes))
  if (format === 'JPEG') return joined(bytes, jpegRuns(bytes))
  return bytes
}

type Run = [from: number, to: number]

function* pngRuns(png: Buffer): Generator<Run> {
  const once = new Set<string>()
  yield [0, PNG_SIGNATURE_BYTES]
  for (let at = PNG_SIGNATURE_BYTES; at + PNG_CHUNK_OVERHEAD <= png.length; ) {
    const end = at + PNG_CHUNK_OVERHEAD + png.readUInt32BE(at)
    const kind = png.toString('latin1', at + 4, at + 8)
    const isKept = PNG_CHUNKS.has(kind) && (kind === 'IDAT' || !once.has(kind))
    once.add(kind)
    if (isKept) yield [at, Math.min(end, png.length)]
    if (kind === 'IEND') return
    at = end
  }
}

function* jpegRuns(jpeg: Buffer): Generator<Run> {
  yield [0, 2]
  let at = 2
  while (at + 4 <= jpeg.length && jpeg[at] === 0xff && jpeg[at + 1] !== JPEG_START_OF_SCAN) {
    const end = at + 2 + jpeg.readUInt16BE(at + 2)
    if (isEssentialSegment(jpeg, at)) yield [at, Math.min(end, jpeg.length)]
    at = end
  }
  if (at < jpeg.length) yield [at, jpeg.length]
}

function isEssentialSegment(jpeg: Buffer, at: number): boolean {
  const marker = jpeg[at + 1]!
  const begins = (name: string) => jpeg.toString('latin1', at + 4, at + 4 + name.length) === name
  if (marker === JPEG_EXIF) return begins('Exif\0')
  if (marker === JPEG_COLOUR_PROFILE) return begins('ICC_PROFILE\0')
  const isApplication = marker >= 0xe0 && marker <= 0xef
  const isComment = marker === 0xfe
  return marker === JPEG_ADOBE || !(isApplication || isComment)
}

function joined(bytes: Buffer, runs: Iterable<Run>): Buffer {
  const kept = Buffer.allocUnsafe(bytes.length)
  let length = 0
  for (const [from, to] of runs) length += bytes.copy(kept, length, from, to)
  return kept.subarray(0, length)
}
