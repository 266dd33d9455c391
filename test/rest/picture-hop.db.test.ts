import { afterAll, beforeAll, expect, test } from 'vitest'
import { hopIdentity } from '../../router/hop-identity.ts'
import { generateSecretKeys } from '../../subgraphs/shared/crypto/secret-keys.ts'
import { identityHeader, identityReader, identitySigner } from '../../subgraphs/shared/identity.ts'
import { type ServedSubgraph, serveSubgraph } from '../../subgraphs/shared/serve-subgraph.ts'
import { systemViewer, type Viewer } from '../../subgraphs/shared/viewer.ts'
import { type EvaluationsScene, openEvaluationsScene } from '../evaluations/evaluations-scene.ts'
import { accountViewer } from '../kit/small-directory.ts'

const { identity } = generateSecretKeys()
const identify = hopIdentity(identitySigner(identity), 'evaluations')
let scene: EvaluationsScene
let served: ServedSubgraph
beforeAll(async () => {
  scene = await openEvaluationsScene()
  const readIdentity = identityReader(identity, 'evaluations')
  served = await serveSubgraph({ subgraph: scene.subgraph, port: 0, readIdentity })
})
afterAll(async () => {
  await served.stop()
  await scene.stop()
})

async function post(viewer: Viewer, megabytes: number) {
  const response = await fetch(served.url, {
    method: 'POST',
    headers: { 'content-type': 'application/json', [identityHeader]: await identify(viewer) },
    body: JSON.stringify({
      query: 'mutation ($base64: String!) { keepPicture(token: "none", base64: $base64) }',
      variables: { base64: 'A'.repeat(megabytes * 2 ** 20) },
    }),
  })
  const { data, errors } = await response.json()
  return [response.status, errors?.[0].extensions.code ?? JSON.parse(data.keepPicture).fault.code]
}

test('between processes only the hub itself may send a picture of 10 MB; a person’s request stays small', async () => {
  expect(await post(systemViewer('door'), 14)).toEqual([200, 'CODE_INVALID'])
  expect(await post(systemViewer('door'), 16)).toEqual([413, 'BODY_TOO_LARGE'])
  expect(await post(accountViewer('province'), 7)).toEqual([200, 'NOT_PERMITTED'])
  expect(await post(accountViewer('province'), 9)).toEqual([413, 'BODY_TOO_LARGE'])
})
