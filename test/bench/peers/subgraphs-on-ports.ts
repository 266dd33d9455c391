import { pino } from 'pino'
import { subgraphModules } from '../../../router/subgraph-modules.ts'
import { createMemoryBus } from '../../../subgraphs/shared/bus/memory-bus.ts'
import { createCrypto } from '../../../subgraphs/shared/crypto/crypto-port.ts'
import { loadSecretKeys } from '../../../subgraphs/shared/crypto/secret-keys-file.ts'
import { openDatabase } from '../../../subgraphs/shared/database.ts'
import { identityReader } from '../../../subgraphs/shared/identity.ts'
import type { ServableSubgraph } from '../../../subgraphs/shared/local-subgraph.ts'
import { serveSubgraph } from '../../../subgraphs/shared/serve-subgraph.ts'
import type { SubgraphName } from '../../../subgraphs/shared/subgraph.ts'

/** The hub's four subgraphs behind addresses, in one process on the hub's database, for gateways that cannot run them inside. */
const keys = await loadSecretKeys(process.env.SECRET_KEYS_FILE!)
const log = pino({ level: 'warn' }, pino.destination(2))
const bus = createMemoryBus()
const running = {} as Record<SubgraphName, ServableSubgraph>
const urls = {} as Record<SubgraphName, string>
for (const module of subgraphModules) {
  const database = await openDatabase({
    url: process.env.DATABASE_URL!,
    entities: module.entities,
    applicationName: `bench-${module.name}`,
  })
  running[module.name] = await module.start({
    database,
    bus,
    crypto: createCrypto(keys),
    now: () => new Date(),
    log,
    publicUrl: process.env.PUBLIC_URL!,
    picturesUrl: 'file:///tmp/hub-test-pictures',
    smsUrl: null,
    peer: name => running[name],
  })
  const readIdentity = identityReader(keys.identity, module.name)
  urls[module.name] = (await serveSubgraph({ subgraph: running[module.name], port: 0, readIdentity, log })).url
}
console.log(`ready ${JSON.stringify(urls)}`)
