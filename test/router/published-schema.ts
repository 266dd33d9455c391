import { readFileSync, writeFileSync } from 'node:fs'
import { CriticalityLevel, diff } from '@graphql-inspector/core'
import { buildSchema } from 'graphql'

const published = new URL('published-schema.graphql', import.meta.url)
const current = new URL('../../router/public.graphql', import.meta.url)

/**
 * Compares the graph with the one that front-end teams were last given: taking anything away is refused, adding is free.
 * `--publish` makes today's graph the one they are given.
 */
if (process.argv.includes('--publish')) writeFileSync(published, readFileSync(current))
const changes = await diff(buildSchema(readFileSync(published, 'utf8')), buildSchema(readFileSync(current, 'utf8')))
const breaking = changes.filter(change => change.criticality.level === CriticalityLevel.Breaking)
for (const change of breaking) {
  console.error(`${change.path}: ${change.message}; keep it with @deprecated(reason: "… removed after <date>") instead`)
}
process.exitCode = breaking.length > 0 ? 1 : 0
