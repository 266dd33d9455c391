import { Client } from 'pg'
import { SUPERUSER } from './embedded-cluster.ts'
import type { Passwords } from './embedded-passwords.ts'

const DATABASE = 'hub'
const OWNER = 'hub_owner'
const APPLICATION = 'hub_application'

/** Any number will do; it only has to be the same in every start. */
const LOCK = 4_201_812

/** A client of the cluster's superuser that gives up when the server stays silent for `patienceMs`. */
export function superuserClient(port: number, password: string, patienceMs: number): Client {
  const limits = { connectionTimeoutMillis: patienceMs, query_timeout: patienceMs }
  const client = new Client({ host: '127.0.0.1', port, user: SUPERUSER, password, database: 'postgres', ...limits })
  // Without a listener, a connection that breaks between two queries would end the whole process.
  client.on('error', () => {})
  return client
}

/**
 * Makes what is missing of the two logins and the database `hub`: `hub_owner` owns the database and may create others
 * (tests clone a template), `hub_application` owns nothing and is bound by row-level security. Safe to repeat after a
 * start that was cut off anywhere: the lock waits for what that start's last statement may still be doing.
 */
export async function ensureHub(port: number, passwords: Passwords): Promise<void> {
  const client = superuserClient(port, passwords.superuser, 60_000)
  await client.connect()
  try {
    await client.query('SELECT pg_advisory_lock($1)', [LOCK])
    const present = await client.query<{ name: string }>(
      'SELECT rolname AS name FROM pg_roles UNION SELECT datname FROM pg_database',
    )
    const missing = (name: string) => !present.rows.some(row => row.name === name)
    const owner = client.escapeLiteral(passwords.owner)
    const application = client.escapeLiteral(passwords.application)
    if (missing(OWNER)) await client.query(`CREATE ROLE ${OWNER} LOGIN CREATEDB PASSWORD ${owner}`)
    if (missing(APPLICATION))
      await client.query(
        `CREATE ROLE ${APPLICATION} LOGIN NOSUPERUSER NOCREATEDB NOCREATEROLE NOBYPASSRLS PASSWORD ${application}`,
      )
    if (missing(DATABASE)) await client.query(`CREATE DATABASE ${DATABASE} OWNER ${OWNER}`)
  } finally {
    await client.end()
  }
}

export const ownerUrl = (port: number, { owner }: Passwords) =>
  `postgres://${OWNER}:${owner}@127.0.0.1:${port}/${DATABASE}`

export const applicationUrl = (port: number, { application }: Passwords) =>
  `postgres://${APPLICATION}:${application}@127.0.0.1:${port}/${DATABASE}`
