import { fork } from 'node:child_process'
import { randomUUID } from 'node:crypto'
import { once } from 'node:events'
import { mkdtemp, readdir, rm, stat, utimes, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { openDiskStore } from '../../subgraphs/evaluations/pictures/disk-store.ts'

let directory: string
beforeEach(async () => {
  directory = await mkdtemp(join(tmpdir(), 'pictures-'))
})
afterEach(() => rm(directory, { recursive: true }))

const incoming = () => join(directory, 'incoming')
const inAnHour = () => new Date(Date.now() + 3_600_000)

test('only this account may enter the folders and read the files, and a picture lies in the folder of its last digits', async () => {
  const store = await openDiskStore(join(directory, 'new'), new Date())
  const key = '01980000-0000-7000-8000-0000000000ab'
  await store.put(key, Buffer.from('x'))
  await store.put(`${key}.thumb`, Buffer.from('y'))
  const mode = async (...path: string[]) => ((await stat(join(directory, 'new', ...path))).mode & 0o777).toString(8)
  expect([await mode(), await mode('incoming'), await mode('ab')]).toEqual(['700', '700', '700'])
  expect([await mode('ab', key), await mode('ab', `${key}.thumb`)]).toEqual(['600', '600'])
})

test('a picture put is there for the next process', async () => {
  const key = randomUUID()
  await (await openDiskStore(directory, new Date())).put(key, Buffer.from('kept'))
  expect(String(await (await openDiskStore(directory, inAnHour())).get(key))).toBe('kept')
})

test('a process killed while it writes leaves every picture whole or absent, and its leftovers are cleared', async () => {
  // A kill may fall between two writes, so it is repeated until one has left a half-written file.
  for (let left = 0; left === 0; ) {
    const writer = fork(new URL('picture-disk-writer.ts', import.meta.url), [directory], { stdio: 'ignore' })
    await expect
      .poll(async () => (await readdir(incoming()).catch(() => [])).length, { interval: 1 })
      .toBeGreaterThan(0)
    writer.kill('SIGKILL')
    await once(writer, 'exit')
    left = (await readdir(incoming())).length
  }
  const store = await openDiskStore(directory, inAnHour())
  expect(await readdir(incoming())).toEqual([])
  for (const folder of (await readdir(directory)).filter(name => name !== 'incoming')) {
    for (const key of await readdir(join(directory, folder))) {
      const bytes = (await store.get(key))!
      expect(bytes.equals(Buffer.alloc(4_000_000, bytes[0]))).toBe(true)
    }
  }
})

test('what another process is writing right now is left alone', async () => {
  await openDiskStore(directory, new Date())
  const [fresh, old] = [join(incoming(), 'fresh'), join(incoming(), 'old')]
  await writeFile(fresh, 'half')
  await writeFile(old, 'half')
  const yesterday = new Date(Date.now() - 86_400_000)
  await utimes(old, yesterday, yesterday)
  await openDiskStore(directory, new Date())
  expect(await readdir(incoming())).toEqual(['fresh'])
})

test('a picture that cannot be written throws and leaves nothing behind', async () => {
  const store = await openDiskStore(directory, new Date())
  const key = '01980000-0000-7000-8000-0000000000cd'
  await writeFile(join(directory, 'cd'), 'a file where the folder should be')
  await expect(store.put(key, Buffer.from('x'))).rejects.toThrow('EEXIST')
  expect(await readdir(incoming())).toEqual([])
})
