import type { CryptoPort } from '../../subgraphs/shared/crypto/crypto-port.ts'
import type { Database, Transaction } from '../../subgraphs/shared/database.ts'
import { insertAccounts, keepDemoPassword } from './accounts.ts'
import { type ClientKey, insertClients, makeClientKeys } from './clients.ts'
import { insertDevices } from './devices.ts'
import { province } from './directory/divisions.ts'
import { insertDirectory, makeDirectory } from './directory.ts'
import { insertHistory } from './history/insert-history.ts'
import { makeHistory } from './history.ts'
import { insertMandates } from './mandates.ts'
import { insertSourceProfiles } from './source-profiles.ts'
import { insertStaticCodes } from './static-codes.ts'

export type DemoSeed = {
  database: Database
  crypto: CryptoPort
  /** The weeks of history end here. */
  now: Date
  /** Of all demo accounts. */
  demoPassword: string
  /** Keeps the fresh keys. Called before the commit, so that no kill leaves hashes in the database whose keys nobody has. */
  keepClientKeys?: (keys: ClientKey[]) => Promise<void>
}

export type DemoSeedResult = { seeded: boolean; clientKeys?: ClientKey[] }

/**
 * Writes the demo province (演示数据) with its accounts and some weeks of history, all or nothing, once. Later calls
 * only see to it that the demo accounts have the given password.
 */
export async function seedDemo(seed: DemoSeed): Promise<DemoSeedResult> {
  return seed.database.inScope({ reach: 'EVERYTHING', name: 'seed' }, async transaction => {
    // Several copies may start at once on one database.
    await transaction.query(`select pg_advisory_xact_lock(hashtext('hub-demo-seed'))`)
    if (await hasDemoProvince(transaction)) {
      await keepDemoPassword(transaction, seed.demoPassword, seed.now)
      return { seeded: false }
    }
    const directory = makeDirectory()
    const clientKeys = makeClientKeys()
    await insertDirectory(transaction, directory)
    await insertAccounts(transaction, directory, seed.demoPassword)
    await insertClients(transaction, directory, clientKeys)
    await insertDevices(transaction, directory, seed.now)
    await insertMandates(transaction, directory, seed.crypto, seed.now)
    await insertStaticCodes(transaction, directory, seed.now)
    await insertHistory(transaction, makeHistory(directory, seed.now), seed.crypto)
    await insertSourceProfiles(transaction, seed.now)
    await seed.keepClientKeys?.(clientKeys)
    return { seeded: true, clientKeys }
  })
}

async function hasDemoProvince(transaction: Transaction): Promise<boolean> {
  const [row] = await transaction.query<{ exists: boolean }>(
    'select exists (select from cases.regions where code = $1)',
    [province.code],
  )
  return row!.exists
}
