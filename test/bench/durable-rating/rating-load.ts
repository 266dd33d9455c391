import { type Pace, paced } from '../harness/pace.ts'
import { percentile } from '../harness/percentiles.ts'
import { postConnection } from '../harness/post-connection.ts'
import { type Rateable, supplyRateables } from '../harness/rating-supply.ts'
import type { ServicePoint } from '../harness/service-points.ts'

export type RatingResult = {
  seconds: number
  p50: number
  p99: number
  receipts: number
  caseNumbers: string[]
  faults: string[]
}

export type RatingLoad = {
  /** Reports cases and has codes made, before the measuring. */
  supply(input: { url: string; key: string; points: ServicePoint[]; count: number }): Promise<number>
  /** Takes rateables that are there already. */
  take(rateables: Rateable[]): number
  /** Hands one rating in for each of the supply. */
  rate(input: { url: string; pace: Pace }): Promise<RatingResult>
}

const submitEvaluation = `mutation Submit($input: SubmitEvaluationInput!) {
  submitEvaluation(input: $input) {
    __typename
    ... on SubmitEvaluationSuccess { receiptNumber isNew evaluation { id level } }
    ... on UserError { message }
  }
}`

/** One in fifty is negative: five hundred times as many as a real province has, so that what follows a bad rating is at work, too. */
const oneNegativeIn = 50

/** Citizens who hand ratings in over HTTP, each with the code of his own case. */
export function createLoad(): RatingLoad {
  let rateables: Rateable[] = []
  return {
    async supply({ url, ...what }) {
      const { post, close } = postConnection(url, 64)
      const startedAt = performance.now()
      rateables = await supplyRateables({ post, ...what })
      close()
      return rateables.length / ((performance.now() - startedAt) / 1000)
    },
    take(given) {
      rateables = given
      return rateables.length
    },
    rate: ({ url, pace }) => rateAll(rateables, url, pace),
  }
}

async function rateAll(rateables: Rateable[], url: string, pace: Pace): Promise<RatingResult> {
  const { post, close } = postConnection(url)
  const bodies = rateables.map(({ token }, index) => submissionBody(token, index))
  const answers: string[] = new Array(bodies.length)
  const startedAt = performance.now()
  const milliseconds = await paced(bodies.length, pace, async index => {
    answers[index] = await post(bodies[index]!).then(
      ({ text }) => text,
      error => String(error),
    )
  })
  const seconds = (performance.now() - startedAt) / 1000
  close()
  const { receipts, faults } = judge(answers)
  const caseNumbers = rateables.map(({ caseNumber }) => caseNumber)
  return {
    seconds,
    p50: percentile(milliseconds, 0.5),
    p99: percentile(milliseconds, 0.99),
    receipts,
    caseNumbers,
    faults,
  }
}

function submissionBody(token: string, index: number): string {
  const isNegative = index % oneNegativeIn === 0
  const input = isNegative
    ? { token, level: 'DISSATISFIED', text: '等候时间太长，叫号不清楚' }
    : { token, level: 'VERY_SATISFIED' }
  return JSON.stringify({ query: submitEvaluation, variables: { input } })
}

/** Every answer must be a new receipt that no other answer has. */
function judge(answers: string[]): { receipts: number; faults: string[] } {
  const receipts = new Set<string>()
  const wrong: string[] = []
  for (const answer of answers) {
    const result = answer.startsWith('{') ? JSON.parse(answer).data?.submitEvaluation : null
    if (result?.receiptNumber && result.isNew && result.evaluation?.id) receipts.add(result.receiptNumber)
    else wrong.push(answer)
  }
  const faults = wrong.length > 0 ? [`${wrong.length} ratings were not taken, e.g. ${wrong[0]!.slice(0, 200)}`] : []
  if (receipts.size + wrong.length !== answers.length) faults.push('the same receipt was answered twice')
  return { receipts: receipts.size, faults }
}
