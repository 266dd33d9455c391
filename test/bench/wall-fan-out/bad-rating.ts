import type { HubUnderTest } from '../harness/hub-under-test.ts'
import { type Post, postConnection } from '../harness/post-connection.ts'
import { type Rateable, supplyRateables } from '../harness/rating-supply.ts'
import type { ServicePoint } from '../harness/service-points.ts'

/** Gives bad ratings at one point, with codes made in advance. */
export type RatingGiver = { post: Post; key: string; point: ServicePoint; supply: Rateable[] }

const submitEvaluation = `mutation Submit($input: SubmitEvaluationInput!) {
  submitEvaluation(input: $input) { ... on SubmitEvaluationSuccess { isNew } ... on UserError { message } }
}`

export async function ratingGiver(hub: HubUnderTest, point: ServicePoint): Promise<RatingGiver> {
  const { post } = postConnection(`${hub.url}/graphql`, 16)
  return { post, key: await hub.keyOf('window-system'), point, supply: [] }
}

/** Has codes made for so many bad ratings; they stay fresh for a minute or two. */
export async function prepareBadRatings(giver: RatingGiver, count: number): Promise<void> {
  const { post, key, point } = giver
  giver.supply = await supplyRateables({ post, key, points: [point], count })
}

/** Hands one bad rating in and waits for its receipt. */
export async function badRating(giver: RatingGiver): Promise<void> {
  const { post, supply } = giver
  const { token } = supply.pop()!
  const input = { token, level: 'VERY_DISSATISFIED', text: '材料反复要求补正' }
  const { text } = await post(JSON.stringify({ query: submitEvaluation, variables: { input } }))
  if (!JSON.parse(text).data?.submitEvaluation?.isNew) throw new Error(`submitEvaluation: ${text.slice(0, 500)}`)
}
