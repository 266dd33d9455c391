import { type ChildProcess, fork } from 'node:child_process'
import { once } from 'node:events'
import { setTimeout as pause } from 'node:timers/promises'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { secretKeysText } from '../../subgraphs/shared/crypto/secret-keys.ts'
import {
  closedCase,
  type EvaluationsScene,
  freshToken,
  openEvaluationsScene,
  submit,
} from '../evaluations/evaluations-scene.ts'
import type { RatingProcessMessage, RatingProcessStart, RatingsOrder } from './rating-process.ts'

const rounds = 25
const ratingsARound = 4
let scene: EvaluationsScene

beforeAll(async () => {
  scene = await openEvaluationsScene()
})
afterAll(() => scene.stop())

/** A copy of the subgraph that is ready to be killed. */
async function startRatingProcess(): Promise<ChildProcess> {
  const child = fork(new URL('./rating-process.ts', import.meta.url), { execArgv: [] })
  child.send({
    applicationUrl: scene.server.applicationUrl,
    keys: secretKeysText(scene.keys),
    now: scene.clock.now.toISOString(),
  } satisfies RatingProcessStart)
  const [ready] = await once(child, 'message')
  expect(ready).toBe('ready')
  return child
}

async function freshInputs() {
  const reported = Array.from({ length: ratingsARound }, () => closedCase(scene.clock.now))
  await scene.report(...reported)
  const tokens = await Promise.all(reported.map(({ caseNumber }) => freshToken(scene, caseNumber)))
  return tokens.map((token, number) => ({ token, level: 'DISSATISFIED', items: ['213'], text: `等了${number}小时` }))
}

/** Sends the ratings and kills: behind the commit, or at any moment from before the first read until after the last reply. */
async function killedWhileRating(child: ChildProcess, inputs: object[], stopsAtCommit: boolean) {
  const receipts = new Map<number, string>()
  const committed = Promise.withResolvers<void>()
  child.on('message', (message: RatingProcessMessage) => {
    if (message === 'committed') committed.resolve()
    else if (typeof message === 'object') receipts.set(message.index, message.receiptNumber)
  })
  child.send({ inputs, stopsAtCommit } satisfies RatingsOrder)
  await (stopsAtCommit ? committed.promise : pause(Math.random() * 40))
  child.kill('SIGKILL')
  await once(child, 'exit')
  return receipts
}

test(`kill -9 between commit and reply, ${rounds} times: each rating is there once and a retry gets its receipt`, async () => {
  let keptWithoutReply = 0
  let next = startRatingProcess()
  for (let round = 0; round < rounds; round++) {
    const [child, inputs] = await Promise.all([next, freshInputs()])
    if (round < rounds - 1) next = startRatingProcess()
    const receipts = await killedWhileRating(child, inputs, round % 2 === 0)
    const retried = await Promise.all(inputs.map(input => submit(scene, input)))
    keptWithoutReply += retried.filter(({ isNew }, index) => !isNew && !receipts.has(index)).length
    for (const [index, receiptNumber] of receipts) {
      expect(retried[index]).toMatchObject({ isNew: false, receiptNumber })
    }
    const again = await Promise.all(inputs.map(input => submit(scene, input)))
    expect(again).toEqual(retried.map(answer => ({ ...answer, isNew: false })))
  }
  // The fault itself must have been met, or nothing was shown.
  expect(keptWithoutReply).toBeGreaterThan(0)
  const [counts] = await scene.rows(
    `select count(*)::int as ratings, count(distinct case_id)::int as services,
       (select count(*)::int from evaluations.evaluation_texts) as texts,
       (select count(*)::int from evaluations.evaluation_receipts) as receipts,
       (select count(distinct subject_id)::int from evaluations.outbox) as subjects,
       (select count(*)::int from evaluations.outbox) as events
     from evaluations.evaluations`,
  )
  const all = rounds * ratingsARound
  expect(counts).toEqual({ ratings: all, services: all, texts: all, receipts: all, subjects: all, events: all })
}, 180_000)
