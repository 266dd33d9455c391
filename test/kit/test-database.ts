import pg from 'pg'
import { inject } from 'vitest'
import { newId } from '../../subgraphs/shared/uuid.ts'
import { waitFor } from './wait-for.ts'
import { withDatabase } from './with-database.ts'

export type TestDatabase = { ownerUrl: string; applicationUrl: string; drop(): Promise<void> }

/** A migrated, empty database of its own for one test file. */
export async function createTestDatabase(): Promise<TestDatabase> {
  const name = `test_${newId().replaceAll('-', '')}`
  await asOwner(owner => owner.query(`create database ${name} template ${inject('templateName')}`))
  return {
    ownerUrl: withDatabase(inject('ownerUrl'), name),
    applicationUrl: withDatabase(inject('applicationUrl'), name),
    drop: () => asOwner(owner => dropWhenLeft(owner, name)),
  }
}

/** Connections that were just closed may live a moment longer at the server, and the owner may not end those of the application. */
async function dropWhenLeft(owner: pg.Client, name: string): Promise<void> {
  await waitFor(async () => {
    const { rows } = await owner.query(`select from pg_stat_activity where datname = $1 and usename <> current_user`, [
      name,
    ])
    return rows.length === 0
  }, `the end of all connections to ${name}`)
  await owner.query(`drop database ${name} with (force)`)
}

async function asOwner(work: (owner: pg.Client) => Promise<unknown>): Promise<void> {
  const owner = new pg.Client({ connectionString: inject('ownerUrl') })
  await owner.connect()
  try {
    await work(owner)
  } finally {
    await owner.end()
  }
}
