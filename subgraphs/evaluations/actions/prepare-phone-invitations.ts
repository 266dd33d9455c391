import type { Database } from '../../shared/database.ts'
import type { Subgraph } from '../../shared/subgraph.ts'
import { LONGEST_WINDOW_MS } from '../domain/phone-window.ts'
import {
  invitationsOfNobody,
  invitationsWithoutEnd,
  keepPeople,
  planPhoneInvitations,
  releaseOverdue,
  setInvitationEnd,
  unplannedCases,
} from '../store/phone-invitations.ts'
import { askPhoneKeys } from './ask-cases-of-callers.ts'
import { type PhonePlanning, plannedInvitation } from './plan-phone-invitation.ts'

export type PhonePreparation = PhonePlanning & { database: Database; cases: () => Subgraph }

const sweepScope = { reach: 'EVERYTHING', name: 'sweep' } as const
const BATCH = 200

/** Plans the invitations of cases that were closed in the last days before this subgraph heard of their closing, e.g. of a loaded past. */
export async function planMissedInvitations({ database, ...planning }: PhonePreparation): Promise<void> {
  const since = new Date(planning.now().getTime() - LONGEST_WINDOW_MS)
  let behind: string | null = null
  do {
    const cases = await database.inScope(sweepScope, async tx => {
      const found = await unplannedCases(tx, { since, behind, limit: BATCH })
      await planPhoneInvitations(
        tx,
        found.flatMap(serviceCase => plannedInvitation(serviceCase, planning) ?? []),
      )
      return found
    })
    behind = cases.length === BATCH ? cases.at(-1)!.caseId : null
  } while (behind !== null)
}

/**
 * Makes invitations ready to be called: who the persons are is asked of cases, ends that a missing calendar had left open are counted, what was
 * held too long is given back, what is too late ends. Answers whether there is more to do at once.
 *
 * @throws SUBGRAPH_UNAVAILABLE after all that needs no other subgraph was done
 */
export async function preparePhoneInvitations({ database, cases, ...planning }: PhonePreparation): Promise<boolean> {
  const now = planning.now()
  const nobodies = await database.inScope(sweepScope, async tx => {
    for (const serviceCase of await invitationsWithoutEnd(tx, BATCH)) {
      const expiresAt = plannedInvitation(serviceCase, planning)?.expiresAt
      if (expiresAt) await setInvitationEnd(tx, serviceCase.caseId, expiresAt)
    }
    await releaseOverdue(tx, now)
    return (await invitationsOfNobody(tx, BATCH)).map(({ caseId }) => caseId)
  })
  if (nobodies.length === 0) return false
  const known = await askPhoneKeys(cases(), nobodies)
  await database.inScope(sweepScope, tx => keepPeople(tx, nobodies, known, now))
  return nobodies.length === BATCH
}
