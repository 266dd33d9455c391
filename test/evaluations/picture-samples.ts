import { crc32, deflateSync } from 'node:zlib'
import sharp, { type Sharp } from 'sharp'

/** A plain picture, `width` × `height` pixels. */
export function plain(width: number, height: number, background = '#3399cc'): Sharp {
  return sharp({ create: { width, height, channels: 3, background } })
}

/** 120 × 80, red on the left and blue on the right, so that turning it shows. */
export async function redAndBlue(): Promise<Sharp> {
  const red = await plain(60, 80, '#ff0000').png().toBuffer()
  return sharp(
    await plain(120, 80, '#0000ff')
      .composite([{ input: red, left: 0, top: 0 }])
      .png()
      .toBuffer(),
  )
}

export type Chunk = [kind: string, data: Buffer]

/** A grey PNG made by hand, with further chunks before its pixels. */
export function greyPng(
  width: number,
  height: number,
  { bits = 8, chunks = [] }: { bits?: 1 | 8; chunks?: Chunk[] } = {},
) {
  const head = Buffer.alloc(13)
  head.writeUInt32BE(width, 0)
  head.writeUInt32BE(height, 4)
  head[8] = bits
  const rows = Buffer.alloc((1 + Math.ceil((width * bits) / 8)) * height)
  const all: Chunk[] = [['IHDR', head], ...chunks, ['IDAT', deflateSync(rows, { level: 9 })], ['IEND', Buffer.alloc(0)]]
  return Buffer.concat([Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]), ...all.map(chunk)])
}

function chunk([kind, data]: Chunk): Buffer {
  const body = Buffer.concat([Buffer.from(kind, 'latin1'), data])
  const frame = Buffer.alloc(8)
  frame.writeUInt32BE(data.length, 0)
  frame.writeUInt32BE(crc32(body), 4)
  return Buffer.concat([frame.subarray(0, 4), body, frame.subarray(4)])
}
