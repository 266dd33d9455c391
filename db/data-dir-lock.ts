import { randomUUID } from 'node:crypto';
import { mkdir, open, readdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { identifyProcess } from './data-dir-process-identity.ts';

/** Either the lock is ours until released, or it names the live process that has it. */
export type LockAttempt = { release(): Promise<void> } | { heldBy: number };

const ATTEMPTS = 6;
const LONGEST_PAUSE_MS = 80;

/**
 * Takes the application lock (应用锁) of a data directory for this process.
 *
 * Each starter first puts down a claim of its own (`<pid>@<start time>@<random>`), then looks whether another live
 * claim lies beside it. Of two starters the later one to put down a claim sees the earlier one's, so both can never
 * succeed; at worst both withdraw and try again after a random pause. A claim of a dead process needs no taking over,
 * it is swept: its name can never become that of a living one again. So there is no moment at which a fresh lock
 * could be mistaken for the stale one and removed.
 */
export async function takeApplicationLock(directory: string): Promise<LockAttempt> {
  const claims = join(directory, 'application-lock');
  await mkdir(claims, { recursive: true, mode: 0o700 });
  const self = await identifyProcess(process.pid);
  for (let attempt = 1; ; attempt++) {
    const claim = `${process.pid}@${encodeURIComponent(self?.startedAt ?? '')}@${randomUUID()}`;
    await (await open(join(claims, claim), 'wx', 0o600)).close();
    const release = () => rm(join(claims, claim), { force: true });
    const heldBy = await anotherLiveClaim(claims, claim);
    if (heldBy === undefined) return { release };
    await release();
    if (attempt === ATTEMPTS) return { heldBy };
    await pause(1 + Math.random() * LONGEST_PAUSE_MS);
  }
}

async function anotherLiveClaim(claims: string, own: string): Promise<number | undefined> {
  for (const claim of await readdir(claims)) {
    if (claim === own) continue;
    const [pid = '', startedAt = ''] = claim.split('@');
    const found = await identifyProcess(Number(pid));
    if (found && (found.startedAt === '' || found.startedAt === decodeURIComponent(startedAt))) return Number(pid);
    await rm(join(claims, claim), { force: true });
  }
  return undefined;
}
