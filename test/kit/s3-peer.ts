import { createHash, createHmac, timingSafeEqual } from 'node:crypto'
import { once } from 'node:events'
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { buffer } from 'node:stream/consumers'

export type S3Peer = {
  /** `s3://…`, as the hub is configured. */
  address: string
  /** How many requests came in, the failed ones included. */
  requests(): number
  /** The next `count` requests are answered 503, or their connections are cut. */
  failNext(count: number, how: 'SLOW_DOWN' | 'CUT'): void
  stop(): Promise<void>
}

const ACCESS_KEY_ID = 'PICTURESTEST'
// The characters that addresses and signatures have to escape.
const SECRET = 'wJalr/XUtn+FEMI=K7MDENG'
const REGION = 'cn-test-1'
const BUCKET = 'pictures'
const CLOCK_DIFFERENCE_MS = 15 * 60_000

/**
 * A small object store that speaks the part of S3 which pictures need: PUT, GET and DELETE of one object, by path, over
 * real HTTP. It is no mock of the client: every signature (AWS Signature V4, header form) is computed again from the
 * request as it arrived, the payload's hash from the bytes as they arrived, and the date is compared with the clock.
 * It is no product either: one bucket, in memory, written for these tests since no S3 server is installed with the hub.
 * `TEST_S3_URL` runs the contract against a given server as well.
 */
export async function startS3Peer(): Promise<S3Peer> {
  const objects = new Map<string, Buffer>()
  let requests = 0
  let failing: { count: number; how: 'SLOW_DOWN' | 'CUT' } = { count: 0, how: 'CUT' }
  const server = createServer(async (request, response) => {
    requests++
    if (failing.count > 0) {
      failing.count--
      return failing.how === 'CUT' ? request.socket.destroy() : answer(response, 503, 'SlowDown')
    }
    const body = await buffer(request)
    const fault = signatureFault(request, body)
    if (fault) return answer(response, 403, fault)
    const [, bucket, key = ''] = new URL(request.url!, 'http://peer').pathname.split('/')
    if (bucket !== BUCKET) return answer(response, 404, 'NoSuchBucket')
    if (request.method === 'PUT') {
      objects.set(key, body)
      return response.writeHead(200).end()
    }
    if (request.method === 'DELETE') {
      objects.delete(key)
      return response.writeHead(204).end()
    }
    const object = objects.get(key)
    return object ? response.writeHead(200).end(object) : answer(response, 404, 'NoSuchKey')
  }).listen(0, '127.0.0.1')
  await once(server, 'listening')
  const { port } = server.address() as AddressInfo
  return {
    address: `s3://${ACCESS_KEY_ID}:${encodeURIComponent(SECRET)}@127.0.0.1:${port}/${BUCKET}?region=${REGION}&tls=false`,
    requests: () => requests,
    failNext: (count, how) => {
      failing = { count, how }
    },
    async stop() {
      server.closeAllConnections()
      server.close()
      await once(server, 'close')
    },
  }
}

function answer(response: ServerResponse, status: number, code: string): void {
  response.writeHead(status, { 'content-type': 'application/xml' })
  response.end(`<?xml version="1.0" encoding="UTF-8"?><Error><Code>${code}</Code></Error>`)
}

const AUTHORIZATION =
  /^AWS4-HMAC-SHA256 Credential=(?<keyId>[^/]+)\/(?<scope>[^,]+), ?SignedHeaders=(?<signedHeaders>[^,]+), ?Signature=(?<signature>[0-9a-f]{64})$/

function signatureFault(request: IncomingMessage, body: Buffer): string | null {
  const given = AUTHORIZATION.exec(request.headers.authorization ?? '')?.groups
  if (!given) return 'AccessDenied'
  const { keyId, scope, signedHeaders = '', signature = '' } = given
  if (keyId !== ACCESS_KEY_ID) return 'InvalidAccessKeyId'
  const headers = (name: string) => String(request.headers[name] ?? '')
  const date = headers('x-amz-date')
  const sentAt = Date.parse(date.replace(/^(....)(..)(..T..)(..)(..Z)$/, '$1-$2-$3:$4:$5'))
  if (!(Math.abs(Date.now() - sentAt) < CLOCK_DIFFERENCE_MS)) return 'RequestTimeTooSkewed'
  if (scope !== `${date.slice(0, 8)}/${REGION}/s3/aws4_request`) return 'AuthorizationHeaderMalformed'
  const names = signedHeaders.split(';')
  if (!['host', 'x-amz-content-sha256', 'x-amz-date'].every(name => names.includes(name))) return 'AccessDenied'
  const payloadHash = createHash('sha256').update(body).digest('hex')
  if (headers('x-amz-content-sha256') !== payloadHash) return 'XAmzContentSHA256Mismatch'
  const url = new URL(request.url!, 'http://peer')
  const expected = signatureV4(
    { method: request.method!, url, names, headers, payloadHash, date, region: REGION },
    SECRET,
  )
  return timingSafeEqual(Buffer.from(signature), Buffer.from(expected)) ? null : 'SignatureDoesNotMatch'
}

/** What a signature covers; `names` are the signed headers, in order. */
export type SignedRequest = {
  method: string
  url: URL
  names: string[]
  headers: (name: string) => string
  payloadHash: string
  date: string
  region: string
}

/** AWS Signature V4 for S3 as Amazon describes it, in hexadecimal. */
export function signatureV4(request: SignedRequest, secret: string): string {
  const { method, url, names, headers, payloadHash, date, region } = request
  const path = decodeURIComponent(url.pathname).split('/').map(escaped).join('/')
  const query = [...url.searchParams]
    .map(pair => pair.map(escaped).join('='))
    .sort()
    .join('&')
  const lines = names.map(name => `${name}:${headers(name).trim().replace(/\s+/g, ' ')}\n`).join('')
  const canonical = [method, path, query, lines, names.join(';'), payloadHash].join('\n')
  const scope = [date.slice(0, 8), region, 's3', 'aws4_request']
  const hash = createHash('sha256').update(canonical).digest('hex')
  const key = scope.reduce<string | Buffer>((above, part) => hmac(above, part), `AWS4${secret}`)
  return hmac(key, ['AWS4-HMAC-SHA256', date, scope.join('/'), hash].join('\n')).toString('hex')
}

function hmac(key: string | Buffer, text: string): Buffer {
  return createHmac('sha256', key).update(text).digest()
}

function escaped(text: string): string {
  return encodeURIComponent(text).replace(/[!'()*]/g, c => `%${c.charCodeAt(0).toString(16).toUpperCase()}`)
}
