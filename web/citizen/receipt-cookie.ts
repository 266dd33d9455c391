import { readCookie, setCookie } from '../serving/cookies.ts'

/** What a phone remembers of a rating (decision 19): its receipt, the code it came through, and whether it was given just now. */
export type RememberedReceipt = { receiptNumber: string; token: string | null; isJustSubmitted: boolean }

const name = 'receipt'

/** How long `/receipt` shows a receipt without asking for its number again, seconds: long enough to write it down. */
const followSeconds = 30 * 60

/** How long the page of a used code shows its rater the receipt, seconds: the 30 days in which a rating may still be discussed (decision 23). */
const codePageSeconds = 30 * 24 * 60 * 60

/** Codes as they stand in addresses and cookie paths. */
export const tokenPattern = /^[A-Za-z0-9_-]{16,64}$/

/** Receipt numbers as we print them; typed ones are normalised by the graph. */
const receiptPattern = /^[0-9A-Za-z-]{8,60}$/

/** Reads the cookie; null when there is none or it is not one of ours. */
export function rememberedReceipt(header: string | undefined): RememberedReceipt | null {
  const [receiptNumber, token, fresh] = (readCookie(header, name) ?? '').split('.')
  if (!receiptNumber || !receiptPattern.test(receiptNumber)) return null
  return {
    receiptNumber,
    token: token && tokenPattern.test(token) ? token : null,
    isJustSubmitted: fresh === 'new',
  }
}

/** Cookies that remember a receipt: for `/receipt`, and for the page of the code where there was one. */
export function rememberReceipt(receipt: RememberedReceipt, isSecure: boolean): string[] {
  if (!receiptPattern.test(receipt.receiptNumber)) return []
  const { receiptNumber, token, isJustSubmitted } = receipt
  const common = { isSecure, isHttpOnly: true }
  const value = `${receiptNumber}.${token ?? ''}.${isJustSubmitted ? 'new' : ''}`
  const cookies = [setCookie(name, value, { ...common, path: '/receipt', maxAgeSeconds: followSeconds })]
  if (token && tokenPattern.test(token)) {
    const seen = `${receiptNumber}.${token}.`
    cookies.push(setCookie(name, seen, { ...common, path: `/r/${token}`, maxAgeSeconds: codePageSeconds }))
  }
  return cookies
}

/** Cookies that make the phone forget. */
export function forgetReceipt(token: string | null, isSecure: boolean): string[] {
  const paths = token && tokenPattern.test(token) ? ['/receipt', `/r/${token}`] : ['/receipt']
  return paths.map(path => setCookie(name, '', { path, maxAgeSeconds: 0, isSecure, isHttpOnly: true }))
}
