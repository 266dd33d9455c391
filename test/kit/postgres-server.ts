import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import pg from 'pg'
import type { TestProject } from 'vitest/node'
import { openDataDirectory } from '../../db/data-dir.ts'
import { startEmbeddedPostgres } from '../../db/embedded.ts'
import { migrate } from '../../db/migrate.ts'

declare module 'vitest' {
  export interface ProvidedContext {
    ownerUrl: string
    applicationUrl: string
  }
}

/** One embedded server a run, with a migrated template that every test file clones. */
export default async function setup(project: TestProject) {
  const directory = await openDataDirectory(await mkdtemp(join(tmpdir(), 'hub-test-')))
  const server = await startEmbeddedPostgres({ dataDirectory: directory.path })
  await makeTemplate(server.ownerUrl, server.applicationUrl)
  project.provide('ownerUrl', server.ownerUrl)
  project.provide('applicationUrl', server.applicationUrl)
  return async () => {
    await server.stop()
    await directory.release()
    await rm(directory.path, { recursive: true, force: true })
  }
}

export const templateName = 'hub_template'

async function makeTemplate(ownerUrl: string, applicationUrl: string) {
  const owner = new pg.Client({ connectionString: ownerUrl })
  await owner.connect()
  await owner.query(`create database ${templateName}`)
  await owner.end()
  await migrate(withDatabase(ownerUrl, templateName), new URL(applicationUrl).username)
}

export function withDatabase(url: string, name: string): string {
  const changed = new URL(url)
  changed.pathname = `/${name}`
  return changed.href
}
