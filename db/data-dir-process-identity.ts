import { execFile } from 'node:child_process'
import { readFile } from 'node:fs/promises'
import { promisify } from 'node:util'

const run = promisify(execFile)

/** What tells a running process from a later one that was given the same number. */
export type ProcessIdentity = { startedAt: string; command: string }

/**
 * Looks a process up by its number: undefined when none runs under it. A zombie counts as gone: it holds nothing any
 * more, but in a container whose process 1 does not reap it would answer signals for ever. `startedAt` and `command`
 * are empty where the system hides other users' processes.
 */
export async function identifyProcess(pid: number): Promise<ProcessIdentity | undefined> {
  if (!Number.isSafeInteger(pid) || pid <= 0 || !answersSignals(pid)) return undefined
  return process.platform === 'linux' ? await fromProc(pid) : await fromPs(pid)
}

function answersSignals(pid: number): boolean {
  try {
    process.kill(pid, 0)
    return true
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM'
  }
}

async function fromProc(pid: number): Promise<ProcessIdentity | undefined> {
  const stat = await readFile(`/proc/${pid}/stat`, 'utf8').catch(() => undefined)
  if (stat === undefined) return answersSignals(pid) ? { startedAt: '', command: '' } : undefined
  // The second field is the program's name in parentheses and may itself hold blanks and parentheses.
  const [state, ...rest] = stat.slice(stat.lastIndexOf(')') + 2).split(' ')
  if (state === 'Z' || state === 'X') return undefined
  const command = await readFile(`/proc/${pid}/cmdline`, 'utf8').catch(() => '')
  // Field 22 of proc(5): clock ticks between boot and the start of the process.
  return { startedAt: rest[18] ?? '', command: command.split('\0').join(' ').trim() }
}

async function fromPs(pid: number): Promise<ProcessIdentity | undefined> {
  const ask = async (column: string) => {
    const answer = await run('ps', ['-ww', '-o', `${column}=`, '-p', String(pid)], {
      env: { LC_ALL: 'C', PATH: '/bin:/usr/bin' },
    })
    return answer.stdout.trim()
  }
  try {
    const [state, startedAt, command] = [await ask('stat'), await ask('lstart'), await ask('command')]
    return state.startsWith('Z') ? undefined : { startedAt, command }
  } catch {
    return answersSignals(pid) ? { startedAt: '', command: '' } : undefined
  }
}
