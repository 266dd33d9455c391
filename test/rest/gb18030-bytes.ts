const decoder = new TextDecoder('gb18030')
const decodeOne = (...bytes: number[]) => decoder.decode(Uint8Array.from(bytes))

/** All two-byte codes, told by the decoder: Node can read GB18030, yet writes none. */
function twoByteCodes(): Map<string, number[]> {
  const codes = new Map<string, number[]>()
  for (let lead = 0x81; lead <= 0xfe; lead += 1) {
    for (let trail = 0x40; trail <= 0xfe; trail += 1) {
      const character = trail === 0x7f ? '\ufffd' : decodeOne(lead, trail)
      if (character !== '\ufffd' && [...character].length === 1) codes.set(character, [lead, trail])
    }
  }
  return codes
}

/** Beyond the basic plane the four bytes count on with the code point (GB 18030-2005, 附录). */
function fourByteCode(character: string): number[] {
  let rest = character.codePointAt(0)! - 0x10000 + 189_000
  const bytes: number[] = []
  for (const [base, first] of [
    [10, 0x30],
    [126, 0x81],
    [10, 0x30],
    [126, 0x81],
  ] as const) {
    bytes.unshift(first + (rest % base))
    rest = Math.floor(rest / base)
  }
  return bytes
}

/** A writer of GB18030 for texts of ASCII, characters of two bytes, and those beyond the basic plane. */
export function createGb18030Writer(): (text: string) => Buffer {
  const codes = twoByteCodes()
  const bytesOf = (character: string): number[] => {
    if (character < '\u0080') return [character.charCodeAt(0)]
    const code = codes.get(character) ?? (character.length === 2 ? fourByteCode(character) : null)
    if (!code) throw new Error(`${character} is not written here`)
    return code
  }
  return text => Buffer.from([...text].flatMap(bytesOf))
}
