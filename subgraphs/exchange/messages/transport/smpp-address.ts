export type SmppAddress = {
  host: string
  port: number
  tls: boolean
  systemId: string
  password: string
  systemType: string
  /** The access number (接入码) that citizens see and answer to. */
  source: string
  /** Put before an 11-digit number, e.g. `86`; empty: numbers go as they are. */
  countryCode: string
  /** How many submits may wait for their answers at once. */
  window: number
}

const DEFAULT_PORT = { 'smpp:': 2775, 'smpps:': 3550 } as Record<string, number>
const DEFAULT_WINDOW = 10

/**
 * Reads `smpp://system_id:password@host:port?source=106900&system_type=…&country_code=86&window=10` (`smpps://` for TLS, checked against the
 * authorities Node trusts; a private one by NODE_EXTRA_CA_CERTS). Throws naming what is wrong, never the address: it carries the password.
 */
export function smppAddress(text: string): SmppAddress {
  const url = URL.parse(text)
  const port = url && DEFAULT_PORT[url.protocol]
  if (!url || !port) throw new Error('The SMS address must be smpp://… or smpps://….')
  const option = (name: string) => url.searchParams.get(name) ?? ''
  if (!url.hostname || !url.username) throw new Error('The SMS address lacks a host or a system_id.')
  if (!/^\d{3,20}$/.test(option('source')))
    throw new Error('The SMS address lacks source=, the access number in digits.')
  if (!/^\d{0,3}$/.test(option('country_code')))
    throw new Error('country_code= of the SMS address must be up to 3 digits.')
  const window = Number(option('window') || DEFAULT_WINDOW)
  if (!Number.isInteger(window) || window < 1)
    throw new Error('window= of the SMS address must be a whole number from 1.')
  return {
    host: url.hostname.replace(/^\[|\]$/g, ''),
    port: Number(url.port || port),
    tls: url.protocol === 'smpps:',
    systemId: decodeURIComponent(url.username),
    password: decodeURIComponent(url.password),
    systemType: option('system_type'),
    source: option('source'),
    countryCode: option('country_code'),
    window,
  }
}
