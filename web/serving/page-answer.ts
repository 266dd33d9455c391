import type { FastifyReply, FastifyRequest } from 'fastify'
import { asLanguage, type Language } from '../kit/language.ts'
import type { ApplicationName, BuiltPages } from './built-pages.ts'
import { readCookie, setCookie } from './cookies.ts'
import type { PageFrame } from './page.tsx'
import { freshNonce, pageHeaders } from './page-headers.ts'

/** How long a chosen language is remembered, seconds. */
const languageSeconds = 365 * 24 * 60 * 60

/** The language asked for with `?lang=`, else the one remembered, else Chinese. */
export function languageOf(request: FastifyRequest): Language {
  const asked = asLanguage((request.query as { lang?: string }).lang)
  return asked ?? asLanguage(readCookie(request.headers.cookie, 'language')) ?? 'zh'
}

/** Sets the headers of a page and gives it its frame: language, nonce, files. */
export function openPage(
  request: FastifyRequest,
  reply: FastifyReply,
  pages: BuiltPages,
  application: ApplicationName,
  isSecure: boolean,
): PageFrame {
  const nonce = freshNonce()
  const language = languageOf(request)
  reply.headers(pageHeaders(nonce, request.headers.host))
  if (asLanguage((request.query as { lang?: string }).lang)) {
    const options = { path: '/', maxAgeSeconds: languageSeconds, isSecure, isHttpOnly: true }
    addCookies(reply, [setCookie('language', language, options)])
  }
  const files = pages.files[application]
  return files.styles === undefined
    ? { language, nonce, styleAddress: files.styleAddress, scriptAddress: files.scriptAddress }
    : { language, nonce, styles: files.styles, scriptAddress: files.scriptAddress }
}

/** Adds cookies to those set already. */
export function addCookies(reply: FastifyReply, cookies: string[]): void {
  const before = reply.getHeader('set-cookie')
  reply.header('set-cookie', [...(Array.isArray(before) ? before : before ? [String(before)] : []), ...cookies])
}
