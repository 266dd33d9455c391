import { randomBytes } from 'node:crypto'
import { LockMode } from '@mikro-orm/postgresql'
import { verify } from '@node-rs/argon2'
import type { Database } from '../../shared/database.ts'
import { type Refusal, refusal } from '../../shared/error-catalogue.ts'
import { newId } from '../../shared/uuid.ts'
import type { Viewer } from '../../shared/viewer.ts'
import { credentialHash } from '../domain/credential.ts'
import { viewerOfHolder } from '../domain/holder-viewer.ts'
import { isAskable } from '../domain/identifier.ts'
import { type Attempts, countAttempt } from '../domain/sign-in-delay.ts'
import { type Account, AccountSchema } from '../store/account.entity.ts'
import { SessionSchema } from '../store/session.entity.ts'
import type { UnknownNames } from '../store/unknown-names.ts'

const signInScope = { reach: 'EVERYTHING', name: 'sign-in' } as const
/** Life of a session, hours: one working day with its overtime. */
const sessionHours = 12

export type SignInParts = {
  database: Database
  now: () => Date
  unknownNames: UnknownNames
  /** Hash of a password that nobody has: unknown names cost the same work as known ones. */
  decoyHash: string
}
export type SignedIn = { token: string; expiresAt: Date; viewer: Viewer }
export type SignInRefusal = Refusal & { retryAfterSeconds: number }

/**
 * Signs a staff account in (登录). Each attempt is counted before its password is looked at; waits grow with failures in a row.
 * An unknown name, a closed account and a wrong password get the same answer after the same work.
 */
export async function signIn(
  parts: SignInParts,
  { name, password }: { name: string; password: string },
): Promise<SignedIn | SignInRefusal> {
  const { account, waitSeconds, attempts } = await beginAttempt(parts, name)
  if (waitSeconds > 0)
    return { ...refusal('SIGN_IN_TOO_SOON', { seconds: waitSeconds }), retryAfterSeconds: waitSeconds }
  const isRight = await verify(account?.passwordHash ?? parts.decoyHash, password)
  if (!account?.isActive || !isRight) {
    return { ...refusal('SIGN_IN_REFUSED'), retryAfterSeconds: secondsUntil(attempts.retryAfter, parts.now()) }
  }
  if (account.mustChangePassword && !account.isDemo) {
    await forgetFailures(parts.database, account.id)
    return { ...refusal('PASSWORD_CHANGE_REQUIRED'), retryAfterSeconds: 0 }
  }
  return openSession(parts, account.id)
}

type Attempt = { account: Account | null; waitSeconds: number; attempts: Attempts }

function beginAttempt({ database, now, unknownNames }: SignInParts, name: string): Promise<Attempt> {
  return database.inScope(signInScope, async ({ em }) => {
    const account = isAskable(name)
      ? await em.findOne(AccountSchema, { name }, { lockMode: LockMode.PESSIMISTIC_WRITE })
      : null
    const before = account ?? unknownNames.of(name)
    const { waitSeconds, next } = countAttempt(before, now())
    if (account) em.assign(account, next)
    else unknownNames.keep(name, next)
    return { account, waitSeconds, attempts: next }
  })
}

function openSession({ database, now }: SignInParts, accountId: string): Promise<SignedIn> {
  const token = `hub_s_${randomBytes(32).toString('base64url')}`
  const signedInAt = now()
  const expiresAt = new Date(signedInAt.getTime() + sessionHours * 3_600_000)
  return database.inScope(signInScope, async ({ em }) => {
    const account = await em.findOneOrFail(AccountSchema, accountId)
    em.assign(account, { failedCount: 0, retryAfter: null, lastSignedInAt: signedInAt })
    const session = em.create(SessionSchema, {
      id: newId(signedInAt.getTime()),
      tokenHash: credentialHash(token),
      accountId,
      createdAt: signedInAt,
      expiresAt,
      endedAt: null,
    })
    const viewer = viewerOfHolder({ ...account, name: account.displayName }, { id: session.id, expiresAt })
    return { token, expiresAt, viewer }
  })
}

async function forgetFailures(database: Database, accountId: string): Promise<void> {
  await database.inScope(signInScope, ({ em }) =>
    em.nativeUpdate(AccountSchema, accountId, { failedCount: 0, retryAfter: null }),
  )
}

const secondsUntil = (at: Date | null | undefined, now: Date) =>
  at ? Math.max(0, Math.ceil((at.getTime() - now.getTime()) / 1_000)) : 0
