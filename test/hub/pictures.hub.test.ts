import { randomBytes } from 'node:crypto'
import sharp from 'sharp'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { ask } from '../kit/ask.ts'
import { issueToken, reportClosedCases, windowFacts } from '../kit/closed-case.ts'
import { hubModes, type RunningHub } from '../kit/hub-modes.ts'

/** A photo of 9 MB: noise, which no format makes smaller. */
async function largePicture(): Promise<Buffer> {
  const [width, height] = [2000, 1530]
  return sharp(randomBytes(width * height * 3), { raw: { width, height, channels: 3 } })
    .png({ compressionLevel: 0 })
    .toBuffer()
}

describe.each(hubModes)('a picture of 9 MB, %s', (_, start) => {
  let hub: RunningHub | null = null
  beforeAll(async () => {
    hub = await start()
  })
  afterAll(() => hub?.stop())

  test('is uploaded, goes with its rating and is read at its address', async context => {
    if (!hub) return context.skip('Redis is not installed')
    const [caseNumber] = await reportClosedCases(hub, await windowFacts(hub))
    const token = await issueToken(hub, caseNumber!)
    const bytes = await largePicture()
    expect(bytes.length).toBeGreaterThan(9_000_000)
    const uploaded = await fetch(`${hub.url}/v1/pictures`, {
      method: 'POST',
      headers: { 'x-rating-token': token, 'content-type': 'image/png' },
      body: new Uint8Array(bytes),
    })
    const kept = await uploaded.json()
    expect([uploaded.status, kept]).toEqual([201, { id: expect.any(String), width: 1600, height: 1224 }])
    const { submitEvaluation } = await ask<{ submitEvaluation: { evaluation: { pictures: { url: string }[] } } }>(
      hub,
      `mutation ($input: SubmitEvaluationInput!) { submitEvaluation(input: $input) {
        ... on SubmitEvaluationSuccess { evaluation { pictures { id url thumbnailUrl } } } ... on UserError { message } } }`,
      { input: { token, level: 'SATISFIED', pictures: [kept.id] } },
    )
    const [picture] = submitEvaluation.evaluation.pictures
    const shown = await fetch(hub.url + picture!.url)
    expect(shown.status).toBe(200)
    expect(await sharp(Buffer.from(await shown.arrayBuffer())).metadata()).toMatchObject({
      width: 1600,
      format: 'jpeg',
    })
  })
})
