import { spawn } from 'node:child_process'
import { once } from 'node:events'

const root = new URL('../../..', import.meta.url).pathname

export type ServerProcess = {
  pid: number
  /** What stood behind `ready` on its line. */
  url: string
  /** Sends a signal and waits for the end. */
  end(signal?: NodeJS.Signals): Promise<void>
}

/** Runs a script in a process of its own until it prints a line `ready …`; fails with its output when it ends before. */
export async function startServer(
  script: string,
  environment: Record<string, string> = {},
  parameters: string[] = [],
): Promise<ServerProcess> {
  const child = spawn(process.execPath, [script, ...parameters], {
    cwd: root,
    env: { PATH: process.env.PATH, HOME: process.env.HOME, ...environment },
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  const exited = once(child, 'exit')
  let printed = ''
  const url = await new Promise<string>((resolve, reject) => {
    const hear = (chunk: Buffer) => {
      printed = (printed + chunk).slice(-20_000)
      const ready = /^ready (.+)$/m.exec(printed)?.[1]
      if (ready) resolve(ready)
    }
    child.stdout.on('data', hear)
    child.stderr.on('data', hear)
    void exited.then(([code, signal]) => reject(new Error(`${script} ended with ${code ?? signal}:\n${printed}`)))
  })
  let isAsked = false
  void exited.then(([code, signal]) => {
    if (!isAsked) console.error(`${script} ended by itself with ${code ?? signal}:\n${printed.slice(-4_000)}`)
  })
  return {
    pid: child.pid!,
    url,
    async end(signal = 'SIGTERM') {
      isAsked = true
      if (child.exitCode === null && child.signalCode === null) child.kill(signal)
      await exited
    },
  }
}
