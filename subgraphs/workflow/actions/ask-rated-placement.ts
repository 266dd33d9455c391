import { parse } from 'graphql'
import { graphError } from '../../shared/graph-error.ts'
import type { Subgraph } from '../../shared/subgraph.ts'
import { systemViewer } from '../../shared/viewer.ts'

/** Where a rating lies and what it is about. */
export type RatedPlacement = {
  evaluationId: string
  caseId: string | null
  cityCode: string
  regionPath: string
  departmentId: string
}

const document = parse(
  'query RatedPlacement($receiptNumber: String!) { ratedPlacement(receiptNumber: $receiptNumber) }',
)

/** Asks evaluations which rating a receipt number (回执编号) belongs to; null when to none. @throws SUBGRAPH_UNAVAILABLE */
export async function askRatedPlacement(evaluations: Subgraph, receiptNumber: string): Promise<RatedPlacement | null> {
  const { data, errors } = await evaluations.execute({
    document,
    variables: { receiptNumber },
    viewer: systemViewer('citizen'),
  })
  if (errors?.length || !data) throw graphError('SUBGRAPH_UNAVAILABLE')
  return data.ratedPlacement ? (JSON.parse(String(data.ratedPlacement)) as RatedPlacement) : null
}
