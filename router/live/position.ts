/** Where a client stands in a feed (位置): `epoch:position`, or a bare position of whatever epoch is running. */
export type FeedPosition = { epoch: string | null; position: number }

/** Null when the text is no position of any feed. */
export function readPosition(text: string): FeedPosition | null {
  const match = /^(?:(.{1,64}):)?(\d{1,15})$/.exec(text)
  return match ? { epoch: match[1] ?? null, position: Number(match[2]) } : null
}
