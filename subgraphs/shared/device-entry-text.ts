/** One rating as a window device takes it (设备评价记录), before it is signed. */
export type DeviceEntry = {
  /** 流水号: 1, 2, 3 … under one signing key. */
  counter: number
  /** When the person gave it: ISO 8601 in UTC with milliseconds, e.g. `2026-11-21T01:30:00.000Z`. */
  givenAt: string
  token: string
  formTicket: string
  /** The level by its name in the graph, e.g. `VERY_SATISFIED`. */
  level: string
  items: readonly string[]
}

/** The text that a device signs and the hub verifies, byte for byte: a JSON array without blanks, to be read as UTF-8. */
export function deviceEntryText({ counter, givenAt, token, formTicket, level, items }: DeviceEntry): string {
  return JSON.stringify([counter, givenAt, token, formTicket, level, items])
}
