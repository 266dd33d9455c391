import { spawn } from 'node:child_process'
import { readFile, stat } from 'node:fs/promises'
import { userInfo } from 'node:os'
import { StartRefusal } from '../subgraphs/shared/start-refusal.ts'

/** Whom PostgreSQL runs as: another user's numbers when this process is root, nothing when it is this very user. */
export type ServerUser = { uid: number; gid: number } | undefined

/** What the server's processes are given instead of ours: no PGPORT or locale of the operator's shell may steer them. */
export const serverEnvironment = { LC_ALL: 'C', PATH: '/usr/local/bin:/usr/bin:/bin' }

/**
 * Chooses the user for PostgreSQL, which refuses to run as root: the owner of a cluster that already exists, else
 * `postgres`, else `nobody`. Only names of /etc/passwd count, because the server looks its own number up there.
 */
export async function chooseServerUser(existingCluster?: string): Promise<ServerUser> {
  if (process.getuid?.() !== 0) {
    if (!isKnownToTheSystem()) throw unknownUser()
    return undefined
  }
  const entries = await passwordEntries()
  const owner = existingCluster === undefined ? undefined : (await stat(existingCluster)).uid | 0
  const candidates = entries.filter(entry =>
    owner === undefined ? ['postgres', '_postgres', 'nobody'].includes(entry.name) : entry.uid === owner,
  )
  candidates.sort((one, other) => Number(one.name === 'nobody') - Number(other.name === 'nobody'))
  for (const { uid, gid } of candidates) {
    if (uid !== 0 && (await runAs({ uid, gid }, '/bin/sh', ['-c', ':'])).code === 0) return { uid, gid }
  }
  throw noUser()
}

/** Runs a command to its end as that user; `output` holds both streams, or why it could not be run. */
export function runAs(
  user: ServerUser,
  file: string,
  parameters: string[],
): Promise<{ code: number | null; output: string }> {
  return new Promise(resolve => {
    // Not in our working directory: it may be one that this user must not enter.
    const child = spawn(file, parameters, {
      ...user,
      cwd: '/',
      env: serverEnvironment,
      stdio: ['ignore', 'pipe', 'pipe'],
    })
    const output: string[] = []
    child.stdout.on('data', chunk => output.push(String(chunk)))
    child.stderr.on('data', chunk => output.push(String(chunk)))
    child.once('error', error => resolve({ code: null, output: error.message }))
    child.once('close', code => resolve({ code, output: output.join('') }))
  })
}

async function passwordEntries(): Promise<{ name: string; uid: number; gid: number }[]> {
  const lines = (await readFile('/etc/passwd', 'utf8')).split('\n')
  return lines.flatMap(line => {
    const [name = '', , uid, gid] = line.split(':')
    // macOS writes nobody as -2 where others write 4294967294; spawn takes only the signed spelling.
    return uid && gid && !name.startsWith('#') ? [{ name, uid: Number(uid) | 0, gid: Number(gid) | 0 }] : []
  })
}

function isKnownToTheSystem(): boolean {
  try {
    return userInfo().username !== ''
  } catch {
    return false
  }
}

function unknownUser(): StartRefusal {
  return new StartRefusal(
    'EMBEDDED_USER_UNKNOWN',
    `当前用户编号 ${process.getuid?.()} 不在 /etc/passwd 中，内置 PostgreSQL 无法以其身份运行，请为其添加账户，或设置 DATABASE_URL 使用外部数据库。`,
    `The current user number ${process.getuid?.()} has no entry in /etc/passwd, so the embedded PostgreSQL cannot run as it; add an entry or set DATABASE_URL to use another server.`,
  )
}

function noUser(): StartRefusal {
  return new StartRefusal(
    'EMBEDDED_USER_MISSING',
    '当前以 root 运行，而 PostgreSQL 不能以 root 运行，且没有可切换的 postgres 或 nobody 用户，请改用普通用户启动，或设置 DATABASE_URL 使用外部数据库。',
    'This runs as root, which PostgreSQL refuses, and there is no user postgres or nobody to switch to; start as an ordinary user or set DATABASE_URL to use another server.',
  )
}
