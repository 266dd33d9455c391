import { mkdtemp, open, rename, rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { StartRefusal } from '../subgraphs/shared/start-refusal.ts'
import { giveTo } from './embedded-place.ts'
import { runAs, type ServerUser } from './embedded-server-user.ts'

/** The cluster's superuser, which only this folder uses. */
export const SUPERUSER = 'postgres'

export const clusterIn = (place: string) => join(place, 'cluster')

/**
 * Makes an empty cluster. It is built under a draft name and renamed when it is complete and on disk, so what is
 * called `cluster` is always whole.
 */
export async function makeCluster(options: {
  place: string
  initdb: string
  user: ServerUser
  password: string
}): Promise<void> {
  const { place, initdb, user, password } = options
  const draft = await mkdtemp(join(place, 'cluster.new-'))
  await giveTo(user, draft)
  const passwordFile = `${draft}.password`
  await writeFile(passwordFile, `${password}\n`, { flag: 'wx', mode: 0o600 })
  await giveTo(user, passwordFile)
  const { code, output } = await runAs(user, initdb, [
    `--pgdata=${draft}`,
    `--username=${SUPERUSER}`,
    `--pwfile=${passwordFile}`,
    '--auth=scram-sha-256',
    '--encoding=UTF8',
    '--locale-provider=builtin',
    '--builtin-locale=C.UTF-8',
  ])
  await rm(passwordFile)
  if (code !== 0) throw initdbFailed(output.trim().split('\n').slice(-3).join(' '))
  await rename(draft, clusterIn(place))
  const directory = await open(place)
  await directory.sync()
  await directory.close()
}

function initdbFailed(reason: string): StartRefusal {
  return new StartRefusal(
    'EMBEDDED_INITDB_FAILED',
    `内置数据库初始化失败（${reason}），请排除该原因，或设置 DATABASE_URL 使用外部数据库。`,
    `The embedded database could not be created (${reason}); remove that cause or set DATABASE_URL to use another server.`,
  )
}
