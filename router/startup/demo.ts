import { seedDemo } from '../../db/seed/seed-demo.ts'
import type { Configuration } from '../../subgraphs/shared/configuration.ts'
import { createCrypto } from '../../subgraphs/shared/crypto/crypto-port.ts'
import { openDatabase } from '../../subgraphs/shared/database.ts'
import { type DemoCredentials, keepDemoCredentials, readDemoCredentials } from './demo-credentials.ts'
import type { Storage } from './storage.ts'

/** Puts the demo province into a database that is meant for it (decision 25), once; answers how to sign in, or null without a demo. */
export async function seedDemoProvince(options: {
  configuration: Configuration
  storage: Storage
  log: (line: string) => void
}): Promise<DemoCredentials | null> {
  const { configuration, storage, log } = options
  const { dataDirectory } = storage
  if (!configuration.isDemo || !dataDirectory) return null
  const credentials = await readDemoCredentials(dataDirectory, configuration.demoPassword)
  const database = await openDatabase({ url: storage.databaseUrl, entities: [], applicationName: 'hub-seed' })
  try {
    const seeded = await seedDemo({
      database,
      crypto: createCrypto(storage.keys),
      now: new Date(),
      demoPassword: credentials.password,
      // Before the commit: a kill in between must not leave keys that nobody knows.
      keepClientKeys: clientKeys => keepDemoCredentials(dataDirectory, { ...credentials, clientKeys }),
    })
    if (seeded.seeded) log('demo province seeded')
    const kept = { ...credentials, clientKeys: seeded.clientKeys ?? credentials.clientKeys }
    await keepDemoCredentials(dataDirectory, kept)
    return kept
  } finally {
    await database.close()
  }
}
