import { chmod, mkdir, mkdtemp, readdir, rm, stat, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { openDataDirectory } from '../../db/data-dir.ts'
import { Application } from './embedded-application.ts'

const script = join(import.meta.dirname, 'embedded-start.ts')
const isRoot = process.getuid?.() === 0
if (!isRoot) console.log('skipped: the run of data-dir tests as another user (this is not root)')

/** Whoever has the lock leaves two names: his claim, and the mark that it is held. */
const claimAndMark = 2

describe('The data directory', () => {
  let home: string
  let path: string
  const applications: Application[] = []
  const open = (options = {}) => {
    const application = new Application(script, [path, 'directory'], options)
    applications.push(application)
    return application
  }

  beforeEach(async () => {
    home = await mkdtemp(join(tmpdir(), 'data-dir-test-'))
    path = join(home, 'state', 'data')
  })
  afterEach(async () => {
    for (const application of applications.splice(0)) await application.end('SIGKILL')
    await rm(home, { recursive: true })
  })

  test('is created with its parents for its owner alone', async () => {
    const directory = await openDataDirectory(path)
    expect(directory.path).toBe(path)
    expect((await stat(path)).mode & 0o777).toBe(0o700)
    await directory.release()
  })

  test('is refused in one sentence while a live process has it, and free once that has let go', async () => {
    const first = open()
    await first.says('opened')
    const pid = first.process.pid
    expect(await open().says('refused')).toEqual({
      code: 'DATA_DIR_IN_USE',
      message:
        `数据目录 DATA_DIR ${path} 正由进程 ${pid} 使用，请先停止该进程，或为本副本另行指定 DATA_DIR 和 PORT。 ` +
        `DATA_DIR ${path} is in use by process ${pid}; stop it or give this copy its own DATA_DIR and PORT.`,
    })
    expect(await first.end('SIGTERM')).toBe(0)
    expect(await open().says('opened')).toBe(path)
  })

  test('is taken over from a process that was killed', async () => {
    const first = open()
    await first.says('opened')
    await first.end('SIGKILL')
    const dead = await readdir(join(path, 'application-lock'))
    expect(dead).toHaveLength(claimAndMark)
    expect(await open().says('opened')).toBe(path)
    const living = await readdir(join(path, 'application-lock'))
    expect(living).toHaveLength(claimAndMark)
    expect(living.filter(name => dead.includes(name))).toEqual([])
  })

  test('is taken over when the number of its dead process now belongs to another one', async () => {
    const claims = join(path, 'application-lock')
    await mkdir(claims, { recursive: true })
    await writeFile(join(claims, `${process.pid}@1@an-earlier-life`), '')
    expect(await open().says('opened')).toBe(path)
  })

  test('goes to exactly one of several processes that start at once after a kill', async () => {
    const killed = open()
    await killed.says('opened')
    await killed.end('SIGKILL')
    const starters = Array.from({ length: 6 }, () => open())
    const outcomes = await Promise.all(
      starters.map(starter => Promise.any([starter.says('opened'), starter.says('refused').then(({ code }) => code)])),
    )
    expect(outcomes.toSorted()).toEqual([path, ...Array(5).fill('DATA_DIR_IN_USE')])
  })

  test('goes to exactly one of many attempts of one process', async () => {
    const attempts = await Promise.allSettled(Array.from({ length: 30 }, () => openDataDirectory(path)))
    const [opened, ...more] = attempts.filter(attempt => attempt.status === 'fulfilled')
    expect(more).toEqual([])
    expect(opened?.value.path).toBe(path)
    await opened?.value.release()
    await (await openDataDirectory(path)).release()
  })

  test('is refused in one sentence when a file has its name or that of a parent', async () => {
    await writeFile(join(home, 'state'), '')
    for (const taken of [join(home, 'state'), path])
      await expect(openDataDirectory(taken)).rejects.toMatchObject({
        name: 'StartRefusal',
        code: 'DATA_DIR_NOT_A_DIRECTORY',
        message:
          `数据目录 DATA_DIR ${taken} 或其上级是文件而不是目录，请改为指向一个目录。 ` +
          `DATA_DIR ${taken} or a part of that path is a file, not a directory; point DATA_DIR at a directory.`,
      })
  })

  test.runIf(isRoot)('is refused in one sentence when this user may not create it or write in it', async () => {
    await chmod(home, 0o755)
    const asNobody = { uid: 65534, gid: 65534 }
    const refusal = {
      code: 'DATA_DIR_NOT_WRITABLE',
      message:
        `当前用户不能创建或写入数据目录 DATA_DIR ${path}（EACCES），请授予写权限，或把 DATA_DIR 指向可写的目录。 ` +
        `DATA_DIR ${path} cannot be created or written by this user (EACCES); ` +
        'grant write permission or point DATA_DIR at a directory that can be written.',
    }
    expect(await open(asNobody).says('refused')).toEqual(refusal)
    await mkdir(path, { recursive: true, mode: 0o755 })
    expect(await open(asNobody).says('refused')).toEqual(refusal)
  })
})
