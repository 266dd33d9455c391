import { type DocumentNode, parse } from 'graphql'
import { graphError } from '../../shared/graph-error.ts'
import type { Subgraph } from '../../shared/subgraph.ts'
import { systemViewer } from '../../shared/viewer.ts'

const document = parse('mutation QueueMessage($input: QueueMessageInput!) { queueMessage(input: $input) }')

/** A message that exchange is to send (短信入队); `key` says what it is for. */
export type MessageOrder = {
  key: string
  kind: 'RATING_INVITATION' | 'RATING_REMINDER' | 'PHONE_RATING_RECORDED'
  caseId: string
  invitationId: string
  url: string
  /** Of a rating by telephone: what was recorded, 1 to 5. */
  level?: number
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

const isOptedOut = parse('query IsContactOptedOut($caseId: ID!) { isContactOptedOut(caseId: $caseId) }')
const optOut = parse('mutation OptOutContact($caseId: ID!) { optOutContact(caseId: $caseId) }')

/** Whether the applicant of a case wants neither calls nor messages (退订、勿扰). @throws SUBGRAPH_UNAVAILABLE */
export async function isContactOptedOut(exchange: Subgraph, caseId: string): Promise<boolean> {
  return (await askOfContact(exchange, isOptedOut, caseId)).isContactOptedOut === true
}

/** Keeps that the applicant of a case wants neither calls nor messages any more. @throws SUBGRAPH_UNAVAILABLE */
export async function optOutContact(exchange: Subgraph, caseId: string): Promise<void> {
  await askOfContact(exchange, optOut, caseId)
}

async function askOfContact(exchange: Subgraph, document: DocumentNode, caseId: string) {
  const { data, errors } = await exchange.execute({ document, variables: { caseId }, viewer: systemViewer('sweep') })
  if (errors || !data) throw graphError('SUBGRAPH_UNAVAILABLE')
  return data
}
