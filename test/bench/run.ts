import { mkdir, writeFile } from 'node:fs/promises'
import { benchmarks } from './benchmarks.ts'
import { describeMachine } from './harness/machine.ts'
import { outcomeText } from './harness/print-outcome.ts'

const parameters = process.argv.slice(2)
const names = parameters.filter(parameter => !parameter.startsWith('--'))
const isShort = parameters.includes('--short')
const unknown = [
  ...names.filter(name => !(name in benchmarks)),
  ...parameters.filter(parameter => parameter.startsWith('--') && parameter !== '--short'),
]
if (unknown.length > 0) {
  console.error(
    `unknown: ${unknown.join(', ')}. Usage: npm run bench -- [${Object.keys(benchmarks).join('|')}]… [--short]`,
  )
  process.exit(2)
}

const results = new URL('./results/', import.meta.url)
let voidRows = 0
for (const name of names.length > 0 ? names : Object.keys(benchmarks)) {
  const machine = describeMachine()
  const takenAt = new Date().toISOString()
  console.log(`\n${name}: ${isShort ? 'short run' : 'full run'}, load before ${machine.loadBefore}`)
  const { run } = await benchmarks[name]!()
  const outcome = await run({ isShort }, console.log)
  voidRows += outcome.sections.flatMap(({ rows }) => rows).filter(({ faults }) => faults.length > 0).length
  console.log(`\n${outcomeText(outcome)}\n`)
  await mkdir(results, { recursive: true })
  const file = new URL(`${name}${isShort ? '-short' : ''}.json`, results)
  await writeFile(file, `${JSON.stringify({ name, takenAt, isShort, machine, ...outcome }, null, 2)}\n`)
}
if (voidRows > 0) {
  console.error(`${voidRows} rows are void`)
  process.exitCode = 1
}
