import { type Pace, paced } from '../harness/pace.ts'
import { percentile } from '../harness/percentiles.ts'
import { postConnection } from '../harness/post-connection.ts'
import { reportClosedCases } from '../harness/rating-supply.ts'
import type { ServicePoint } from '../harness/service-points.ts'

export type IssuingResult = {
  seconds: number
  p50: number
  p99: number
  issued: number
  faults: string[]
  sample: { url: string; svg: string }[]
}

export type IssuingLoad = {
  supply(input: { url: string; key: string; points: ServicePoint[]; count: number }): Promise<number>
  /** Asks for the code of another case each time, with its picture. */
  issue(input: { url: string; key: string; kind: string; pace: Pace }): Promise<IssuingResult>
}

const issueRatingCode = `mutation Issue($input: IssueRatingCodeInput!) {
  issueRatingCode(input: $input) {
    ... on IssueRatingCodeSuccess { ratingCode { url token expiresAt nextCodeAt svg } }
    ... on UserError { message }
  }
}`
const sampleSize = 10

/** Window systems and terminals that ask for a code when a case is closed. */
export function createLoad(): IssuingLoad {
  let caseNumbers: string[] = []
  return {
    async supply({ url, ...what }) {
      const { post, close } = postConnection(url, 4)
      caseNumbers = await reportClosedCases({ post, ...what })
      close()
      return caseNumbers.length
    },
    async issue({ url, key, kind, pace }) {
      const { post, close } = postConnection(url)
      const answers: string[] = new Array(caseNumbers.length)
      const startedAt = performance.now()
      const milliseconds = await paced(caseNumbers.length, pace, async index => {
        const body = JSON.stringify({
          query: issueRatingCode,
          variables: {
            input: { caseNumber: caseNumbers[index], kind, ...(kind === 'TERMINAL' && { terminalNumber: 'ZZ-0001' }) },
          },
        })
        answers[index] = (await post(body, key)).text
      })
      const seconds = (performance.now() - startedAt) / 1000
      close()
      const codes = answers.map(answer => JSON.parse(answer).data?.issueRatingCode?.ratingCode)
      const wrong = answers.filter((_answer, index) => !codes[index]?.svg?.startsWith('<svg'))
      const tokens = new Set(codes.map(code => code?.token))
      return {
        seconds,
        p50: percentile(milliseconds, 0.5),
        p99: percentile(milliseconds, 0.99),
        issued: tokens.size,
        faults: [
          ...(wrong.length > 0 ? [`${wrong.length} codes were not made, e.g. ${wrong[0]!.slice(0, 200)}`] : []),
          ...(tokens.size === answers.length ? [] : ['two cases were given the same token']),
        ],
        sample: codes.slice(0, sampleSize).map(code => ({ url: String(code?.url), svg: String(code?.svg) })),
      }
    },
  }
}
