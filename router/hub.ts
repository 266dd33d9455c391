import { readFile } from 'node:fs/promises'
import { createServer } from 'node:net'
import fastify, { type FastifyInstance } from 'fastify'
import type { Bus } from '../subgraphs/shared/bus/bus.ts'
import { createMemoryBus } from '../subgraphs/shared/bus/memory-bus.ts'
import { createRedisBus } from '../subgraphs/shared/bus/redis-bus.ts'
import type { Configuration } from '../subgraphs/shared/configuration.ts'
import { type CryptoPort, createCrypto } from '../subgraphs/shared/crypto/crypto-port.ts'
import { openDatabase } from '../subgraphs/shared/database.ts'
import { identityReader, identitySigner } from '../subgraphs/shared/identity.ts'
import type { ServableSubgraph } from '../subgraphs/shared/local-subgraph.ts'
import type { Log } from '../subgraphs/shared/log.ts'
import { serveSubgraph } from '../subgraphs/shared/serve-subgraph.ts'
import { StartRefusal } from '../subgraphs/shared/start-refusal.ts'
import type { Subgraph, SubgraphName } from '../subgraphs/shared/subgraph.ts'
import { webPages } from '../web/pages.ts'
import { createApolloPlanner } from './apollo-planner.ts'
import { citizenSignIn } from './citizen-sign-in.ts'
import { composedFiles } from './compose.ts'
import { demoIdentityRoutes } from './demo-identity/demo-identity-routes.ts'
import { demoOutbox } from './demo-outbox.ts'
import { createDoor, type Door } from './door.ts'
import { createHivePlanner } from './hive-planner.ts'
import { keepPicture } from './keep-picture.ts'
import { pictureRoute } from './picture-route.ts'
import type { Planner } from './planner.ts'
import { receiptHolder } from './receipt-holder.ts'
import { createRemoteSubgraph } from './remote-subgraph.ts'
import { restRoutes } from './rest/rest-routes.ts'
import { sessionHolder } from './session-holder.ts'
import { seedDemoProvince } from './startup/demo.ts'
import type { DemoCredentials } from './startup/demo-credentials.ts'
import { healthRoutes } from './startup/health.ts'
import { readRegisteredDocuments } from './startup/page-documents.ts'
import { Started } from './startup/stoppable.ts'
import { loadGivenKeys, openStorage, type Storage } from './startup/storage.ts'
import { subgraphModules } from './subgraph-modules.ts'

/** `embedded`: the four subgraphs in this process. `router`: behind their addresses. */
export type HubMode = 'embedded' | 'router'

export type Hub = { url: string; demo: DemoCredentials | null; stop(): Promise<void> }

/**
 * Starts the hub.
 * Throws a StartRefusal in one clear sentence when it cannot; whatever had been started is ended again.
 */
export async function startHub(options: { configuration: Configuration; mode: HubMode; log: Log }): Promise<Hub> {
  const { configuration, mode, log } = options
  const line = (text: string) => log.info({}, text)
  const started = new Started()
  const stop = () => started.stop(line)
  try {
    await refuseTakenPort(configuration.host, configuration.port)
    const storage = mode === 'embedded' ? await openStorage(configuration, started, line) : null
    const demo = storage && (await seedDemoProvince({ configuration, storage, log: line }))
    const keys = storage?.keys ?? (await loadGivenKeys(configuration))
    const sign = identitySigner(keys.identity)
    const subgraphs = storage
      ? await startEmbedded({ configuration, storage, started, log })
      : remoteSubgraphs(configuration, sign)
    const door = await openDoor({ configuration, subgraphs, sign, log })
    started.add('door', door)
    const demoPassword = demo?.password ?? configuration.demoPassword
    const server = await openServer({ configuration, subgraphs, door, crypto: createCrypto(keys), demoPassword, log })
    started.add('http', { stop: () => server.close() })
    await listen(server, configuration)
    return { url: `http://${configuration.host}:${configuration.port}`, demo, stop }
  } catch (error) {
    await stop()
    throw error
  }
}

function remoteSubgraphs(
  { subgraphUrls }: Configuration,
  sign: ReturnType<typeof identitySigner>,
): Record<SubgraphName, Subgraph> {
  const entries = subgraphModules.map(({ name }) => [
    name,
    createRemoteSubgraph({ name, url: subgraphUrls[name], sign }),
  ])
  return Object.fromEntries(entries) as Record<SubgraphName, Subgraph>
}

async function startEmbedded(options: {
  configuration: Configuration
  storage: Storage
  started: Started
  log: Log
}): Promise<Record<SubgraphName, Subgraph>> {
  const { configuration, storage, started, log } = options
  const bus = started.add('bus', stoppable(createBus(configuration, log)))
  const crypto = createCrypto(storage.keys)
  const running = {} as Record<SubgraphName, ServableSubgraph>
  for (const module of subgraphModules) {
    const database = await openDatabase({
      url: storage.databaseUrl,
      entities: module.entities,
      applicationName: `hub-${module.name}`,
    })
    started.add(`${module.name} database`, { stop: database.close })
    running[module.name] = started.add(
      module.name,
      await module.start({
        database,
        bus: bus.bus,
        crypto,
        now: () => new Date(),
        log,
        publicUrl: configuration.publicUrl,
        picturesUrl: configuration.picturesUrl,
        smsUrl: configuration.smsUrl,
        peer: name => running[name],
      }),
    )
  }
  // A planner behind an address can only reach subgraphs that listen.
  if (configuration.apolloRouterUrl) {
    for (const { name, port } of subgraphModules) {
      const given = new URL(configuration.subgraphUrls[name])
      const readIdentity = identityReader(storage.keys.identity, name)
      const served = { subgraph: running[name], port: Number(given.port || port), readIdentity, log }
      started.add(`${name} server`, await serveSubgraph(served))
    }
  }
  return running
}

function createBus(configuration: Configuration, log: Log): Bus {
  const { redisUrl, redisPrefix } = configuration
  return redisUrl
    ? createRedisBus({ url: redisUrl, prefix: redisPrefix, log: text => log.warn({}, text) })
    : createMemoryBus()
}

const stoppable = (bus: Bus) => ({ bus, stop: () => bus.close() })

async function openDoor(options: {
  configuration: Configuration
  subgraphs: Record<SubgraphName, Subgraph>
  sign: ReturnType<typeof identitySigner>
  log: Log
}): Promise<Door> {
  const { configuration, subgraphs, sign, log } = options
  const supergraphText = await readFile(composedFiles.supergraph, 'utf8')
  const publicSchemaText = await readFile(composedFiles.publicSchema, 'utf8')
  const planner: Planner = configuration.apolloRouterUrl
    ? createApolloPlanner({ url: configuration.apolloRouterUrl, sign, log })
    : await createHivePlanner({ supergraphText, publicSchemaText, subgraphs, log })
  const { isDevelopment, allowedOrigins } = configuration
  const registeredDocuments = await readRegisteredDocuments()
  return createDoor({
    subgraphs,
    planner,
    publicSchemaText,
    supergraphText,
    registeredDocuments,
    isDevelopment,
    allowedOrigins,
    log,
  })
}

async function openServer(options: {
  configuration: Configuration
  subgraphs: Record<SubgraphName, Subgraph>
  door: Door
  crypto: CryptoPort
  demoPassword: string | null
  log: Log
}): Promise<FastifyInstance> {
  const { configuration, subgraphs, door, log } = options
  const server = fastify({ logger: false, trustProxy: 'loopback', forceCloseConnections: true })
  await door.register(server)
  await server.register(healthRoutes({ subgraphs, doorCounts: door.counts }))
  await server.register(
    restRoutes({ subgraphs, execute: door.execute, authenticate: door.authentication.authenticate, log }),
  )
  const { signIn, demoIdentity } = await citizenSignIn({
    ...options,
    cases: subgraphs.cases,
    ownOrigin: () => server.listeningOrigin,
  })
  if (demoIdentity) await server.register(demoIdentityRoutes(demoIdentity))
  await server.register(pictureRoute({ evaluations: subgraphs.evaluations }))
  await server.register(
    webPages({
      execute: door.execute,
      holderOf: receiptNumber => receiptHolder(subgraphs.evaluations, receiptNumber),
      sessionOf: token => sessionHolder(door.authentication, token),
      keepPicture: (token, bytes) => keepPicture(subgraphs.evaluations, token, bytes),
      demoOutbox: configuration.smsUrl === null ? demoOutbox(subgraphs.exchange) : null,
      signIn,
      configuration,
      log: text => log.info({}, text),
    }),
  )
  return server
}

async function listen(server: FastifyInstance, { host, port }: Configuration): Promise<void> {
  await server.listen({ host, port })
}

/** A taken port is said before anything else is started, since that takes seconds. */
async function refuseTakenPort(host: string, port: number): Promise<void> {
  await new Promise<void>((resolve, reject) => {
    const probe = createServer()
    probe.once('error', (error: NodeJS.ErrnoException) => reject(portRefusal(host, port, error.code)))
    probe.listen({ host, port, exclusive: true }, () => probe.close(() => resolve()))
  })
}

function portRefusal(host: string, port: number, code: string | undefined): StartRefusal {
  return new StartRefusal(
    'PORT_TAKEN',
    `无法监听 ${host}:${port}（${code}），请先停止占用该端口的程序，或用 PORT 另选端口。`,
    `Cannot listen on ${host}:${port} (${code}): stop whatever uses the port, or choose another by PORT.`,
  )
}
