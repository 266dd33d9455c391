import { setTimeout as pause } from 'node:timers/promises'
import { paced } from '../harness/pace.ts'
import { postConnection } from '../harness/post-connection.ts'
import { type Rateable, supplyRateables } from '../harness/rating-supply.ts'
import type { ServicePoint } from '../harness/service-points.ts'

export type RaterResult = { receipts: number; retries: number; faults: string[] }

export type PersistentRaters = {
  supply(input: { url: string; key: string; points: ServicePoint[]; count: number }): Promise<number>
  /** Hands everything in at this rate; whoever gets no answer tries again until he has his receipt. */
  rate(input: { url: string; perSecond: number }): Promise<RaterResult>
}

const submitEvaluation = `mutation Submit($input: SubmitEvaluationInput!) {
  submitEvaluation(input: $input) { ... on SubmitEvaluationSuccess { receiptNumber } ... on UserError { message } }
}`
const mostAttempts = 300

/** Citizens who give bad ratings and do not give up while the server is away. */
export function createLoad(): PersistentRaters {
  let rateables: Rateable[] = []
  return {
    async supply({ url, ...what }) {
      const { post, close } = postConnection(url, 64)
      rateables = await supplyRateables({ post, ...what })
      close()
      return rateables.length
    },
    async rate({ url, perSecond }) {
      const { post, close } = postConnection(url, 128)
      const receipts = new Set<string>()
      const faults = new Set<string>()
      let retries = 0
      await paced(rateables.length, { kind: 'OPEN', perSecond }, async index => {
        const input = { token: rateables[index]!.token, level: 'VERY_DISSATISFIED', text: '窗口无人值守' }
        const body = JSON.stringify({ query: submitEvaluation, variables: { input } })
        for (let attempt = 1; attempt <= mostAttempts; attempt++) {
          const text = await post(body).then(
            answer => answer.text,
            () => null,
          )
          const result = text?.startsWith('{') ? JSON.parse(text).data?.submitEvaluation : null
          if (result?.receiptNumber) return void receipts.add(result.receiptNumber)
          if (result?.message) return void faults.add(`a rating was refused: ${result.message}`)
          retries += 1
          await pause(100 + Math.random() * 200)
        }
        faults.add('a rating was never taken')
      })
      close()
      return { receipts: receipts.size, retries, faults: [...faults] }
    },
  }
}
