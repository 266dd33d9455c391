import { spawnSync } from 'node:child_process'

/** What `npm run check` looks at: types, lint and format, drift of what is generated, and breaking changes of the graph. */
const checks: [string, string[]][] = [
  ['types', ['tsc', '--noEmit', '-p', '.']],
  ['types of the wall', ['tsc', '--noEmit', '-p', 'web/wall']],
  ['types of the desk', ['tsc', '--noEmit', '-p', 'web/desk']],
  ['lint and format', ['biome', 'check']],
  ['composition drift', ['node', 'router/compose.ts', '--check']],
  ['codegen drift', ['node', 'web/codegen.ts', '--check']],
  ['breaking changes of the graph', ['node', 'test/router/published-schema.ts']],
]

let failed = 0
for (const [name, [command, ...parameters]] of checks) {
  const { status } = spawnSync(command!, parameters, { stdio: 'inherit' })
  if (status !== 0) failed++
  console.log(`${status === 0 ? 'ok    ' : 'FAILED'} ${name}`)
}
process.exitCode = failed > 0 ? 1 : 0
