import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { ask, signIn } from '../kit/ask.ts'
import { reportClosedCases, windowFacts } from '../kit/closed-case.ts'
import { hubModes, type RunningHub } from '../kit/hub-modes.ts'
import { demoPassword } from '../kit/hub-process.ts'
import { waitFor } from '../kit/wait-for.ts'

const modes = hubModes.filter(([name]) => !name.includes('Apollo'))

describe.each(modes)('%s', (_name, start) => {
  let hub: RunningHub | null
  beforeAll(async () => {
    hub = await start()
  })
  afterAll(() => hub?.stop())

  test('another platform’s file becomes ratings, its bad one a review, and the file sent again changes nothing', async context => {
    if (!hub) return context.skip()
    const running = hub
    const key = await hub.key('window-system')
    const [good, bad] = (await reportClosedCases(hub, await windowFacts(hub), 2)) as [string, string]
    const evaluatedAt = new Date().toISOString()
    const row = (caseNumber: string, level: string) => ({
      sourceRatingId: caseNumber,
      caseNumber,
      level,
      channel: '3',
      evaluatedAt,
    })
    const rows = [row(good, '5'), { ...row(bad, '1'), items: '115', evaluatorName: '林小满' }, row(good, '9')]
    const upload = async () => {
      const response = await fetch(`${running.url}/v1/evaluations/bulk`, {
        method: 'POST',
        headers: { authorization: `Bearer ${key}`, 'content-type': 'application/x-ndjson' },
        body: rows.map(each => JSON.stringify(each)).join('\n'),
      })
      return response.json()
    }
    let accepted = 0
    // The facts of the cases travel within a second; rows that come before them are refused and come again.
    await waitFor(async () => {
      const answer = await upload()
      accepted += answer.accepted
      return answer.accepted + answer.unchanged === 2
    }, 'both ratings')
    expect(accepted).toBe(2)
    expect(await upload()).toMatchObject({ state: 'DONE', read: 3, accepted: 0, unchanged: 2, rejected: 1 })

    const token = await signIn(hub, 'city', demoPassword)
    await waitFor(async () => {
      const query = `query E($n: String!) { serviceCase(caseNumber: $n) { evaluations { score channel } negativeReviews { state } } }`
      const { serviceCase } = await ask<{
        serviceCase: { evaluations: { score: number; channel: string }[]; negativeReviews: { state: string }[] }
      }>(running, query, { n: bad }, token)
      return serviceCase.evaluations[0]?.score === 1 && serviceCase.negativeReviews.length === 1
    }, 'the review of the bad rating')
  })

  test('profiles of the demo can be read, and an offline opinion is entered for the supervisor’s hall', async context => {
    if (!hub) return context.skip()
    const province = await signIn(hub, 'province', demoPassword)
    const query = '{ sourceProfiles { edges { node { sourceSystem state mapping { levelDirection } } } } }'
    const { sourceProfiles } = await ask<{ sourceProfiles: { edges: { node: object }[] } }>(hub, query, {}, province)
    expect(sourceProfiles.edges.map(({ node }) => node)).toEqual([
      { sourceSystem: 'KF-ZWZX', state: 'ACTIVE', mapping: { levelDirection: 'ONE_IS_BEST' } },
      { sourceSystem: 'ZZ-ZWZX', state: 'ACTIVE', mapping: { levelDirection: 'FIVE_IS_BEST' } },
    ])
    const supervisor = await signIn(hub, 'supervisor', demoPassword)
    const { viewer } = await ask<{ viewer: { hall: { id: string; name: string } } }>(
      hub,
      '{ viewer { hall { id name } } }',
      {},
      supervisor,
    )
    const mutation = `mutation R($input: RecordOfflineOpinionInput!) { recordOfflineOpinion(input: $input) {
      ... on RecordOfflineOpinionSuccess { opinion { state hall { name } } } ... on UserError { code } } }`
    const yesterday = new Date(Date.now() - 86_400_000).toISOString().slice(0, 10)
    const input = { source: 'OPEN_DAY', receivedOn: yesterday, text: '希望增加等候座椅', hallId: viewer.hall.id }
    expect(await ask(hub, mutation, { input }, supervisor)).toEqual({
      recordOfflineOpinion: { opinion: { state: 'RECEIVED', hall: { name: viewer.hall.name } } },
    })
  })
})
