import { once } from 'node:events'
import { existsSync } from 'node:fs'
import { readdir, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { describe, expect } from 'vitest'
import { identifyProcess } from '../../db/data-dir-process-identity.ts'
import { Application } from './embedded-application.ts'
import { ask, eventually, gone, keepNote, notes, script, test } from './embedded-scene.ts'

describe('After a kill', () => {
  test('of the application, its server is taken on with its data, and stopped at the end', async ({ scene }) => {
    const killed = scene.launch()
    const before = await killed.says('started')
    await keepNote(before.ownerUrl, 'kept')
    const orphan = await scene.postmaster()
    await killed.end('SIGKILL')

    const next = await scene.start()
    expect({ ...next, stop: undefined }).toEqual({ ...before, adopted: true, stop: undefined })
    expect(await scene.postmaster()).toBe(orphan)
    expect(await notes(next.ownerUrl)).toEqual(['kept'])
    await next.stop()
    expect(await identifyProcess(orphan)).toBeUndefined()
  })

  test('of the application, a server that no longer answers is ended and another one started', async ({ scene }) => {
    const killed = scene.launch()
    await keepNote((await killed.says('started')).ownerUrl, 'kept')
    const orphan = await scene.postmaster()
    await killed.end('SIGKILL')
    process.kill(orphan, 'SIGSTOP')

    const next = await scene.start()
    expect(next.adopted).toBe(false)
    expect(await identifyProcess(orphan)).toBeUndefined()
    expect(await notes(next.ownerUrl)).toEqual(['kept'])
  })

  test('of the server, the next start recovers what was committed', async ({ scene }) => {
    const first = await scene.start()
    await keepNote(first.ownerUrl, 'committed')
    const postmaster = await scene.postmaster()
    process.kill(postmaster, 'SIGKILL')
    await gone(postmaster)
    await first.stop()

    const next = await scene.start()
    expect(next.adopted).toBe(false)
    expect(await notes(next.ownerUrl)).toEqual(['committed'])
  })

  test('of both at once, the next start recovers what was committed', async ({ scene }) => {
    const killed = scene.launch()
    await keepNote((await killed.says('started')).ownerUrl, 'committed')
    process.kill(await scene.postmaster(), 'SIGKILL')
    await killed.end('SIGKILL')
    expect(await notes((await scene.start()).ownerUrl)).toEqual(['committed'])
  })

  test('and a new owner of the process number, that stranger is left alone', async ({ scene }) => {
    await (await scene.start()).stop()
    const stranger = new Application(script, [join(scene.home, 'elsewhere'), 'directory'])
    scene.undo.push(() => stranger.end('SIGKILL'))
    await stranger.says('opened')
    const cluster = await scene.clusterOf()
    await writeFile(join(cluster, 'postmaster.pid'), `${stranger.process.pid}\n${cluster}\n1\n21000\n`)
    const next = await scene.start()
    expect(next.adopted).toBe(false)
    expect(await identifyProcess(stranger.process.pid!)).toBeDefined()
  })

  test('in the middle of initdb, the next start makes the cluster anew', async ({ scene }) => {
    const killed = scene.launch()
    const place = join(scene.path, 'postgres')
    await eventually(async () => {
      const draft = (await readdir(place)).find(entry => /^cluster\.new-\w+$/.test(entry))
      expect(existsSync(join(place, String(draft), 'PG_VERSION'))).toBe(true)
    })
    await killed.end('SIGKILL')
    expect(existsSync(join(place, 'cluster'))).toBe(false)

    const next = await scene.start()
    expect(await ask(next.applicationUrl, 'SELECT current_user AS login')).toEqual([{ login: 'hub_application' }])
    expect(await readdir(place)).toEqual(['cluster'])
  })

  test('right after initdb, the next start finishes the work', async ({ scene }) => {
    const killed = scene.launch()
    await eventually(() => expect(existsSync(join(scene.path, 'postgres', 'cluster'))).toBe(true))
    await killed.end('SIGKILL')

    const next = await scene.start()
    expect(await ask(next.applicationUrl, 'SELECT current_user AS login')).toEqual([{ login: 'hub_application' }])
    expect(await ask(next.ownerUrl, 'SELECT current_user AS login')).toEqual([{ login: 'hub_owner' }])
  })

  test('by Ctrl-C for everything in the terminal, the server lives on and is taken on', async ({ scene }) => {
    const application = scene.launch({ detached: true })
    const started = await application.says('started')
    const server = await scene.postmaster()
    const closed = once(application.process, 'close')
    process.kill(-application.process.pid!, 'SIGINT')
    await closed

    const next = await scene.start()
    expect(next.adopted).toBe(true)
    expect(next.port).toBe(started.port)
    expect(await scene.postmaster()).toBe(server)
  })
})
