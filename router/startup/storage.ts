import { join } from 'node:path'
import pg from 'pg'
import { openDataDirectory } from '../../db/data-dir.ts'
import { startEmbeddedPostgres } from '../../db/embedded.ts'
import { migrate } from '../../db/migrate.ts'
import type { Configuration } from '../../subgraphs/shared/configuration.ts'
import type { SecretKeys } from '../../subgraphs/shared/crypto/secret-keys.ts'
import { loadOrGenerateSecretKeys, loadSecretKeys } from '../../subgraphs/shared/crypto/secret-keys-file.ts'
import { StartRefusal } from '../../subgraphs/shared/start-refusal.ts'
import type { Started } from './stoppable.ts'

export type Storage = {
  /** The application role's address. */
  databaseUrl: string
  keys: SecretKeys
  /** Where this copy keeps its own files; null when it keeps none. */
  dataDirectory: string | null
}

/**
 * Opens what the hub stores in: with `DATABASE_URL` a server given from outside, else the embedded one in `DATA_DIR`.
 * Brings the schema up to date wherever the owner's login is known.
 */
export async function openStorage(
  configuration: Configuration,
  started: Started,
  log: (line: string) => void,
): Promise<Storage> {
  return configuration.databaseUrl
    ? openGiven(configuration, configuration.databaseUrl, started)
    : openEmbedded(configuration, started, log)
}

async function openEmbedded(
  configuration: Configuration,
  started: Started,
  log: (line: string) => void,
): Promise<Storage> {
  const directory = await openDataDirectory(configuration.dataDirectory)
  started.add('data directory', { stop: directory.release })
  const keys = await loadKeys(configuration, directory.path)
  const server = started.add('PostgreSQL', await startEmbeddedPostgres({ dataDirectory: directory.path, log }))
  await migrate(server.ownerUrl, new URL(server.applicationUrl).username)
  return { databaseUrl: server.applicationUrl, keys, dataDirectory: directory.path }
}

async function openGiven(configuration: Configuration, databaseUrl: string, started: Started): Promise<Storage> {
  await refuseUnreachable('DATABASE_URL', databaseUrl)
  if (configuration.databaseOwnerUrl) {
    await refuseUnreachable('DATABASE_OWNER_URL', configuration.databaseOwnerUrl)
    await migrate(configuration.databaseOwnerUrl, decodeURIComponent(new URL(databaseUrl).username))
  } else {
    await refuseUnmigrated(databaseUrl)
  }
  // Keys and generated demo credentials live in the data directory, unless a key file is given and nothing needs to be kept.
  if (configuration.secretKeysFile && !configuration.isDemo) {
    return { databaseUrl, keys: await loadSecretKeys(configuration.secretKeysFile), dataDirectory: null }
  }
  const directory = await openDataDirectory(configuration.dataDirectory)
  started.add('data directory', { stop: directory.release })
  return { databaseUrl, keys: await loadKeys(configuration, directory.path), dataDirectory: directory.path }
}

async function loadKeys(configuration: Configuration, dataDirectory: string): Promise<SecretKeys> {
  const isOwn = !configuration.secretKeysFile && !configuration.databaseUrl
  return isOwn ? loadOrGenerateSecretKeys(join(dataDirectory, 'secret-keys.json')) : loadGivenKeys(configuration)
}

/** The keys that several processes share; only the embedded hub makes its own. */
export async function loadGivenKeys({ secretKeysFile }: Configuration): Promise<SecretKeys> {
  if (secretKeysFile) return loadSecretKeys(secretKeysFile)
  throw new StartRefusal(
    'SECRET_KEYS_MISSING',
    '使用外部数据库或单独运行时，必须用 SECRET_KEYS_FILE 指定密钥文件（可用 npm run keys -- <文件> 生成）。',
    'With servers from outside SECRET_KEYS_FILE must name the key file (npm run keys -- <file> makes one).',
  )
}

/** Says in one sentence that the tables have still to be made. Whoever starts several processes does that once beside them. */
export async function refuseUnmigrated(databaseUrl: string): Promise<void> {
  const client = new pg.Client({ connectionString: databaseUrl, connectionTimeoutMillis: 5_000 })
  try {
    await client.connect()
    const { rows } = await client.query<{ isThere: boolean }>(
      `select to_regnamespace('scope') is not null as "isThere"`,
    )
    if (rows[0]!.isThere) return
  } finally {
    await client.end().catch(() => {})
  }
  throw new StartRefusal(
    'DATABASE_NOT_MIGRATED',
    'DATABASE_URL 指向的数据库还没有建表，请先用 DATABASE_OWNER_URL 运行 npm run migrate。',
    'The database of DATABASE_URL has no tables yet: run npm run migrate with DATABASE_OWNER_URL first.',
  )
}

/** Says in one sentence why a database cannot be used, without its password. */
export async function refuseUnreachable(variable: string, url: string): Promise<void> {
  const client = new pg.Client({ connectionString: url, connectionTimeoutMillis: 5_000 })
  try {
    await client.connect()
    const { rows } = await client.query<{ version: string }>(`select current_setting('server_version_num') as version`)
    if (Number(rows[0]!.version) < 150_000) {
      throw new StartRefusal(
        'DATABASE_TOO_OLD',
        `${variable} 需要 PostgreSQL 15 或更高版本。`,
        `${variable} needs PostgreSQL 15 or later.`,
      )
    }
  } catch (error) {
    if (error instanceof StartRefusal) throw error
    const { host, pathname } = new URL(url)
    const reason = (error as Error).message || (error as NodeJS.ErrnoException).code
    throw new StartRefusal(
      'DATABASE_UNREACHABLE',
      `无法用 ${variable} 连接数据库 ${host}${pathname}（${reason}），请检查地址、账号、密码和服务是否已启动。`,
      `${variable} cannot connect to ${host}${pathname} (${reason}): check address, login, password and that the server runs.`,
    )
  } finally {
    await client.end().catch(() => {})
  }
}
