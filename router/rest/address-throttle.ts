/** Counts what comes from one network address (来源地址限流). */
export type AddressThrottle = {
  /** Milliseconds until this address may come again; 0 when it may now, which is counted. */
  take(address: string): number
}

const MOST_ADDRESSES = 20_000

/** At most `most` in any `windowMs` from one address; an IPv6 network of 64 bits is one address, since each house has one. */
export function createAddressThrottle(options: {
  most: number
  windowMs: number
  now?: () => number
}): AddressThrottle {
  const { most, windowMs, now = Date.now } = options
  const taken = new Map<string, number[]>()
  return {
    take(address) {
      const key = networkOf(address)
      const at = now()
      const recent = (taken.get(key) ?? []).filter(time => at - time < windowMs)
      if (recent.length >= most) return recent[0]! + windowMs - at
      taken.delete(key)
      taken.set(key, [...recent, at])
      if (taken.size > MOST_ADDRESSES) taken.delete(taken.keys().next().value!)
      return 0
    },
  }
}

function networkOf(address: string): string {
  const plain = address.replace(/^::ffff:/i, '')
  if (!plain.includes(':')) return plain
  const [head = '', tail] = plain.split('::')
  const groups = head.split(':').filter(Boolean)
  const rest = tail === undefined ? [] : tail.split(':').filter(Boolean)
  const zeros = Array.from({ length: Math.max(0, 8 - groups.length - rest.length) }, () => '0')
  return [...groups, ...zeros, ...rest].slice(0, 4).join(':')
}
