import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtemp, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { freePort } from './free-port.ts'

const root = new URL('../..', import.meta.url).pathname
/** Password of all demo accounts in tests. */
export const demoPassword = 'test-password-1'

export type StartedProcess = {
  child: ChildProcess
  /** Everything it has printed so far. */
  output(): string
  kill(signal: NodeJS.Signals): Promise<number | null>
}

/** Runs `node router/start.ts …` as a user's terminal would, until it prints `ready`; fails with its output when it ends before. */
export async function startProcess(parameters: string[], environment: Record<string, string>): Promise<StartedProcess> {
  const child = spawn(process.execPath, ['router/start.ts', ...parameters], {
    cwd: root,
    env: { PATH: process.env.PATH, HOME: process.env.HOME, ...environment },
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  let printed = ''
  const exited = once(child, 'exit') as Promise<[number | null]>
  await new Promise<void>((resolve, reject) => {
    const hear = (chunk: Buffer) => {
      printed += chunk
      if (/^ready http/m.test(printed)) resolve()
    }
    child.stdout!.on('data', hear)
    child.stderr!.on('data', hear)
    void exited.then(([code]) => reject(new Error(`ended with ${code} before it was ready:\n${printed}`)))
  })
  return {
    child,
    output: () => printed,
    async kill(signal) {
      child.kill(signal)
      return (await exited)[0]
    },
  }
}

/** Runs a start that must be refused; answers its exit code and what it printed on standard error. */
export async function refusedStart(environment: Record<string, string>, parameters: string[] = [], uid?: number) {
  const child = spawn(process.execPath, ['router/start.ts', ...parameters], {
    cwd: root,
    env: { PATH: process.env.PATH, HOME: process.env.HOME, ...environment },
    uid,
  })
  let errors = ''
  child.stderr.on('data', chunk => {
    errors += chunk
  })
  const [code] = await once(child, 'exit')
  return { code, errors: errors.trim() }
}

export type HubProcess = {
  url: string
  dataDirectory: string
  environment: Record<string, string>
  key(name: 'window-system' | 'frontend' | 'kiosk'): Promise<string>
  output(): string
  /** Ends it with a signal and starts it again on the same port and data. */
  restart(signal: NodeJS.Signals): Promise<void>
  kill(signal: NodeJS.Signals): Promise<number | null>
  start(): Promise<void>
  stop(): Promise<void>
}

/** The whole hub in one process with its demo province, as `npm start` runs it, in a directory of its own. */
export async function startHubProcess(more: Record<string, string> = {}): Promise<HubProcess> {
  const port = await freePort()
  const dataDirectory = await mkdtemp(join(tmpdir(), 'hub-'))
  const environment = { PORT: String(port), DATA_DIR: dataDirectory, DEMO_PASSWORD: demoPassword, ...more }
  let running = await startProcess([], environment)
  const hub: HubProcess = {
    url: `http://127.0.0.1:${port}`,
    dataDirectory,
    environment,
    output: () => running.output(),
    async key(name) {
      const kept = JSON.parse(await readFile(join(dataDirectory, 'demo-credentials.json'), 'utf8'))
      return kept.clientKeys.find((client: { name: string }) => client.name === name).key
    },
    kill: signal => running.kill(signal),
    async start() {
      running = await startProcess([], environment)
    },
    async restart(signal) {
      await running.kill(signal)
      await hub.start()
    },
    async stop() {
      if (running.child.exitCode === null && running.child.signalCode === null) await running.kill('SIGTERM')
      await rm(dataDirectory, { recursive: true, force: true })
    },
  }
  return hub
}
