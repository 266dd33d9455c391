import { spawn } from 'node:child_process'
import { once } from 'node:events'

/** Runs one of the operators' commands (`migrate`, `seed`, `keys`) to its end; fails with what it printed. */
export async function runCommand(parameters: string[], environment: Record<string, string>): Promise<string> {
  const child = spawn(process.execPath, ['router/start.ts', ...parameters], {
    cwd: new URL('../..', import.meta.url).pathname,
    env: { PATH: process.env.PATH, HOME: process.env.HOME, ...environment },
  })
  let printed = ''
  for (const stream of [child.stdout, child.stderr]) {
    stream.on('data', chunk => {
      printed += chunk
    })
  }
  const [code] = await once(child, 'exit')
  if (code !== 0) throw new Error(`${parameters.join(' ')} ended with ${code}:\n${printed}`)
  return printed
}
