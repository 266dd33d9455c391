import { parse } from 'graphql'
import { graphError } from '../../shared/graph-error.ts'
import type { Subgraph } from '../../shared/subgraph.ts'
import { systemViewer } from '../../shared/viewer.ts'

const ratings = parse(`
  query RatingsOfCases($cases: [_Any!]!) {
    _entities(representations: $cases) { ... on ServiceCase { id evaluations { score channel round evaluatedAt } } }
  }`)
const takeReply = parse(
  'mutation TakeSmsReply($invitationId: ID!, $level: Int!) { takeSmsReply(invitationId: $invitationId, level: $level) }',
)
const endInvitation = parse(
  'mutation EndSmsInvitation($invitationId: ID!, $reason: String!) { endSmsInvitation(invitationId: $invitationId, reason: $reason) }',
)

/** A first rating as far as messages must know of it. */
export type FirstRating = { score: number; channel: string; evaluatedAt: Date }

/** The first ratings of these cases, by case; cases that nobody rated are missing. @throws SUBGRAPH_UNAVAILABLE */
export async function firstRatings(
  evaluations: Subgraph,
  caseIds: readonly string[],
): Promise<Map<string, FirstRating>> {
  if (caseIds.length === 0) return new Map()
  const cases = caseIds.map(id => ({ __typename: 'ServiceCase', id }))
  const data = await asked(evaluations, ratings, { cases })
  type Answer = { id: string; evaluations: { score: number; channel: string; round: number; evaluatedAt: string }[] }
  return new Map(
    (data._entities as Answer[]).flatMap(({ id, evaluations: given }) => {
      const first = given.find(({ round }) => round === 1)
      return first ? [[id, { ...first, evaluatedAt: new Date(first.evaluatedAt) }] as const] : []
    }),
  )
}

/** What became of a level that came by reply (短信回复评价). */
export type ReplyTaken = { outcome: 'RATED' | 'ALREADY_RATED' | 'TOO_LATE' | 'NOT_RATEABLE'; detailsUrl?: string }

/** Hands a level to evaluations; the same one again is the same rating. @throws SUBGRAPH_UNAVAILABLE */
export async function takeSmsReply(evaluations: Subgraph, invitationId: string, level: number): Promise<ReplyTaken> {
  const data = await asked(evaluations, takeReply, { invitationId, level })
  return JSON.parse(String(data.takeSmsReply)) as ReplyTaken
}

/** Tells evaluations that an invitation's message will never arrive. @throws SUBGRAPH_UNAVAILABLE */
export async function endSmsInvitation(evaluations: Subgraph, invitationId: string): Promise<void> {
  await asked(evaluations, endInvitation, { invitationId, reason: 'UNDELIVERABLE' })
}

async function asked(evaluations: Subgraph, document: ReturnType<typeof parse>, variables: Record<string, unknown>) {
  const { data, errors } = await evaluations.execute({ document, variables, viewer: systemViewer('sweep') })
  if (errors || !data) throw graphError('SUBGRAPH_UNAVAILABLE')
  return data
}
