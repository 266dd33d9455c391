import { Agent, request as ask, createServer, type IncomingMessage } from 'node:http'
import type { AddressInfo } from 'node:net'
import { identityHeader } from '../../../subgraphs/shared/identity.ts'
import { callerIdentity } from './caller-identity.ts'
import type { SubgraphUrls } from './supergraph-at.ts'

/** What one would write by hand for this one question: the same four calls in the same order, no planner, no schema, answers put together. */
const urls = JSON.parse(process.env.SUBGRAPH_URLS!) as SubgraphUrls
const identify = await callerIdentity()
const agent = new Agent({ keepAlive: true, maxSockets: 256 })

const casesQuery = `query ($caseNumber: String!) { serviceCase(caseNumber: $caseNumber) {
  id caseNumber state closedAt matter { name } department { name } hall { name } } }`
const evaluationsQuery = `query ($representations: [_Any!]!) { _entities(representations: $representations) { ... on ServiceCase {
  evaluations { id level isNegative evaluatedAt items { code text } } } } }`
const exchangeQuery = `query ($representations: [_Any!]!) { _entities(representations: $representations) { ... on ServiceCase {
  link { id name mode state } } } }`
const workflowQuery = `query ($representations: [_Any!]!) { _entities(representations: $representations) { ... on Evaluation {
  negativeReview { id state openedAt deadlines { kind state dueAt } } } } }`

type Entities<Entity> = { _entities: Entity[] }
type Evaluation = { id: string; level: string; isNegative: boolean; evaluatedAt: string; items: object[] }

async function tell(caseNumber: string, identity: string): Promise<object> {
  const { serviceCase } = await fetchData<{ serviceCase: { id: string } }>(urls.cases, identity, casesQuery, {
    caseNumber,
  })
  if (!serviceCase) return { serviceCase }
  const representations = [{ __typename: 'ServiceCase', id: serviceCase.id }]
  const [rated, linked] = await Promise.all([
    fetchData<Entities<{ evaluations: Evaluation[] }>>(urls.evaluations, identity, evaluationsQuery, {
      representations,
    }),
    fetchData<Entities<{ link: object }>>(urls.exchange, identity, exchangeQuery, { representations }),
  ])
  const evaluations = rated._entities[0]!.evaluations
  const reviewed = evaluations.length
    ? await fetchData<Entities<{ negativeReview: object }>>(urls.workflow, identity, workflowQuery, {
        representations: evaluations.map(({ id }) => ({ __typename: 'Evaluation', id })),
      })
    : { _entities: [] }
  return {
    serviceCase: {
      ...serviceCase,
      evaluations: evaluations.map((evaluation, index) => ({ ...evaluation, ...reviewed._entities[index] })),
      link: linked._entities[0]!.link,
    },
  }
}

function fetchData<Data>(url: string, identity: string, query: string, variables: object): Promise<Data> {
  const body = JSON.stringify({ query, variables })
  const headers = {
    'content-type': 'application/json',
    'content-length': Buffer.byteLength(body),
    [identityHeader]: identity,
  }
  return new Promise((resolve, reject) => {
    const asking = ask(url, { method: 'POST', agent, headers }, async response => {
      const { data, errors } = JSON.parse(await textOf(response))
      if (errors) reject(new Error(JSON.stringify(errors)))
      else resolve(data)
    })
    asking.on('error', reject)
    asking.end(body)
  })
}

async function textOf(message: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = []
  for await (const chunk of message as AsyncIterable<Buffer>) chunks.push(chunk)
  return Buffer.concat(chunks).toString('utf8')
}

const server = createServer(async (request, response) => {
  const { variables } = JSON.parse(await textOf(request))
  const data = await tell(variables.caseNumber, await identify(request.headers.authorization))
  response.setHeader('content-type', 'application/json').end(JSON.stringify({ data }))
})
server.listen(0, '127.0.0.1', () => {
  console.log(`ready http://127.0.0.1:${(server.address() as AddressInfo).port}/graphql`)
})
