import { randomUUID } from 'node:crypto'
import { mkdir, open, readdir, readFile, rename, rm, stat } from 'node:fs/promises'
import { join } from 'node:path'
import { type PictureStore, requirePictureKey } from './picture-store.ts'

const INCOMING = 'incoming'
// Another process may be writing into the same directory; what is older than this was left by a crash.
const LEFTOVER_AFTER_MS = 10 * 60_000
const UUID_CHARACTERS = 36

/**
 * Pictures as files below a directory that only this account may enter. Written beside, flushed and renamed, so that a
 * crash leaves the old file or the new one; what crashes left unfinished is cleared away here.
 */
export async function openDiskStore(directory: string, now: Date): Promise<PictureStore> {
  const incoming = join(directory, INCOMING)
  await mkdir(incoming, { recursive: true, mode: 0o700 })
  await clearLeftovers(incoming, now)
  const folderOf = (key: string) => join(directory, shardOf(requirePictureKey(key)))
  return {
    async put(key, bytes) {
      const folder = folderOf(key)
      if (await mkdir(folder, { recursive: true, mode: 0o700 })) await flushFolder(directory)
      const temporary = join(incoming, randomUUID())
      try {
        await writeFlushed(temporary, bytes)
        await rename(temporary, join(folder, key))
      } catch (error) {
        await rm(temporary, { force: true })
        throw error
      }
      await flushFolder(folder)
    },
    get: async key => nullIfAbsent(readFile(join(folderOf(key), key))),
    async delete(key) {
      const folder = folderOf(key)
      await rm(join(folder, key), { force: true })
      await nullIfAbsent(flushFolder(folder))
    },
  }
}

// The last two digits: ids begin with the time, their beginnings would all fall into one folder.
function shardOf(key: string): string {
  return key.slice(UUID_CHARACTERS - 2, UUID_CHARACTERS)
}

async function clearLeftovers(incoming: string, now: Date): Promise<void> {
  for (const name of await readdir(incoming)) {
    const file = join(incoming, name)
    const written = await nullIfAbsent(stat(file))
    if (written && now.getTime() - written.mtimeMs > LEFTOVER_AFTER_MS) await rm(file, { force: true })
  }
}

async function writeFlushed(file: string, bytes: Uint8Array): Promise<void> {
  await using handle = await open(file, 'wx', 0o600)
  await handle.writeFile(bytes)
  await handle.sync()
}

async function flushFolder(folder: string): Promise<void> {
  await using handle = await open(folder, 'r')
  await handle.sync()
}

async function nullIfAbsent<T>(outcome: Promise<T>): Promise<T | null> {
  try {
    return await outcome
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return null
    throw error
  }
}
