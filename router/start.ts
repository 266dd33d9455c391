import { type Configuration, ConfigurationFault, readConfiguration } from '../subgraphs/shared/configuration.ts'
import type { Log } from '../subgraphs/shared/log.ts'
import { StartRefusal } from '../subgraphs/shared/start-refusal.ts'
import { type HubMode, startHub } from './hub.ts'
import { startStandalone } from './standalone.ts'
import { commands } from './startup/commands.ts'
import { createHubLog } from './startup/hub-log.ts'
import { introduceDemo } from './startup/introduce-demo.ts'
import { subgraphModules } from './subgraph-modules.ts'

/** A supervisor kills what has not ended five seconds after SIGTERM. */
const endsWithinMilliseconds = 4_500

const log = createHubLog()

try {
  const configuration = readConfiguration(process.env)
  const command = commands[process.argv[2] ?? '']
  if (command) await command(configuration, process.argv[3])
  else await serve(process.argv[2], configuration)
} catch (error) {
  const isWorded = error instanceof StartRefusal || error instanceof ConfigurationFault
  console.error(isWorded ? error.message : error)
  process.exit(1)
}

async function serve(what: string | undefined, configuration: Configuration): Promise<void> {
  const running = await start(what, configuration, log)
  for (const signal of ['SIGTERM', 'SIGINT'] as const) process.once(signal, () => void end(running.stop))
  console.log(`ready ${running.url}`)
}

/** Nothing: the whole hub in this process. `--router`: the router alone. A subgraph's name: that subgraph alone. */
async function start(what: string | undefined, configuration: Configuration, log: Log) {
  const module = subgraphModules.find(({ name }) => name === what)
  if (module) return startStandalone({ module, configuration, log })
  const mode: HubMode = what === '--router' ? 'router' : 'embedded'
  const hub = await startHub({ configuration, mode, log })
  introduceDemo(hub, configuration)
  return hub
}

async function end(stop: () => Promise<void>): Promise<void> {
  setTimeout(() => process.exit(1), endsWithinMilliseconds).unref()
  await stop()
  process.exit(0)
}
