import { afterAll, afterEach, beforeAll, expect, test } from 'vitest'
import { createSubmissionKeeper, type Submission } from '../../subgraphs/evaluations/actions/keep-submissions.ts'
import { createCrypto } from '../../subgraphs/shared/crypto/crypto-port.ts'
import { generateSecretKeys } from '../../subgraphs/shared/crypto/secret-keys.ts'
import { type Database, openDatabase, type Transaction } from '../../subgraphs/shared/database.ts'
import { newId } from '../../subgraphs/shared/uuid.ts'
import { createTestDatabase, type TestDatabase } from '../kit/test-database.ts'
import { waitFor } from '../kit/wait-for.ts'
import { closedCase, countRows, everything } from './evaluations-scene.ts'

const now = new Date('2026-11-20T02:00:20.000Z')
const crypto = createCrypto(generateSecretKeys())
let server: TestDatabase
let database: Database

beforeAll(async () => {
  server = await createTestDatabase()
  database = await openDatabase({ url: server.applicationUrl, entities: [], applicationName: 'test' })
})
afterAll(async () => {
  await database.close()
  await server.drop()
})

const scene = {
  rows: <Row extends object>(sql: string, parameters: unknown[] = []) =>
    database.inScope(everything, tx => tx.query<Row>(sql, parameters)),
}
let before: Record<string, number> = {}
const newRows = async () => {
  const after = await countRows(scene)
  const counts = Object.fromEntries(Object.entries(after).map(([name, count]) => [name, count - (before[name] ?? 0)]))
  before = after
  return counts
}
afterEach(newRows)

function submission(
  facts: { level?: 1 | 5; serviceNumber?: number; text?: string | null; city?: string } = {},
): Submission {
  const { level = 5, serviceNumber = 1, text = null, city = '410100' } = facts
  const { regionPath, departmentId, lineId, hallId, windowId, staffMemberId, ...reported } = closedCase(now)
  const placement = { regionPath, departmentId, lineId, hallId, windowId, staffMemberId }
  const { caseId, policyId, matterId } = reported
  const subject = { subjectKind: 'CASE', subjectId: caseId, caseId, serviceNumber, cityCode: city } as const
  return {
    subject: { ...subject, policyId, matterId, staticCodeId: null, terminalNumber: null, isProbe: false, placement },
    draft: {
      channel: 'QR_CODE',
      round: 1,
      level,
      isNegative: level === 1,
      items: level === 1 ? ['115'] : [],
      text,
      isPublic: true,
      isAnonymous: false,
      subRatings: null,
    },
    itemEdition: 2,
    rater: { identifiedBy: 'SCREEN_CODE', relation: 'APPLICANT', citizenId: null, contactPhone: null },
    pictures: [],
    givenAt: null,
    isAboutRectification: false,
  }
}

const keeperOn = (on: Database) => createSubmissionKeeper({ database: on, crypto, now: () => now })

test('rating, text, person, receipt and event are of one transaction', async () => {
  await keeperOn(database).add(submission({ text: '很好' }))
  expect(await newRows()).toEqual({ keys: 1, evaluations: 1, texts: 1, people: 1, receipts: 1, events: 1 })
  const [written] = await scene.rows(
    `select count(distinct xmin)::int as transactions, count(*)::int as rows from (
       select xmin::text from evaluations.evaluation_keys union all select xmin::text from evaluations.evaluations
       union all select xmin::text from evaluations.evaluation_texts union all select xmin::text from evaluations.evaluation_people
       union all select xmin::text from evaluations.evaluation_receipts union all select xmin::text from evaluations.outbox
     ) as written`,
  )
  expect(written).toEqual({ transactions: 1, rows: 6 })
})

test('a commit that fails leaves neither rating nor event, and nobody gets a receipt', async () => {
  const failing: Database = {
    ...database,
    inScope: (scope, work) =>
      database.inScope(scope, async tx => {
        await work(tx)
        throw new Error('the server went away')
      }),
  }
  const keeper = keeperOn(failing)
  const answers = await Promise.allSettled([submission(), submission({ level: 1 })].map(keeper.add))
  expect(answers.map(answer => answer.status)).toEqual(['rejected', 'rejected'])
  expect(await newRows()).toEqual({ keys: 0, evaluations: 0, texts: 0, people: 0, receipts: 0, events: 0 })
})

test('ratings that arrive together are written together', async () => {
  let transactions = 0
  const counting: Database = {
    ...database,
    inScope: (scope, work) => {
      transactions += 1
      return database.inScope(scope, work)
    },
  }
  const keeper = keeperOn(counting)
  const answers = await Promise.all(Array.from({ length: 450 }, () => keeper.add(submission())))
  expect(new Set(answers.map(answer => answer.outcome))).toEqual(new Set(['KEPT']))
  expect(transactions).toBe(3)
  expect(await newRows()).toEqual({ keys: 450, evaluations: 450, texts: 0, people: 450, receipts: 450, events: 450 })
})

test('one bad row does not sink the others that came with it', async () => {
  const keeper = keeperOn(database)
  const good = [submission(), submission({ level: 1 }), submission()]
  const beyondSmallint = submission({ serviceNumber: 70_000 })
  const answers = await Promise.allSettled([good[0]!, beyondSmallint, good[1]!, good[2]!].map(keeper.add))
  expect(answers.map(answer => (answer.status === 'fulfilled' ? answer.value.outcome : 'failed'))).toEqual([
    'KEPT',
    'failed',
    'KEPT',
    'KEPT',
  ])
  expect(await newRows()).toEqual({ keys: 3, evaluations: 3, texts: 0, people: 3, receipts: 3, events: 3 })
})

test('an outage is told to everyone at once and not tried again for each', async () => {
  let transactions = 0
  const gone: Database = {
    ...database,
    inScope: async () => {
      transactions += 1
      throw Object.assign(new Error('terminating connection due to administrator command'), { code: '57P01' })
    },
  }
  const keeper = keeperOn(gone)
  const answers = await Promise.allSettled(Array.from({ length: 20 }, () => keeper.add(submission())))
  expect(answers.every(answer => answer.status === 'rejected')).toBe(true)
  expect(transactions).toBe(1)
})

test('a rating that meets one not yet committed waits for it and is answered with its receipt', async () => {
  const first = submission()
  let commit = () => {}
  const arrived = Promise.withResolvers<void>()
  const holding: Database = {
    ...database,
    inScope: (scope, work) =>
      database.inScope(scope, async (tx: Transaction) => {
        const answers = await work(tx)
        arrived.resolve()
        await new Promise<void>(resolve => {
          commit = resolve
        })
        return answers
      }),
  }
  const kept = keeperOn(holding).add(first)
  await arrived.promise
  const repeated = keeperOn(database).add(first)
  await waitFor(async () => {
    const waiting = await scene.rows(
      `select from pg_stat_activity
       where datname = current_database() and wait_event_type = 'Lock' and query like '%with given as%'`,
    )
    return waiting.length === 1
  }, 'the second statement at the key of the first')
  commit()
  const [one, other] = await Promise.all([kept, repeated])
  expect([one.outcome, other.outcome]).toEqual(['KEPT', 'REPEATED'])
  expect('receiptNumber' in other && other.receiptNumber).toBe('receiptNumber' in one && one.receiptNumber)
  expect(await newRows()).toEqual({ keys: 1, evaluations: 1, texts: 0, people: 1, receipts: 1, events: 1 })
})

test('keys that are rotated leave the receipts of older ratings as they were', async () => {
  const keys = generateSecretKeys()
  const older = createSubmissionKeeper({ database, crypto: createCrypto(keys), now: () => now })
  const rotated = createCrypto({
    ...keys,
    receipt: { current: '2', keys: { ...keys.receipt.keys, 2: generateSecretKeys().receipt.keys[1]! } },
  })
  const given = submission()
  const first = await older.add(given)
  const again = await createSubmissionKeeper({ database, crypto: rotated, now: () => now }).add(given)
  expect(again.outcome).toBe('REPEATED')
  expect('receiptNumber' in again && again.receiptNumber).toBe('receiptNumber' in first && first.receiptNumber)
})

test('ids carry the time of the commit, so that a rating lies in its month', async () => {
  const kept = await keeperOn(database).add(submission())
  if (kept.outcome !== 'KEPT') throw new Error(kept.outcome)
  expect(kept.evaluation.id.slice(0, 13)).toBe(newId(now.getTime()).slice(0, 13))
})

test('a rating that a device took while it was offline keeps its own time; id, clocks and months go by the commit', async () => {
  const givenAt = new Date(now.getTime() - 5 * 3_600_000)
  const kept = await keeperOn(database).add({ ...submission({ level: 1 }), givenAt })
  if (kept.outcome !== 'KEPT') throw new Error(kept.outcome)
  const { id } = kept.evaluation
  expect(id.slice(0, 13)).toBe(newId(now.getTime()).slice(0, 13))
  const [row] = await scene.rows(`select evaluated_at, committed_at from evaluations.evaluations where id = $1`, [id])
  expect(row).toEqual({ evaluated_at: givenAt, committed_at: now })
  const [event] = await scene.rows<{ payload: object }>(
    `select payload from evaluations.outbox where subject_id = $1`,
    [id],
  )
  expect(event!.payload).toMatchObject({ evaluatedAt: now.toISOString() })
})
