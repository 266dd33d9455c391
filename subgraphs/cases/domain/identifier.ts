const uuid = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/i

/** Whether a text that came from outside can be an id at all; PostgreSQL would fail the whole statement over one that cannot. */
export function isIdentifier(text: unknown): text is string {
  return typeof text === 'string' && uuid.test(text)
}

/** Whether PostgreSQL can be asked about a text at all: it knows no zero character, so nothing stored can be equal to one that has it. */
export function isAskable(text: string): boolean {
  return !text.includes('\0')
}
