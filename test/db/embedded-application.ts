import { type ChildProcess, type SpawnOptions, spawn } from 'node:child_process'
import { once } from 'node:events'
import { createInterface } from 'node:readline'
import type { EmbeddedPostgres } from '../../db/embedded.ts'

/** What an application process says on its way. */
export type Fact = {
  opened?: string
  log?: string
  started?: Omit<EmbeddedPostgres, 'stop'>
  refused?: { code: string; message: string }
}

/** A real application process that a test may kill; `facts` is all it said so far. */
export class Application {
  readonly facts: Fact[] = []
  readonly process: ChildProcess
  #faults = ''

  constructor(script: string, parameters: string[], options: SpawnOptions = {}) {
    this.process = spawn(process.execPath, [script, ...parameters], {
      ...options,
      cwd: '/',
      stdio: ['ignore', 'pipe', 'pipe'],
    })
    this.process.stderr?.on('data', chunk => {
      this.#faults += chunk
    })
    createInterface({ input: this.process.stdout! }).on('line', line => {
      this.facts.push(JSON.parse(line) as Fact)
      this.process.emit('fact')
    })
    this.process.once('close', () => this.process.emit('fact'))
  }

  /** Waits until the process says that; fails with everything it said when it ends first. */
  async says<Kind extends keyof Fact>(kind: Kind): Promise<NonNullable<Fact[Kind]>> {
    for (;;) {
      const found = this.facts.find(fact => fact[kind] !== undefined)?.[kind]
      if (found !== undefined) return found as NonNullable<Fact[Kind]>
      if (this.process.exitCode !== null || this.process.signalCode !== null)
        throw new Error(`ended without saying ${kind}: ${JSON.stringify(this.facts)} ${this.#faults}`)
      await once(this.process, 'fact')
    }
  }

  async end(signal: NodeJS.Signals): Promise<number | null> {
    if (this.process.exitCode === null && this.process.signalCode === null) {
      const closed = once(this.process, 'close')
      this.process.kill(signal)
      await closed
    }
    return this.process.exitCode
  }
}
