import { type DocumentNode, parse } from 'graphql'
import { graphError } from '../../shared/graph-error.ts'
import type { SourceMapping } from '../../shared/hand-over/source-mapping.ts'
import type { Subgraph } from '../../shared/subgraph.ts'
import { systemViewer } from '../../shared/viewer.ts'
import type { EvaluationsContext } from '../context.ts'

const systemOfClient = parse('query Source($clientId: ID!) { answer: sourceSystemOfClient(clientId: $clientId) }')
const activeProfile = parse(
  'query Profile($sourceSystem: String!) { answer: activeSourceProfile(sourceSystem: $sourceSystem) }',
)

/** The platform that hands over (来源系统), and how it is read. */
export type Source = { sourceSystem: string; mapping: SourceMapping }

/** For which system this client speaks, and how that one is read now; null while nobody has declared it. @throws SUBGRAPH_UNAVAILABLE */
export async function findSource({
  viewer,
  cases,
  exchange,
}: Pick<EvaluationsContext, 'viewer' | 'cases' | 'exchange'>): Promise<Source | null> {
  const sourceSystem = await ask(cases(), systemOfClient, { clientId: viewer.id })
  const profile = sourceSystem === null ? null : await ask(exchange(), activeProfile, { sourceSystem })
  if (sourceSystem === null || profile === null) return null
  const { mapping } = JSON.parse(profile) as { mapping: SourceMapping }
  return { sourceSystem, mapping }
}

async function ask(subgraph: Subgraph, document: DocumentNode, variables: Record<string, unknown>) {
  const { data, errors } = await subgraph.execute({ document, variables, viewer: systemViewer('rating-code') })
  if (errors || !data) throw graphError('SUBGRAPH_UNAVAILABLE')
  return data.answer as string | null
}
