import { randomUUID } from 'node:crypto'
import { mkdir, readdir, rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import { identifyProcess } from './data-dir-process-identity.ts'

/** Either the lock is ours until released, or it names the live process that has it. */
export type LockAttempt = { release(): Promise<void> } | { heldBy: number }

/** Tries beside rivals that have not the lock either; with pauses of 40 ms on average some seconds, since a busy machine lets one wait. */
const ATTEMPTS = 100
const LONGEST_PAUSE_MS = 80
/** Ends the name of the mark that whoever has the lock puts beside his claim, so that others need not wait to see whether he withdraws. */
const HELD = '@held'

/**
 * Takes the application lock (应用锁) of a data directory for this process.
 *
 * Each starter first puts down a claim of its own (`<pid>@<start time>@<random>`) and has the lock when it then finds
 * no other live claim beside it. Of two starters the later one to put down a claim finds the earlier one's, so both can
 * never succeed. Where several meet, all but the first by name withdraw and come back after a random pause, so one gets
 * through; it puts a mark beside its claim, and the others are refused. A claim of a dead process needs no taking over, it is
 * swept: its name can never become that of a living one again, so there is no moment at which a fresh lock could be
 * mistaken for the stale one and removed.
 */
export async function takeApplicationLock(directory: string): Promise<LockAttempt> {
  const claims = join(directory, 'application-lock')
  await mkdir(claims, { recursive: true, mode: 0o700 })
  const self = await identifyProcess(process.pid)
  const claim = `${process.pid}@${encodeURIComponent(self?.startedAt ?? '')}@${randomUUID()}`
  const withdraw = (name: string) => rm(join(claims, name), { force: true })
  for (let attempt = 1; ; attempt++) {
    await writeFile(join(claims, claim), '', { mode: 0o600 })
    const others = await otherLiveClaims(claims, claim)
    if (others.length === 0) {
      // Beside the claim, not in its place: a directory read during a renaming may see neither name.
      await writeFile(join(claims, claim + HELD), '', { mode: 0o600 })
      return {
        async release() {
          await withdraw(claim + HELD)
          await withdraw(claim)
        },
      }
    }
    const holder = others.find(other => other.endsWith(HELD)) ?? (attempt === ATTEMPTS ? others[0] : undefined)
    if (holder !== undefined || others.some(other => other < claim)) await withdraw(claim)
    if (holder !== undefined) return { heldBy: pidOf(holder) }
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
