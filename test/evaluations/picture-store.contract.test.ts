import { randomBytes, randomUUID } from 'node:crypto'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { openDiskStore } from '../../subgraphs/evaluations/pictures/disk-store.ts'
import { type PictureStore, pictureKey } from '../../subgraphs/evaluations/pictures/picture-store.ts'
import { readS3Address } from '../../subgraphs/evaluations/pictures/s3-address.ts'
import { openS3Store } from '../../subgraphs/evaluations/pictures/s3-store.ts'
import { startS3Peer } from '../kit/s3-peer.ts'

type Opened = { store: PictureStore; close(): Promise<void> }

const stores: Record<string, () => Promise<Opened>> = {
  async disk() {
    const directory = await mkdtemp(join(tmpdir(), 'pictures-'))
    return { store: await openDiskStore(directory, new Date()), close: () => rm(directory, { recursive: true }) }
  },
  async S3() {
    const peer = await startS3Peer()
    return { store: openS3Store(readS3Address(peer.address)), close: peer.stop }
  },
}

const given = process.env.TEST_S3_URL
if (given) stores['given S3'] = async () => ({ store: openS3Store(readS3Address(given)), close: async () => {} })

describe.each(Object.entries(stores))('the picture store on %s', (_name, open) => {
  let opened: Opened
  let store: PictureStore
  beforeAll(async () => {
    opened = await open()
    store = opened.store
  })
  afterAll(() => opened.close())

  test('gives back what it was given, byte by byte', async () => {
    const [full, thumbnail] = [randomBytes(300_000), randomBytes(9_000)]
    const id = randomUUID()
    await store.put(pictureKey(id, 'FULL'), full)
    await store.put(pictureKey(id, 'THUMBNAIL'), thumbnail)
    expect((await store.get(id))?.equals(full)).toBe(true)
    expect((await store.get(`${id}.thumb`))?.equals(thumbnail)).toBe(true)
  })

  test('has nothing under a key that nobody put', async () => {
    expect(await store.get(randomUUID())).toBeNull()
  })

  test('the same key again replaces', async () => {
    const key = randomUUID()
    await store.put(key, Buffer.from('older and longer'))
    await store.put(key, Buffer.from('newer'))
    expect(String(await store.get(key))).toBe('newer')
  })

  test('twenty writers of one key leave one whole picture', async () => {
    const key = randomUUID()
    const pictures = Array.from({ length: 20 }, (_, i) => Buffer.alloc(50_000 + i, i))
    await Promise.all(pictures.map(bytes => store.put(key, bytes)))
    const kept = await store.get(key)
    expect(pictures.some(bytes => kept?.equals(bytes))).toBe(true)
  })

  test('deletes one picture and minds no second time', async () => {
    const [gone, other] = [randomUUID(), randomUUID()]
    await store.put(gone, Buffer.from('gone'))
    await store.put(other, Buffer.from('other'))
    await store.delete(gone)
    await store.delete(gone)
    await store.delete(randomUUID())
    expect(await store.get(gone)).toBeNull()
    expect(String(await store.get(other))).toBe('other')
  })

  test('a buffer that is a window on a larger one is kept as that window', async () => {
    const key = randomUUID()
    await store.put(key, Buffer.from('--window--').subarray(2, 8))
    expect(String(await store.get(key))).toBe('window')
  })

  test.each([
    '',
    '..',
    '../../etc/passwd',
    `../${randomUUID()}`,
    `${randomUUID()}/../x`,
    `${randomUUID()}\0`,
    `${randomUUID()}\n`,
    `${randomUUID()}.thumb.thumb`,
    randomUUID().toUpperCase().replace(/^./, 'A'),
    '........-....-....-....-............',
  ])('the key %j is none', async key => {
    await expect(store.put(key, Buffer.from('x'))).rejects.toThrow(RangeError)
    await expect(store.get(key)).rejects.toThrow(RangeError)
    await expect(store.delete(key)).rejects.toThrow(RangeError)
  })
})
