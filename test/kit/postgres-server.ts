import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import pg from 'pg'
import type { TestProject } from 'vitest/node'
import { openDataDirectory } from '../../db/data-dir.ts'
import { startEmbeddedPostgres } from '../../db/embedded.ts'
import { migrate } from '../../db/migrate.ts'
import { useGivenServer } from './given-server.ts'
import { withDatabase } from './with-database.ts'

declare module 'vitest' {
  export interface ProvidedContext {
    ownerUrl: string
    applicationUrl: string
    templateName: string
  }
}

/** One server a run, with a migrated template that every test file clones. */
export default async function setup(project: TestProject) {
  const given = process.env.TEST_POSTGRES_URL
  const server = given ? await useGivenServer(given) : await useEmbeddedServer()
  const templateName = `${new URL(server.ownerUrl).username}_template`
  await makeTemplate(server, templateName)
  project.provide('ownerUrl', server.ownerUrl)
  project.provide('applicationUrl', server.applicationUrl)
  project.provide('templateName', templateName)
  return () => server.stop()
}

type TestServer = { ownerUrl: string; applicationUrl: string; stop(): Promise<void> }

async function useEmbeddedServer(): Promise<TestServer> {
  const directory = await openDataDirectory(await mkdtemp(join(tmpdir(), 'hub-test-')))
  const server = await startEmbeddedPostgres({ dataDirectory: directory.path })
  return {
    ...server,
    async stop() {
      await server.stop()
      await directory.release()
      await rm(directory.path, { recursive: true, force: true })
    },
  }
}

async function makeTemplate({ ownerUrl, applicationUrl }: TestServer, name: string) {
  const owner = new pg.Client({ connectionString: ownerUrl })
  await owner.connect()
  await owner.query(`create database ${name}`)
  await owner.end()
  await migrate(withDatabase(ownerUrl, name), new URL(applicationUrl).username)
}
