import { randomBytes } from 'node:crypto'
import { paced } from './pace.ts'
import type { Post } from './post-connection.ts'
import type { ServicePoint } from './service-points.ts'

/** A case that was reported and has a code: one rating can be given by it. */
export type Rateable = { caseNumber: string; token: string }

const reportBatch = 500
const issuersAtOnce = 32

const reportCases = `mutation Report($input: ReportCasesInput!) {
  reportCases(input: $input) {
    ... on ReportCasesSuccess { rejectedCount results { problems { path message } } }
    ... on UserError { message }
  }
}`

const issueRatingCode = `mutation Issue($input: IssueRatingCodeInput!) {
  issueRatingCode(input: $input) {
    ... on IssueRatingCodeSuccess { ratingCode { token } }
    ... on UserError { message }
  }
}`

/** Reports closed cases at the given points in turn and has a screen code made for each, all through the graph as a window system does. */
export async function supplyRateables(options: {
  post: Post
  key: string
  points: ServicePoint[]
  count: number
}): Promise<Rateable[]> {
  const { post, key, count } = options
  const caseNumbers = await reportClosedCases(options)
  const rateables: Rateable[] = new Array(count)
  await paced(count, { kind: 'CLOSED', concurrency: issuersAtOnce }, async index => {
    const caseNumber = caseNumbers[index]!
    rateables[index] = { caseNumber, token: await issueToken(post, key, caseNumber) }
  })
  return rateables
}

/** Reports so many closed cases; answers their numbers, in the order of the points. */
export async function reportClosedCases(options: {
  post: Post
  key: string
  points: ServicePoint[]
  count: number
}): Promise<string[]> {
  const { post, key, points, count } = options
  const run = randomBytes(5).toString('hex').toUpperCase()
  const cases = Array.from({ length: count }, (_, index) =>
    closedCase(points[index % points.length]!, `B${run}${String(index).padStart(9, '0')}`, index),
  )
  for (let from = 0; from < count; from += reportBatch) {
    const input = { cases: cases.slice(from, from + reportBatch) }
    const { text } = await post(JSON.stringify({ query: reportCases, variables: { input } }), key)
    const result = JSON.parse(text).data?.reportCases
    if (result?.rejectedCount !== 0) throw new Error(`reportCases: ${text.slice(0, 600)}`)
  }
  return cases.map(({ caseNumber }) => caseNumber)
}

/** Has one screen code made; answers its token. */
export async function issueToken(post: Post, key: string, caseNumber: string): Promise<string> {
  const { text } = await post(JSON.stringify({ query: issueRatingCode, variables: { input: { caseNumber } } }), key)
  const token = JSON.parse(text).data?.issueRatingCode?.ratingCode?.token
  if (!token) throw new Error(`issueRatingCode: ${text.slice(0, 600)}`)
  return token
}

function closedCase(point: ServicePoint, caseNumber: string, index: number) {
  const { regionCode, serviceCode, hallId, windowNumber, staffNumber } = point
  const closedAt = new Date(Date.now() - 60_000)
  return {
    caseNumber,
    regionCode,
    serviceCode,
    hall: hallId,
    windowNumber,
    staffNumber,
    state: '3',
    applicantName: '测试甲',
    contactPhone: `1390000${String(index % 10_000).padStart(4, '0')}`,
    acceptedAt: new Date(closedAt.getTime() - 600_000).toISOString(),
    closedAt: closedAt.toISOString(),
  }
}
