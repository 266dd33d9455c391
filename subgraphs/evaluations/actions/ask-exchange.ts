import { parse } from 'graphql'
import { graphError } from '../../shared/graph-error.ts'
import type { Subgraph } from '../../shared/subgraph.ts'
import { systemViewer } from '../../shared/viewer.ts'

const document = parse('mutation QueueMessage($input: QueueMessageInput!) { queueMessage(input: $input) }')

/** A message that exchange is to send (短信入队); `key` says what it is for. */
export type MessageOrder = {
  key: string
  kind: 'RATING_INVITATION' | 'RATING_REMINDER'
  caseId: string
  invitationId: string
  url: string
}

/** Asks exchange to send a message, once for its key: asked again, it answers as before. @throws SUBGRAPH_UNAVAILABLE */
export async function queueMessage(
  exchange: Subgraph,
  input: MessageOrder,
): Promise<{ state: 'QUEUED' } | { state: 'SUPPRESSED'; reason: 'OPTED_OUT' | 'NO_PHONE' }> {
  const { data, errors } = await exchange.execute({ document, variables: { input }, viewer: systemViewer('sweep') })
  if (errors || !data) throw graphError('SUBGRAPH_UNAVAILABLE')
  return JSON.parse(String(data.queueMessage))
}
