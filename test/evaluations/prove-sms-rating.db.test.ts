import { afterAll, beforeAll, expect, test } from 'vitest'
import { anonymousViewer } from '../../subgraphs/shared/viewer.ts'
import { closedThisMorning, openSmsRatingScene, type SmsRatingScene, tokenIn } from '../exchange/sms-rating-scene.ts'
import { waitFor } from '../kit/wait-for.ts'

let scene: SmsRatingScene
beforeAll(async () => {
  scene = await openSmsRatingScene()
})
afterAll(() => scene.stop())

/** The token of the link that a closed case's applicant was sent. */
async function invited(phone: string): Promise<string> {
  await scene.report(closedThisMorning(phone))
  const message = await waitFor(
    async () => (await scene.messages()).find(kept => kept.phone.endsWith(phone)),
    `the invitation of ${phone}`,
  )
  return tokenIn(message.text)
}

async function prove(
  token: string,
  phoneLastFour: string,
): Promise<{ __typename: string; code?: string; receiptNumber?: string }> {
  const { proveSmsRating } = await scene.ask(
    'evaluations',
    anonymousViewer,
    `mutation ($input: ProveSmsRatingInput!) { proveSmsRating(input: $input) {
       __typename ... on ProveSmsRatingSuccess { receiptNumber } ... on UserError { code } } }`,
    { input: { token, phoneLastFour } },
  )
  return proveSmsRating
}

test('whoever comes back by a used link and knows the last four digits gets the receipt of the rating', async () => {
  const token = await invited('13800000031')
  const { receiptNumber } = await scene.rate(token, { level: 'SATISFIED' })
  const shown = { __typename: 'ProveSmsRatingSuccess', receiptNumber }
  expect(await prove(token, '0031')).toEqual(shown)
  expect(await prove(token, ' ００３１')).toEqual(shown)
})

test('a link that was not used yet, one that nobody was sent and a text that is none tell nothing', async () => {
  const token = await invited('13800000032')
  const unknown = { __typename: 'RatingCodeRefused', code: 'CODE_INVALID' }
  expect(await prove(token, '0032')).toEqual(unknown)
  expect(await prove('AAAAAAAAAAAAAAAA', '0032')).toEqual(unknown)
  expect(await prove('"><script>', '0032')).toEqual(unknown)
})

test('five wrong proofs close the link for a quarter of an hour, to the right digits, too', async () => {
  const token = await invited('13800000033')
  const { receiptNumber } = await scene.rate(token, { level: 'VERY_SATISFIED' })
  for (const wrong of ['0000', '1111', '12', '', 'abcd']) {
    expect(await prove(token, wrong)).toEqual({ __typename: 'RatingCodeRefused', code: 'PROOF_FAILED' })
  }
  expect(await prove(token, '0033')).toEqual({ __typename: 'RatingCodeRefused', code: 'PROOF_TOO_OFTEN' })
  scene.pass(15)
  expect((await prove(token, '0033')).receiptNumber).toBe(receiptNumber)
})
