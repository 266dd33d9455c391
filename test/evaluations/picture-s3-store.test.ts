import { createHash, randomUUID } from 'node:crypto'
import { once } from 'node:events'
import { createServer } from 'node:net'
import { AwsClient } from 'aws4fetch'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { readS3Address, type S3Address } from '../../subgraphs/evaluations/pictures/s3-address.ts'
import { openS3Store } from '../../subgraphs/evaluations/pictures/s3-store.ts'
import { freePort } from '../kit/free-port.ts'
import { type S3Peer, signatureV4, startS3Peer } from '../kit/s3-peer.ts'

let peer: S3Peer
let address: S3Address
beforeEach(async () => {
  peer = await startS3Peer()
  address = readS3Address(peer.address)
})
afterEach(() => peer.stop())

test('the peer computes the signature of the example in Amazon’s own description', () => {
  const payloadHash = createHash('sha256').digest('hex')
  const headers: Record<string, string> = {
    host: 'examplebucket.s3.amazonaws.com',
    range: 'bytes=0-9',
    'x-amz-content-sha256': payloadHash,
    'x-amz-date': '20130524T000000Z',
  }
  const request = {
    method: 'GET',
    url: new URL('https://examplebucket.s3.amazonaws.com/test.txt'),
    names: Object.keys(headers),
    headers: (name: string) => headers[name]!,
    payloadHash,
    date: '20130524T000000Z',
    region: 'us-east-1',
  }
  expect(signatureV4(request, 'wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY')).toBe(
    'f0e8bdb87c964420e857bd35b5d6ed310bd44f0170aba48dd91039c6036bdb41',
  )
})

test('the peer refuses bytes other than the signed ones', async () => {
  const client = new AwsClient({ ...address, service: 's3', retries: 0 })
  const url = `${address.endpoint}/${address.bucket}/${randomUUID()}`
  const hash = createHash('sha256').update('signed').digest('hex')
  const sent = await client.fetch(url, { method: 'PUT', body: 'other', headers: { 'x-amz-content-sha256': hash } })
  expect([sent.status, await sent.text()]).toEqual([403, expect.stringContaining('XAmzContentSHA256Mismatch')])
  const unsigned = await fetch(url, { method: 'PUT', body: 'other' })
  expect([unsigned.status, await unsigned.text()]).toEqual([403, expect.stringContaining('AccessDenied')])
})

test.each([
  ['a wrong secret', { secretAccessKey: 'wrong' }, '403 SignatureDoesNotMatch'],
  ['a wrong key', { accessKeyId: 'WRONG' }, '403 InvalidAccessKeyId'],
  ['a wrong region', { region: 'elsewhere' }, '403 AuthorizationHeaderMalformed'],
  ['a bucket that is not there', { bucket: 'no-bucket' }, '404 NoSuchBucket'],
])('%s is said as it is, at once and without the secret', async (_what, wrong, said) => {
  const store = openS3Store({ ...address, ...wrong })
  for (const asking of [
    () => store.put(randomUUID(), Buffer.from('x')),
    () => store.get(randomUUID()),
    () => store.delete(randomUUID()),
  ]) {
    const fault = await asking().catch(error => error)
    expect(fault).toMatchObject({ code: 'PICTURE_STORE_REFUSED', message: expect.stringContaining(said) })
    expect(fault.message).toContain(address.endpoint)
    expect(JSON.stringify([fault.message, fault.stack])).not.toContain(address.secretAccessKey)
  }
  expect(peer.requests()).toBe(3)
})

test.each(['SLOW_DOWN', 'CUT'] as const)('three failures (%s) are overcome, the fourth is told', async how => {
  const store = openS3Store(address)
  const key = randomUUID()
  peer.failNext(3, how)
  await store.put(key, Buffer.from('at last'))
  expect(peer.requests()).toBe(4)
  expect(String(await store.get(key))).toBe('at last')
  peer.failNext(4, how)
  await expect(store.get(key)).rejects.toMatchObject({ code: 'PICTURE_STORE_UNREACHABLE' })
})

test('a store that is down is named', async () => {
  const endpoint = `http://127.0.0.1:${await freePort()}`
  await expect(openS3Store({ ...address, endpoint }).get(randomUUID())).rejects.toMatchObject({
    code: 'PICTURE_STORE_UNREACHABLE',
    message: expect.stringMatching(new RegExp(`${endpoint}/pictures failed 4 times.*ECONNREFUSED`)),
  })
})

test('a store that accepts and never answers is given up', async () => {
  const silent = createServer(() => {}).listen(0, '127.0.0.1')
  await once(silent, 'listening')
  const { port } = silent.address() as { port: number }
  const store = openS3Store({ ...address, endpoint: `http://127.0.0.1:${port}` }, 30)
  await expect(store.get(randomUUID())).rejects.toMatchObject({
    code: 'PICTURE_STORE_UNREACHABLE',
    message: expect.stringContaining('timeout'),
  })
  silent.close()
})

test('an address is read into its parts', () => {
  expect(readS3Address('s3://AK:a%2Fb%2Bc@oss.example.cn/pictures')).toEqual({
    endpoint: 'https://oss.example.cn',
    bucket: 'pictures',
    region: 'us-east-1',
    accessKeyId: 'AK',
    secretAccessKey: 'a/b+c',
  })
  expect(readS3Address('s3://AK:s@127.0.0.1:9000/pictures?region=cn-north-1&tls=false')).toMatchObject({
    endpoint: 'http://127.0.0.1:9000',
    region: 'cn-north-1',
  })
})

test.each([
  ['nonsense', 'is not an address'],
  ['https://AK:hidden@host/pictures', 'must begin with s3://'],
  ['s3://host/pictures', 'needs key and secret'],
  ['s3://AK:hidden@host', 'needs one bucket name'],
  ['s3://AK:hidden@host/pictures/inner', 'needs one bucket name'],
  ['s3://AK:hidden@host/pictures?tls=no', 'takes tls=true or tls=false'],
  ['s3://AK:hidden%@host/pictures', 'needs % in key and secret written as %25'],
])('the address %s is refused for its fault and not repeated', (text, said) => {
  const fault = (() => {
    try {
      return readS3Address(text)
    } catch (error) {
      return error as Error
    }
  })()
  expect(fault).toBeInstanceOf(TypeError)
  expect(fault).toMatchObject({ message: expect.stringContaining(said) })
  expect(String(fault)).not.toContain('hidden')
})
