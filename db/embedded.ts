import { existsSync } from 'node:fs'
import { realpath } from 'node:fs/promises'
import { join } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import { StartRefusal } from '../subgraphs/shared/start-refusal.ts'
import { canAdopt } from './embedded-adoption.ts'
import { usableBinaries } from './embedded-binaries.ts'
import { clusterIn, makeCluster } from './embedded-cluster.ts'
import { applicationUrl, ensureHub, ownerUrl } from './embedded-hub.ts'
import { keepPasswords } from './embedded-passwords.ts'
import { findPlace, makePlace, openTheWay, sweepDrafts } from './embedded-place.ts'
import { choosePort } from './embedded-port.ts'
import { endPostmaster, findPostmaster, launchPostmaster, type Postmaster } from './embedded-postmaster.ts'
import { chooseServerUser, type ServerUser } from './embedded-server-user.ts'

/** The running embedded server; the addresses name the database `hub` and carry their passwords. */
export type EmbeddedPostgres = {
  ownerUrl: string
  applicationUrl: string
  port: number
  /** Taken on from an earlier run of this data directory that was killed, instead of started. */
  adopted: boolean
  /** Cuts all sessions, writes everything and ends the server, at most five seconds; again is no harm. */
  stop(): Promise<void>
}

/** What a stop may take before harder ways are used: inside the five seconds that the whole shutdown has. */
const STOP_PATIENCE_MS = 3000
/** A server that we only find in the way may finish in peace. */
const CLEARING_PATIENCE_MS = 10_000
const ATTEMPTS = 20

/**
 * Starts PostgreSQL for a data directory that this process has opened ({@link openDataDirectory}), on 127.0.0.1 only:
 * makes the cluster the first time, takes on or ends a server that an earlier run left behind, recovers after a crash.
 * As root everything of the server runs as an unprivileged user. Throws a {@link StartRefusal} when it cannot.
 */
export async function startEmbeddedPostgres(options: {
  dataDirectory: string
  log?: (line: string) => void
}): Promise<EmbeddedPostgres> {
  const dataDirectory = await realpath(options.dataDirectory)
  const log = options.log ?? (() => {})
  const { place, user } = await settle(dataDirectory, log)
  const cluster = clusterIn(place)
  const { initdb, postgres } = await usableBinaries(place, user, log)
  const passwords = await keepPasswords(dataDirectory, existsSync(cluster))
  if (!existsSync(cluster)) await makeCluster({ place, initdb, user, password: passwords.superuser })

  const password = passwords.superuser
  const { postmaster, adopted } = await adoptOrLaunch({ dataDirectory, cluster, user, postgres, password, log })
  try {
    await ensureHub(postmaster.port, passwords)
  } catch (error) {
    await endPostmaster(postmaster, STOP_PATIENCE_MS)
    throw error
  }
  log(`PostgreSQL ${adopted ? 'taken on' : 'started'}: process ${postmaster.pid}, port ${postmaster.port}, ${cluster}`)

  let stopping: Promise<void> | undefined
  return {
    ownerUrl: ownerUrl(postmaster.port, passwords),
    applicationUrl: applicationUrl(postmaster.port, passwords),
    port: postmaster.port,
    adopted,
    stop() {
      stopping ??= endPostmaster(postmaster, STOP_PATIENCE_MS)
      return stopping
    },
  }
}

async function settle(
  dataDirectory: string,
  log: (line: string) => void,
): Promise<{ place: string; user: ServerUser }> {
  const found = await findPlace(dataDirectory, log)
  const user = await chooseServerUser(found && existsSync(clusterIn(found)) ? clusterIn(found) : undefined)
  const place = found ?? (await makePlace(dataDirectory, user, log))
  if (user && place.startsWith(dataDirectory)) await openTheWay(dataDirectory, place)
  await sweepDrafts(place)
  return { place, user }
}

async function adoptOrLaunch(options: {
  dataDirectory: string
  cluster: string
  user: ServerUser
  postgres: string
  password: string
  log: (line: string) => void
}): Promise<{ postmaster: Postmaster; adopted: boolean }> {
  const { dataDirectory, cluster, password, log } = options
  const logFile = join(dataDirectory, 'postgres.log')
  for (let attempt = 1; ; attempt++) {
    const left = await findPostmaster(cluster)
    if (left && (await canAdopt(left, cluster, password))) return { postmaster: left, adopted: true }
    if (left) {
      log(`ending the PostgreSQL of an earlier run (process ${left.pid}), which does not answer`)
      await endPostmaster(left, CLEARING_PATIENCE_MS)
    }
    const outcome = await launchPostmaster({ ...options, port: await choosePort(dataDirectory), logFile })
    if (!('gaveUp' in outcome)) return { postmaster: outcome, adopted: false }
    if (attempt === ATTEMPTS || !passes(outcome.gaveUp)) throw notStarted(outcome.gaveUp, logFile)
    await pause(100)
  }
}

/**
 * Reasons that pass by themselves: the port was taken just now, sessions of a killed server are still ending, or a
 * server that the killed application was about to start is only now there.
 */
function passes(reason: string): boolean {
  return /could not bind|could not create any TCP|shared memory block|lock file "postmaster.pid"/.test(reason)
}

function notStarted(reason: string, logFile: string): StartRefusal {
  return new StartRefusal(
    'EMBEDDED_POSTGRES_FAILED',
    `内置 PostgreSQL 未能启动（${reason}），请查看 ${logFile}，或设置 DATABASE_URL 使用外部数据库。`,
    `The embedded PostgreSQL did not start (${reason}); see ${logFile} or set DATABASE_URL to use another server.`,
  )
}
