import { resolve } from 'node:path'
import { migrate } from '../../db/migrate.ts'
import type { Configuration } from '../../subgraphs/shared/configuration.ts'
import { loadOrGenerateSecretKeys } from '../../subgraphs/shared/crypto/secret-keys-file.ts'
import { StartRefusal } from '../../subgraphs/shared/start-refusal.ts'
import { seedDemoProvince } from './demo.ts'
import { introduceDemo } from './introduce-demo.ts'
import { Started } from './stoppable.ts'
import { openStorage } from './storage.ts'

/** What operators run once beside the servers (运维命令): `npm run migrate`, `npm run seed`, `npm run keys -- FILE`. */
export const commands: Record<string, (configuration: Configuration, argument: string | undefined) => Promise<void>> = {
  async migrate({ databaseUrl, databaseOwnerUrl }) {
    if (!databaseUrl || !databaseOwnerUrl) {
      throw new StartRefusal(
        'MIGRATE_NEEDS_OWNER',
        '迁移需要 DATABASE_URL 和 DATABASE_OWNER_URL。',
        'Migrating needs DATABASE_URL and DATABASE_OWNER_URL.',
      )
    }
    const ran = await migrate(databaseOwnerUrl, decodeURIComponent(new URL(databaseUrl).username))
    console.log(ran.length > 0 ? `migrated: ${ran.join(', ')}` : 'up to date')
  },

  async seed(configuration) {
    const started = new Started()
    try {
      const storage = await openStorage({ ...configuration, isDemo: true }, started, console.log)
      const demo = await seedDemoProvince({
        configuration: { ...configuration, isDemo: true },
        storage,
        log: console.log,
      })
      introduceDemo({ url: configuration.publicUrl, demo }, configuration)
    } finally {
      await started.stop(console.error)
    }
  },

  async keys(_configuration, file) {
    if (!file) throw new StartRefusal('KEYS_NEED_FILE', '请给出密钥文件路径。', 'Name the key file to be made.')
    await loadOrGenerateSecretKeys(resolve(file))
    console.log(resolve(file))
  },
}
