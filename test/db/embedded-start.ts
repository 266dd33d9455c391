// One application process of the tests beside it: opens the data directory given, starts PostgreSQL in it, and says on
// standard output, one JSON line each, what came of it. It ends by SIGTERM, or by whatever a test does to it.
import { openDataDirectory } from '../../db/data-dir.ts'
import { startEmbeddedPostgres } from '../../db/embedded.ts'
import { StartRefusal } from '../../subgraphs/shared/start-refusal.ts'

const [path = '', only] = process.argv.slice(2)
const say = (fact: object) => process.stdout.write(`${JSON.stringify(fact)}\n`)

try {
  const directory = await openDataDirectory(path)
  say({ opened: directory.path })
  const postgres =
    only === 'directory'
      ? undefined
      : await startEmbeddedPostgres({ dataDirectory: directory.path, log: line => say({ log: line }) })
  const idle = setInterval(() => {}, 60_000)
  process.once('SIGTERM', async () => {
    clearInterval(idle)
    await postgres?.stop()
    await directory.release()
  })
  if (postgres) say({ started: postgres })
} catch (error) {
  if (!(error instanceof StartRefusal)) throw error
  say({ refused: { code: error.code, message: error.message } })
}
