import type { Viewer } from '../../shared/viewer.ts'

/** A session of a person who signed in at an identity provider. */
export type CitizenSession = { sessionId: string; expiresAt: Date; citizenId: string; maskedName: string }

/** Who asks with a citizen's session (本人范围): himself, or under a mandate the agent of an organisation; he sees these cases alone. */
export function viewerOfCitizen(session: CitizenSession, isUnderMandate: boolean, caseIds: string[]): Viewer {
  return {
    id: session.citizenId,
    kind: 'CITIZEN',
    role: isUnderMandate ? 'ORGANISATION_AGENT' : 'CITIZEN',
    name: session.maskedName,
    scope: { reach: 'CASES', caseIds },
    sessionId: session.sessionId,
    expiresAt: Math.floor(session.expiresAt.getTime() / 1_000),
  }
}
