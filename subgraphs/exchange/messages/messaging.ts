import type { CryptoPort } from '../../shared/crypto/crypto-port.ts'
import type { Database } from '../../shared/database.ts'
import type { Log } from '../../shared/log.ts'
import type { Subgraph } from '../../shared/subgraph.ts'
import type { Scope } from '../../shared/viewer.ts'
import type { OutboxPort } from './transport/outbox-port.ts'
import type { SmsPort } from './transport/sms-port.ts'

/** What everything about messages (短信) needs for as long as the subgraph runs. */
export type Messaging = {
  database: Database
  crypto: CryptoPort
  now: () => Date
  log: Log
  port: SmsPort
  /** The same port where messages stay in the demo's outbox; null where they really go out. */
  outbox: OutboxPort | null
  cases: () => Subgraph
  evaluations: () => Subgraph
  /** Tells the sender that a message waits. */
  wakeSender: () => void
}

/** Messages belong to the hub's own work: whoever writes them was checked before. */
export const messagingScope: Scope = { reach: 'EVERYTHING', name: 'sweep' }

export const phoneColumn = 'exchange.messages.phone_sealed'
export const textColumn = 'exchange.messages.text_sealed'
export const inboundTextColumn = 'exchange.inbound_messages.text_sealed'
/** Kind under which phones are hashed in every subgraph. */
export const phoneHashKind = 'PHONE'
