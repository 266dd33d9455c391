import { Migrator } from '@mikro-orm/migrations'
import { MikroORM } from '@mikro-orm/postgresql'
import pg from 'pg'
import { migrations } from './migrations/index.ts'
import { grantPrivileges } from './privileges.ts'

/**
 * Brings the database up to date as its owner, then gives the application role its rights.
 * Several copies may start at once: they take turns under an advisory lock.
 *
 * @returns names of the migrations that ran
 */
export async function migrate(ownerUrl: string, applicationRole: string): Promise<string[]> {
  const owner = new pg.Client({ connectionString: ownerUrl, application_name: 'hub-migrate' })
  await owner.connect()
  try {
    await owner.query(`select pg_advisory_lock(hashtext('hub-migrate'))`)
    const ran = await runMigrations(ownerUrl)
    await grantPrivileges(owner, applicationRole)
    await keepMonthsAhead(owner)
    return ran
  } finally {
    await owner.end()
  }
}

async function runMigrations(ownerUrl: string): Promise<string[]> {
  const orm = await MikroORM.init({
    clientUrl: ownerUrl,
    entities: [],
    discovery: { warnWhenNoEntities: false },
    extensions: [Migrator],
    // The caller tells what ran, in one line.
    logger: () => {},
    migrations: { migrationsList: migrations, snapshot: false, tableName: 'hub_migrations', transactional: true },
  })
  try {
    return (await orm.migrator.up()).map(migration => migration.name)
  } finally {
    await orm.close()
  }
}

/** Partitions for the next thirteen months, so that a hub that is restarted once a year never meets a month without one. */
async function keepMonthsAhead(owner: pg.Client): Promise<void> {
  for (const table of ['cases.service_cases', 'evaluations.evaluations']) {
    await owner.query(
      `select scope.ensure_months($1::regclass, date_trunc('month', now())::date, (date_trunc('month', now()) + interval '13 months')::date)`,
      [table],
    )
  }
}
