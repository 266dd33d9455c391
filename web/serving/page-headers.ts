import { randomBytes } from 'node:crypto'

/** A fresh nonce for one response. */
export function freshNonce(): string {
  return randomBytes(16).toString('base64')
}

/**
 * Headers of every page: nothing runs, loads or frames but what carries this response's nonce or comes from here.
 *
 * @param host the `Host` of the request, so that older browsers, which do not count WebSockets as `'self'`, may open theirs
 */
export function pageHeaders(nonce: string, host: string | undefined): Record<string, string> {
  const liveOrigins = host && /^[a-z0-9.:[\]-]{1,255}$/i.test(host) ? ` ws://${host} wss://${host}` : ''
  const policy = [
    "default-src 'none'",
    `script-src 'nonce-${nonce}'`,
    `style-src 'nonce-${nonce}'`,
    "img-src 'self' data: blob:",
    `connect-src 'self'${liveOrigins}`,
    "form-action 'self'",
    "base-uri 'none'",
    "frame-ancestors 'none'",
  ]
  return {
    'content-type': 'text/html; charset=utf-8',
    'content-security-policy': policy.join('; '),
    'x-content-type-options': 'nosniff',
    'x-frame-options': 'DENY',
    'referrer-policy': 'no-referrer',
    'permissions-policy': 'camera=(), microphone=(), geolocation=(), payment=(), usb=()',
    'cross-origin-opener-policy': 'same-origin',
  }
}
