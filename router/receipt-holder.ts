import { parse } from 'graphql'
import type { Subgraph } from '../subgraphs/shared/subgraph.ts'
import { anonymousViewer, systemViewer, type Viewer } from '../subgraphs/shared/viewer.ts'

const holderOfReceipt = parse(
  'query HolderOfReceipt($receiptNumber: String!) { receiptHolder(receiptNumber: $receiptNumber) }',
)

/** Asks evaluations as whom to look at a receipt (回执): whoever holds its number sees his own case, an unknown number nothing. */
export async function receiptHolder(evaluations: Subgraph, receiptNumber: string): Promise<Viewer> {
  const { data } = await evaluations.execute({
    document: holderOfReceipt,
    variables: { receiptNumber },
    viewer: systemViewer('door'),
  })
  return data?.receiptHolder ? (JSON.parse(String(data.receiptHolder)) as Viewer) : anonymousViewer
}
