/** The formats that are read. All else is refused before a decoder sees it: GIF, HEIC, TIFF, SVG, PDF. */
export type PictureFormat = 'JPEG' | 'PNG' | 'WEBP' | 'AVIF'

const PNG_SIGNATURE = Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a])
const JPEG_START = Buffer.from([0xff, 0xd8, 0xff])
const MOST_BRANDS_BYTES = 256

/** What the first bytes say (文件内容), whatever name or type was declared; null for anything that is not accepted. */
export function pictureFormat(bytes: Buffer): PictureFormat | null {
  if (bytes.subarray(0, 3).equals(JPEG_START)) return 'JPEG'
  if (bytes.subarray(0, 8).equals(PNG_SIGNATURE)) return 'PNG'
  if (text(bytes, 0, 4) === 'RIFF' && text(bytes, 8, 12) === 'WEBP') return 'WEBP'
  return isAvif(bytes) ? 'AVIF' : null
}

function isAvif(bytes: Buffer): boolean {
  if (bytes.length < 16 || text(bytes, 4, 8) !== 'ftyp') return false
  const brands = text(bytes, 8, Math.min(bytes.readUInt32BE(0), MOST_BRANDS_BYTES)).match(/.{4}/gs) ?? []
  return brands.some(brand => brand === 'avif' || brand === 'avis')
}

function text(bytes: Buffer, from: number, to: number): string {
  return bytes.toString('latin1', from, to)
}
