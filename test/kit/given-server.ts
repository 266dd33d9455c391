import pg from 'pg'
import { newId } from '../../subgraphs/shared/uuid.ts'
import { withDatabase } from './with-database.ts'

/**
 * A server from outside (`TEST_POSTGRES_URL`, an administrator's login) instead of the embedded one, so that the whole suite can run against PostgreSQL 15:
 * two logins of this run alone, removed afterwards with every database they own.
 */
export async function useGivenServer(adminUrl: string) {
  const run = newId().slice(-12)
  const owner = `hub_owner_${run}`
  const application = `hub_application_${run}`
  const admin = new pg.Client({ connectionString: adminUrl })
  await admin.connect()
  await admin.query(`create role ${owner} login createdb password '${run}'`)
  await admin.query(`create role ${application} login password '${run}'`)
  await admin.query(`create database ${owner} owner ${owner}`)
  const login = (name: string) => {
    const url = new URL(withDatabase(adminUrl, owner))
    url.username = name
    url.password = run
    return url.href
  }
  return {
    ownerUrl: login(owner),
    applicationUrl: login(application),
    async stop() {
      const { rows } = await admin.query<{ datname: string }>(
        `select datname from pg_database join pg_roles on pg_roles.oid = datdba where rolname = $1`,
        [owner],
      )
      for (const { datname } of rows) await admin.query(`drop database ${datname} with (force)`)
      await admin.query(`drop role ${application}`)
      await admin.query(`drop role ${owner}`)
      await admin.end()
    },
  }
}
