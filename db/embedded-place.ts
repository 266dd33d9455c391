import { createHash } from 'node:crypto'
import { existsSync } from 'node:fs'
import { chmod, chown, mkdir, mkdtemp, readdir, readFile, rm, stat } from 'node:fs/promises'
import { basename, dirname, join } from 'node:path'
import { StartRefusal } from '../subgraphs/shared/start-refusal.ts'
import { writePrivateFile } from './data-dir-private-file.ts'
import { runAs, type ServerUser } from './embedded-server-user.ts'

/** Where the cluster of a data directory lies when the server's user cannot enter that directory. */
type Pointer = { place: string; dataDirectory: string }

/**
 * Where a place outside DATA_DIR may be made. /var/tmp comes last: many systems remove what nobody has touched there
 * for thirty days, and a sleeping database is just that.
 */
const PARENTS = process.platform === 'darwin' ? ['/var/db', '/var/tmp'] : ['/var/lib', '/var/tmp']

const pointerOf = (dataDirectory: string) => join(dataDirectory, 'postgres-place.json')
const insideOf = (dataDirectory: string) => join(dataDirectory, 'postgres')

/** The directory that already holds this data directory's cluster (or was chosen for it), if there is one. */
export async function findPlace(dataDirectory: string, log: (line: string) => void): Promise<string | undefined> {
  const pointer = await readPointer(dataDirectory)
  if (!pointer) {
    const inside = insideOf(dataDirectory)
    return existsSync(join(inside, 'cluster')) ? inside : undefined
  }
  if (pointer.dataDirectory !== dataDirectory) {
    if ((await readPointer(pointer.dataDirectory))?.place === pointer.place) {
      log(`${dataDirectory} is a copy of ${pointer.dataDirectory}; its database stays there, this copy gets a new one`)
      await rm(pointerOf(dataDirectory))
      return undefined
    }
    await writePrivateFile(pointerOf(dataDirectory), JSON.stringify({ ...pointer, dataDirectory }))
  }
  if (!existsSync(pointer.place)) throw placeMissing(dataDirectory, pointer.place)
  return pointer.place
}

/**
 * Makes the directory for a new cluster: inside DATA_DIR where the server's user can get there, else (root's DATA_DIR
 * below a closed directory such as /root) in a place that it can enter, with a pointer file in DATA_DIR naming it.
 */
export async function makePlace(dataDirectory: string, user: ServerUser, log: (line: string) => void): Promise<string> {
  const inside = insideOf(dataDirectory)
  if (!user) {
    await mkdir(inside, { recursive: true, mode: 0o700 })
    return inside
  }
  if (await canEnter(user, dirname(dataDirectory))) {
    await mkdir(inside, { recursive: true })
    await openTheWay(dataDirectory, inside)
    if (await canKeepData(user, inside)) return inside
    await rm(inside, { recursive: true })
  }
  return await makePlaceOutside(dataDirectory, user, log)
}

/** Lets the server's user pass through (not list) root's directories on the way to its own; what matters is 0600. */
export async function openTheWay(...directories: string[]): Promise<void> {
  for (const directory of directories) await chmod(directory, ((await stat(directory)).mode & 0o777) | 0o011)
}

/** Gives a file or directory to the server's user; nothing to do when that is the user we are. */
export async function giveTo(user: ServerUser, path: string): Promise<void> {
  if (user) await chown(path, user.uid >>> 0, user.gid >>> 0)
}

/** Removes what a start that was cut off left half done. */
export async function sweepDrafts(place: string): Promise<void> {
  for (const entry of await readdir(place)) {
    // An initdb whose parent was killed may still be writing for a moment, hence the retries.
    if (entry.includes('.new-') || entry.startsWith('probe-'))
      await rm(join(place, entry), { recursive: true, force: true, maxRetries: 10, retryDelay: 100 })
  }
}

async function makePlaceOutside(dataDirectory: string, user: ServerUser, log: (line: string) => void): Promise<string> {
  const name = `haochaping-hub-${createHash('sha256').update(dataDirectory).digest('hex').slice(0, 12)}-`
  for (const parent of PARENTS) {
    for (const left of (await readdir(parent).catch(() => [])).filter(entry => entry.startsWith(name)))
      log(`${join(parent, left)} belonged to an earlier ${dataDirectory}; delete it if nobody needs that data`)
    // A fresh random name, so that nobody can have prepared the directory (and the programs in it) beforehand.
    const place = await mkdtemp(join(parent, name)).catch(() => undefined)
    if (!place) continue
    await openTheWay(place)
    if (await canKeepData(user, place)) {
      await writePrivateFile(pointerOf(dataDirectory), JSON.stringify({ place, dataDirectory } satisfies Pointer))
      log(`the server's user cannot enter ${dataDirectory}; its database lies in ${place}`)
      return place
    }
    await rm(place, { recursive: true })
  }
  throw noPlace(dataDirectory)
}

const canEnter = async (user: ServerUser, directory: string) =>
  (await runAs(user, '/bin/sh', ['-c', 'cd "$0"', directory])).code === 0

async function canKeepData(user: ServerUser, place: string): Promise<boolean> {
  const probe = await mkdtemp(join(place, 'probe-'))
  try {
    await giveTo(user, probe)
    return (await runAs(user, '/bin/sh', ['-c', 'cd "$0" && : > probe', probe])).code === 0
  } catch {
    return false
  } finally {
    await rm(probe, { recursive: true })
  }
}

async function readPointer(dataDirectory: string): Promise<Pointer | undefined> {
  const text = await readFile(pointerOf(dataDirectory), 'utf8').catch(() => undefined)
  return text === undefined ? undefined : (JSON.parse(text) as Pointer)
}

function placeMissing(dataDirectory: string, place: string): StartRefusal {
  const pointer = basename(pointerOf(dataDirectory))
  return new StartRefusal(
    'EMBEDDED_PLACE_MISSING',
    `数据目录 ${dataDirectory} 的数据库应位于 ${place}，但该目录已不存在，请恢复该目录，或删除 ${dataDirectory}/${pointer} 以空库重新开始。`,
    `The database of ${dataDirectory} should lie in ${place}, which is gone; bring it back, or delete ${dataDirectory}/${pointer} to start with an empty one.`,
  )
}

function noPlace(dataDirectory: string): StartRefusal {
  return new StartRefusal(
    'EMBEDDED_PLACE_UNAVAILABLE',
    `PostgreSQL 的运行用户不能进入 ${dataDirectory}，${PARENTS.join('、')} 也不可用，请把 DATA_DIR 指向其他用户可以进入的目录。`,
    `The user that PostgreSQL runs as cannot enter ${dataDirectory}, and ${PARENTS.join(' and ')} cannot be used either; point DATA_DIR at a directory that other users can enter.`,
  )
}
