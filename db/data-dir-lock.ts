import { randomUUID } from 'node:crypto'
import { mkdir, readdir, rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import { identifyProcess } from './data-dir-process-identity.ts'

/** Either the lock is ours until released, or it names the live process that has it. */
export type LockAttempt = { release(): Promise<void> } | { heldBy: number }

const ATTEMPTS = 6
const LONGEST_PAUSE_MS = 80

/**
 * Takes the application lock (应用锁) of a data directory for this process.
 *
 * Each starter first puts down a claim of its own (`<pid>@<start time>@<random>`) and has the lock when it then finds
 * no other live claim beside it. Of two starters the later one to put down a claim finds the earlier one's, so both can
 * never succeed. Where several meet, all but the first by name withdraw and come back after a random pause, so one gets
 * through. A claim of a dead process needs no taking over, it is swept: its name can never become that of a living one
 * again, so there is no moment at which a fresh lock could be mistaken for the stale one and removed.
 */
export async function takeApplicationLock(directory: string): Promise<LockAttempt> {
  const claims = join(directory, 'application-lock')
  await mkdir(claims, { recursive: true, mode: 0o700 })
  const self = await identifyProcess(process.pid)
  const claim = `${process.pid}@${encodeURIComponent(self?.startedAt ?? '')}@${randomUUID()}`
  const release = () => rm(join(claims, claim), { force: true })
  for (let attempt = 1; ; attempt++) {
    await writeFile(join(claims, claim), '', { mode: 0o600 })
    const others = await otherLiveClaims(claims, claim)
    const [first] = others
    if (first === undefined) return { release }
    if (attempt === ATTEMPTS || others.some(other => other < claim)) await release()
    if (attempt === ATTEMPTS) return { heldBy: pidOf(first) }
    await pause(1 + Math.random() * LONGEST_PAUSE_MS)
  }
}

async function otherLiveClaims(claims: string, own: string): Promise<string[]> {
  const live: string[] = []
  for (const claim of await readdir(claims)) {
    if (claim === own) continue
    const found = await identifyProcess(pidOf(claim))
    const startedAt = decodeURIComponent(claim.split('@')[1] ?? '')
    if (found && (found.startedAt === '' || found.startedAt === startedAt)) live.push(claim)
    else await rm(join(claims, claim), { force: true })
  }
  return live
}

const pidOf = (claim: string) => Number(claim.split('@')[0])
