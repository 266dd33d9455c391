import { parse } from 'graphql'
import type { Subgraph } from '../subgraphs/shared/subgraph.ts'
import { systemViewer } from '../subgraphs/shared/viewer.ts'
import type { DemoOutbox, OutboxMessage } from '../web/serving/demo-outbox.ts'

const newest = parse('{ demoOutbox }')
const reply = parse(
  'mutation ReceiveDemoReply($messageId: ID!, $text: String!) { receiveDemoReply(messageId: $messageId, text: $text) }',
)

/** The demo's outbox (演示发件箱) as exchange keeps it, for its page. */
export function demoOutbox(exchange: Subgraph): DemoOutbox {
  const ask = async (document: typeof newest, variables = {}) =>
    (await exchange.execute({ document, variables, viewer: systemViewer('door') })).data
  return {
    async messages() {
      const data = await ask(newest)
      return data ? (JSON.parse(String(data.demoOutbox)) as OutboxMessage[]) : null
    },
    async reply(messageId, text) {
      return (await ask(reply, { messageId, text }))?.receiveDemoReply === true
    },
  }
}
