import { halfWidth } from '../../shared/people/half-width.ts'

// Crockford's alphabet, as on receipts: no I, L, O, U.
const ALPHABET = '0123456789ABCDEFGHJKMNPQRSTVWXYZ'
const RANDOM_CHARACTERS = 7
// x⁵ + x² + 1: with it the 32 characters are a field, in which doubling runs through all of them but zero.
const FIELD_POLYNOMIAL = 0b100101

/**
 * The printed id (印刷编号) of a static code, e.g. `41-7K2M-9QX4`: two digits of the province, seven random characters, one to check.
 * The last finds any one wrong character and any two neighbours that were swapped.
 *
 * @param random at least seven bytes
 */
export function printedIdOf(regionPath: string, random: Uint8Array): string {
  const region = regionPath.slice(1, 3)
  const characters = Array.from(random.subarray(0, RANDOM_CHARACTERS), byte => ALPHABET[byte & 31]!)
  if (!/^\d\d$/.test(region) || characters.length < RANDOM_CHARACTERS) throw new RangeError('no printed id of these')
  const body = region + characters.join('')
  return grouped(body + checkCharacter(body))
}

/** Reads a printed id as typed: case, blanks and dashes do not matter, O is 0, I and L are 1. Null for what cannot be one. */
export function readPrintedId(text: string): string | null {
  const typed = plainPrintedId(text)
  const isSound = /^\d\d[0-9A-HJKMNP-TV-Z]{8}$/.test(typed) && checkCharacter(typed.slice(0, -1)) === typed.at(-1)
  return isSound ? grouped(typed) : null
}

/** A printed id or part of one as it is compared: without dashes, look-alikes read as what they are. */
export function plainPrintedId(text: string): string {
  return halfWidth(text).replaceAll('O', '0').replace(/[IL]/g, '1')
}

function checkCharacter(body: string): string {
  let sum = 0
  for (const character of body) sum = doubled(sum ^ ALPHABET.indexOf(character))
  return ALPHABET[sum]!
}

function doubled(value: number): number {
  const twice = value << 1
  return twice > 31 ? twice ^ FIELD_POLYNOMIAL : twice
}

function grouped(characters: string): string {
  return `${characters.slice(0, 2)}-${characters.slice(2, 6)}-${characters.slice(6)}`
}
