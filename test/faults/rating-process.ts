// A copy of the evaluations subgraph in a process of its own, to be killed: takes ratings by message and answers each by message.
// Told to stop at the commit, it says `committed` behind the commit of a transaction that wrote, and goes no further.
import { parse } from 'graphql'
import { evaluations } from '../../subgraphs/evaluations/index.ts'
import { createMemoryBus } from '../../subgraphs/shared/bus/memory-bus.ts'
import { createCrypto } from '../../subgraphs/shared/crypto/crypto-port.ts'
import { readSecretKeys } from '../../subgraphs/shared/crypto/secret-keys.ts'
import { type Database, openDatabase } from '../../subgraphs/shared/database.ts'
import { standardErrorLog } from '../../subgraphs/shared/log.ts'
import { anonymousViewer } from '../../subgraphs/shared/viewer.ts'

export type RatingProcessStart = { applicationUrl: string; keys: string; now: string }
export type RatingsOrder = { inputs: object[]; stopsAtCommit: boolean }
export type RatingProcessMessage = 'ready' | 'committed' | { index: number; receiptNumber: string }

const document = parse(`mutation ($input: SubmitEvaluationInput!) {
  submitEvaluation(input: $input) { ... on SubmitEvaluationSuccess { receiptNumber } ... on UserError { message } }
}`)
let stopsAtCommit = false
const say = (message: RatingProcessMessage) => process.send!(message)

process.once('message', async ({ applicationUrl, keys, now }: RatingProcessStart) => {
  const read = readSecretKeys(keys)
  if (!('keys' in read)) throw new Error(JSON.stringify(read.faults))
  const database = await openDatabase({
    url: applicationUrl,
    entities: evaluations.entities,
    applicationName: 'rating-process',
  })
  const subgraph = await evaluations.start({
    database: stoppingAtCommits(database),
    bus: createMemoryBus(),
    crypto: createCrypto(read.keys),
    now: () => new Date(now),
    log: standardErrorLog,
    publicUrl: 'http://hall.example.cn',
    picturesUrl: 'file:///tmp/hub-test-pictures',
    smsUrl: null,
    peer: () => {
      throw new Error('submitting needs evaluations alone')
    },
  })
  process.on('message', (order: RatingsOrder) => {
    stopsAtCommit = order.stopsAtCommit
    order.inputs.forEach(async (input, index) => {
      const { data } = await subgraph.execute({ document, variables: { input }, viewer: anonymousViewer })
      const { receiptNumber } = (data as { submitEvaluation: { receiptNumber: string } }).submitEvaluation
      say({ index, receiptNumber })
    })
  })
  say('ready')
})

function stoppingAtCommits(database: Database): Database {
  return {
    ...database,
    async inScope(scope, work) {
      let hasWritten = false
      const result = await database.inScope(scope, tx =>
        work({
          ...tx,
          query: (sql, parameters) => {
            hasWritten ||= sql.includes('insert into evaluations.evaluations ')
            return tx.query(sql, parameters)
          },
        }),
      )
      if (!hasWritten || !stopsAtCommit) return result
      say('committed')
      return new Promise(() => {})
    },
  }
}
