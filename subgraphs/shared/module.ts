import type { EntitySchema } from '@mikro-orm/postgresql'
import type { Bus } from './bus/bus.ts'
import type { CryptoPort } from './crypto/crypto-port.ts'
import type { Database } from './database.ts'
import type { ServableSubgraph } from './local-subgraph.ts'
import type { Log } from './log.ts'
import type { Subgraph, SubgraphName } from './subgraph.ts'

/** What a subgraph is handed when it starts: nothing in it reaches for the outside by itself. */
export type SubgraphDependencies = {
  database: Database
  bus: Bus
  crypto: CryptoPort
  now: () => Date
  log: Log
  /** Address in QR codes and links, without a slash at the end. */
  publicUrl: string
  /** Where pictures are kept (图片存储): `file:` or `s3:`. */
  picturesUrl: string
  /** The carrier of messages (短信通道); null keeps them in the demo's outbox. */
  smsUrl: string | null
  /** Another subgraph over the internal hop, asked as the given viewer (decision 7: once, on a miss). */
  peer: (name: SubgraphName) => Subgraph
}

/** A subgraph as the start-up root sees it: the same shape four times. */
export type SubgraphModule = {
  name: SubgraphName
  /** Port when it runs as a process of its own. */
  port: number
  entities: EntitySchema[]
  /** Starts its schema, relay, consumers and sweeps; `stop()` ends all of them. */
  start(dependencies: SubgraphDependencies): Promise<ServableSubgraph>
}
