import { createHash } from 'node:crypto'

/** The id of a thing of the demo province: the same name gives the same id on every machine (UUIDv8, RFC 9562). */
export function namedId(kind: string, name: string): string {
  return identifier(digest(kind, name), 8)
}

/** The id of something that happened at an instant: as `newId(at)`, with the name where that one has chance (UUIDv7). */
export function namedIdAt(at: Date, kind: string, name: string): string {
  const bytes = digest(kind, name)
  bytes.writeUIntBE(at.getTime(), 0, 6)
  return identifier(bytes, 7)
}

function digest(kind: string, name: string): Buffer {
  return createHash('sha256').update(`demo-province/${kind}/${name}`).digest().subarray(0, 16)
}

function identifier(bytes: Buffer, version: 7 | 8): string {
  bytes[6] = (version << 4) | (bytes[6]! & 0x0f)
  bytes[8] = 0x80 | (bytes[8]! & 0x3f)
  return bytes.toString('hex').replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, '$1-$2-$3-$4-$5')
}
