import DataLoader from 'dataloader'
import { seesWhoRated } from '../../shared/anonymity.ts'
import type { Database } from '../../shared/database.ts'
import { isId } from '../../shared/uuid.ts'
import type { Viewer } from '../../shared/viewer.ts'
import { invitationsOfCases, type ShownInvitation } from './sms-invitations.ts'

/** Invitations of cases, read together, under the viewer's scope. That one ended tells that a case was rated: not for the rated unit. */
export function createSmsInvitationLoader(database: Database, viewer: Viewer) {
  const invitations = new DataLoader<string, ShownInvitation | null>(async caseIds => {
    if (!seesWhoRated(viewer)) return caseIds.map(() => null)
    const found = await database.inScope(viewer.scope, tx => invitationsOfCases(tx, caseIds.filter(isId)))
    const byCase = new Map(found.map(invitation => [invitation.caseId, invitation]))
    return caseIds.map(caseId => byCase.get(caseId.toLowerCase()) ?? null)
  })
  return { smsInvitation: (caseId: string) => invitations.load(caseId) }
}
