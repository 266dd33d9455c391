import pg from 'pg'
import { inject } from 'vitest'
import { newId } from '../../subgraphs/shared/uuid.ts'
import { templateName, withDatabase } from './postgres-server.ts'

export type TestDatabase = { ownerUrl: string; applicationUrl: string; drop(): Promise<void> }

/** A migrated, empty database of its own for one test file. */
export async function createTestDatabase(): Promise<TestDatabase> {
  const name = `test_${newId().replaceAll('-', '')}`
  await asOwner(owner => owner.query(`create database ${name} template ${templateName}`))
  return {
    ownerUrl: withDatabase(inject('ownerUrl'), name),
    applicationUrl: withDatabase(inject('applicationUrl'), name),
    drop: () => asOwner(owner => owner.query(`drop database ${name} with (force)`)),
  }
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
