import { createRedisBus } from '../subgraphs/shared/bus/redis-bus.ts'
import type { Configuration } from '../subgraphs/shared/configuration.ts'
import { createCrypto } from '../subgraphs/shared/crypto/crypto-port.ts'
import { loadSecretKeys } from '../subgraphs/shared/crypto/secret-keys-file.ts'
import { openDatabase } from '../subgraphs/shared/database.ts'
import { identityReader, identitySigner } from '../subgraphs/shared/identity.ts'
import type { Log } from '../subgraphs/shared/log.ts'
import type { SubgraphModule } from '../subgraphs/shared/module.ts'
import { serveSubgraph } from '../subgraphs/shared/serve-subgraph.ts'
import { StartRefusal } from '../subgraphs/shared/start-refusal.ts'
import { createRemoteSubgraph } from './remote-subgraph.ts'
import { Started } from './startup/stoppable.ts'
import { refuseUnmigrated, refuseUnreachable } from './startup/storage.ts'

/** Runs one subgraph as a process of its own (独立运行): PostgreSQL and Redis from outside, identity of the router on every request. */
export async function startStandalone(options: {
  module: SubgraphModule
  configuration: Configuration
  log: Log
}): Promise<{ url: string; stop(): Promise<void> }> {
  const { module, configuration, log } = options
  const line = (text: string) => log.warn({ subgraph: module.name }, text)
  const started = new Started()
  const stop = () => started.stop(line)
  try {
    const { databaseUrl, redisUrl, secretKeysFile } = needed(configuration)
    await refuseUnreachable('DATABASE_URL', databaseUrl)
    await refuseUnmigrated(databaseUrl)
    const keys = await loadSecretKeys(secretKeysFile)
    const database = await openDatabase({
      url: databaseUrl,
      entities: module.entities,
      applicationName: `hub-${module.name}`,
    })
    started.add('database', { stop: database.close })
    const bus = createRedisBus({ url: redisUrl, prefix: configuration.redisPrefix, log: line })
    started.add('bus', { stop: bus.close })
    const sign = identitySigner(keys.identity)
    const subgraph = await module.start({
      database,
      bus,
      crypto: createCrypto(keys),
      now: () => new Date(),
      log,
      publicUrl: configuration.publicUrl,
      picturesUrl: configuration.picturesUrl,
      smsUrl: configuration.smsUrl,
      peer: name => createRemoteSubgraph({ name, url: configuration.subgraphUrls[name], sign }),
    })
    started.add(module.name, subgraph)
    const served = await serveSubgraph({
      subgraph,
      port: Number(new URL(configuration.subgraphUrls[module.name]).port || module.port),
      host: configuration.host,
      readIdentity: identityReader(keys.identity, module.name),
      isReady: () => answers(database),
      log,
    })
    started.add('server', served)
    return { url: served.url, stop }
  } catch (error) {
    await stop()
    throw error
  }
}

async function answers(database: { pool(): Promise<{ query(sql: string): Promise<unknown> }> }): Promise<boolean> {
  return database
    .pool()
    .then(pool => pool.query('select 1'))
    .then(
      () => true,
      () => false,
    )
}

function needed({ databaseUrl, redisUrl, secretKeysFile }: Configuration) {
  if (databaseUrl && redisUrl && secretKeysFile) return { databaseUrl, redisUrl, secretKeysFile }
  throw new StartRefusal(
    'STANDALONE_NEEDS_SERVERS',
    '单独运行的子图需要 DATABASE_URL、REDIS_URL 和 SECRET_KEYS_FILE。',
    'A subgraph of its own process needs DATABASE_URL, REDIS_URL and SECRET_KEYS_FILE.',
  )
}
