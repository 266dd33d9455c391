import type { IncomingHttpHeaders } from 'node:http'

/** Content types that a page of any site can make a browser send without asking us first (Fetch: CORS-safelisted). */
const simpleTypes = new Set(['application/x-www-form-urlencoded', 'multipart/form-data', 'text/plain'])

/** Any of these shows that the sender may set headers, which another site's page may not without a preflight. */
const provingHeaders = ['x-hub-client', 'apollo-require-preflight', 'x-apollo-operation-name']

/** Whether another site could have made a browser send this (跨站请求伪造); the rule is Apollo Server's. */
export function couldBeForged(headers: IncomingHttpHeaders): boolean {
  const type = headers['content-type']?.split(';')[0]?.trim().toLowerCase()
  if (type?.includes('/') && !simpleTypes.has(type)) return false
  return !provingHeaders.some(name => headers[name])
}
