import { mkdtemp, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { SubgraphName } from '../../subgraphs/shared/subgraph.ts'
import { freePort } from './free-port.ts'
import { demoPassword, type StartedProcess, startProcess } from './hub-process.ts'
import { runCommand } from './run-command.ts'
import { createTestDatabase } from './test-database.ts'

export const subgraphNames: SubgraphName[] = ['cases', 'evaluations', 'workflow', 'exchange']

export type HubProcesses = {
  url: string
  environment: Record<string, string>
  key(name: 'window-system' | 'frontend' | 'kiosk'): Promise<string>
  /** The processes by name: four subgraphs and `router`. */
  processes: Record<SubgraphName | 'router', StartedProcess>
  kill(name: SubgraphName | 'router', signal: NodeJS.Signals): Promise<void>
  start(name: SubgraphName | 'router'): Promise<void>
  stop(): Promise<void>
}

/** The hub as a province runs it: router and subgraphs as processes of their own, PostgreSQL and Redis between them. */
export async function startHubProcesses(redisUrl: string, more: Record<string, string> = {}): Promise<HubProcesses> {
  const database = await createTestDatabase()
  const directory = await mkdtemp(join(tmpdir(), 'hub-processes-'))
  const environment: Record<string, string> = {
    PORT: String(await freePort()),
    DATA_DIR: directory,
    DATABASE_URL: database.applicationUrl,
    DATABASE_OWNER_URL: database.ownerUrl,
    REDIS_URL: redisUrl,
    REDIS_PREFIX: `test-${Date.now()}`,
    SECRET_KEYS_FILE: join(directory, 'keys.json'),
    DEMO_PASSWORD: demoPassword,
    ...more,
  }
  for (const name of subgraphNames) {
    environment[`${name.toUpperCase()}_URL`] = `http://127.0.0.1:${await freePort()}/graphql`
  }
  await runCommand(['keys', environment.SECRET_KEYS_FILE!], environment)
  await runCommand(['migrate'], environment)
  await runCommand(['seed'], { ...environment, DEMO: 'true' })
  const processes = {} as HubProcesses['processes']
  const start = async (name: SubgraphName | 'router') => {
    processes[name] = await startProcess([name === 'router' ? '--router' : name], environment)
  }
  await Promise.all(subgraphNames.map(start))
  await start('router')
  return {
    url: `http://127.0.0.1:${environment.PORT}`,
    environment,
    processes,
    start,
    async key(name) {
      const kept = JSON.parse(await readFile(join(directory, 'demo-credentials.json'), 'utf8'))
      return kept.clientKeys.find((client: { name: string }) => client.name === name).key
    },
    async kill(name, signal) {
      await processes[name].kill(signal)
    },
    async stop() {
      for (const { child, kill } of Object.values(processes)) {
        if (child.exitCode === null && child.signalCode === null) await kill('SIGTERM')
      }
      await database.drop()
      await rm(directory, { recursive: true, force: true })
    },
  }
}
