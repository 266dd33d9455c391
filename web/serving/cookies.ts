/** Value of a cookie in a `Cookie` header; undefined when absent. */
export function readCookie(header: string | undefined, name: string): string | undefined {
  for (const part of (header ?? '').split(';')) {
    const at = part.indexOf('=')
    if (at > 0 && part.slice(0, at).trim() === name) return part.slice(at + 1).trim()
  }
  return undefined
}

/**
 * A `Set-Cookie` header. Values come from our own alphabets (letters, digits, `-`, `.`), so nothing needs escaping.
 *
 * @param maxAgeSeconds 0 removes the cookie
 */
export function setCookie(
  name: string,
  value: string,
  options: { path: string; maxAgeSeconds: number; isSecure: boolean; isHttpOnly: boolean },
): string {
  const parts = [`${name}=${value}`, `Path=${options.path}`, `Max-Age=${options.maxAgeSeconds}`, 'SameSite=Lax']
  if (options.isSecure) parts.push('Secure')
  if (options.isHttpOnly) parts.push('HttpOnly')
  return parts.join('; ')
}
