import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { openPictureStore } from '../../subgraphs/evaluations/pictures/open-picture-store.ts'
import { pictureKey } from '../../subgraphs/evaluations/pictures/picture-store.ts'
import { StartRefusal } from '../../subgraphs/shared/start-refusal.ts'
import { type S3Peer, startS3Peer } from '../kit/s3-peer.ts'

const now = new Date()
const key = pictureKey('5b8f0c1e-3f6a-4b0e-9a53-0d6c2f1b7e44', 'FULL')
let directory: string
let peer: S3Peer
beforeAll(async () => {
  directory = await mkdtemp(join(tmpdir(), 'hub-pictures-'))
  peer = await startS3Peer()
})
afterAll(async () => {
  await peer.stop()
  await rm(directory, { recursive: true, force: true })
})

test.each([
  ['a directory, made when it is missing', () => pathToFileURL(join(directory, '图片', 'kept')).href],
  ['a bucket', () => peer.address],
])('the address names %s', async (_, addressOf) => {
  const store = await openPictureStore(addressOf(), now)
  await store.put(key, Buffer.from('bytes'))
  expect(String(await store.get(key))).toBe('bytes')
  const again = await openPictureStore(addressOf(), now)
  expect(String(await again.get(key))).toBe('bytes')
})

test('a store that cannot be used declines the start in both languages, without the secret', async () => {
  const file = join(directory, 'file')
  await writeFile(file, '')
  for (const address of [pathToFileURL(join(file, 'pictures')).href, 's3://key:topsecret@host', 's3://host/bucket']) {
    const refused = await openPictureStore(address, now).catch(error => error)
    expect(refused, address).toBeInstanceOf(StartRefusal)
    expect(refused.code).toBe('PICTURES_UNUSABLE')
    expect(refused.message).toMatch(/无法使用图片存储 PICTURES_URL.*cannot be used/s)
    expect(refused.message).not.toContain('topsecret')
  }
})
