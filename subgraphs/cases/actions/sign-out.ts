import type { Database } from '../../shared/database.ts'
import type { Viewer } from '../../shared/viewer.ts'
import { endCitizenSession } from '../store/citizen-queries.ts'
import { SessionSchema } from '../store/session.entity.ts'

/** Ends the viewer's present session (退出), an account's or a citizen's; false when he came without one. Ending it twice is the same as once. */
export async function signOut({
  database,
  now,
  viewer,
}: {
  database: Database
  now: () => Date
  viewer: Viewer
}): Promise<boolean> {
  const { sessionId } = viewer
  if (!sessionId) return false
  await database.inScope({ reach: 'EVERYTHING', name: 'sign-in' }, async tx => {
    await tx.em.nativeUpdate(SessionSchema, { id: sessionId, endedAt: null }, { endedAt: now() })
    await endCitizenSession(tx, sessionId, now())
  })
  return true
}
