import { randomBytes } from 'node:crypto'
import { encodeQR } from 'qr'
import { toBuffer, toString as toText } from 'qrcode'
import { mintRatingCode } from '../../../subgraphs/evaluations/domain/rating-code.ts'
import { RatingCode } from '../../../subgraphs/evaluations/resolvers/RatingCode.ts'
import { hmacSha256Ring } from '../../../subgraphs/shared/crypto/mac-ring.ts'
import type { ContenderRole } from '../harness/benchmark.ts'

export type Picture = 'SVG' | 'PNG'

/** Makes one picture of an address. */
export type CodeMaker = {
  name: string
  role: ContenderRole
  picture: Picture
  make(url: string): Promise<string | Buffer>
}

const ring = hmacSha256Ring({ current: '1', keys: { 1: randomBytes(32) } })

/** An address as a window's screen shows it, with a fresh token: part of the work of every contender. */
export function freshAddress(): string {
  const handle = randomBytes(6).toString('hex')
  const token = mintRatingCode({ kind: 'SCREEN', handle, point: 1, issuedAt: new Date() }, ring)
  return `http://127.0.0.1:4000/r/${token}`
}

/** All at error correction M with a quiet zone of four modules; PNGs at eight pixels a module. */
export const codeMakers: CodeMaker[] = [
  { name: 'hub', role: 'OURS', picture: 'SVG', make: async url => RatingCode.svg(issued(url)) },
  {
    name: '`qrcode`',
    role: 'PEER',
    picture: 'SVG',
    make: url => toText(url, { type: 'svg', errorCorrectionLevel: 'M', margin: 4 }),
  },
  { name: '`qr`', role: 'PEER', picture: 'SVG', make: async url => encodeQR(url, 'svg', { ecc: 'medium', border: 4 }) },
  {
    name: 'hub',
    role: 'OURS',
    picture: 'PNG',
    make: async url => Buffer.from(await RatingCode.png(issued(url), { scale: 8 }), 'base64'),
  },
  {
    name: '`qrcode`',
    role: 'PEER',
    picture: 'PNG',
    make: url => toBuffer(url, { errorCorrectionLevel: 'M', margin: 4, scale: 8 }),
  },
]

function issued(url: string): Parameters<typeof RatingCode.svg>[0] {
  const issuedAt = new Date()
  return { url, token: url.slice(-32), kind: 'SCREEN', issuedAt, expiresAt: issuedAt, nextCodeAt: null }
}
