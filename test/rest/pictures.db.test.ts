import type { AddressInfo } from 'node:net'
import fastify, { type FastifyInstance } from 'fastify'
import sharp from 'sharp'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { pictureRoute } from '../../router/picture-route.ts'
import { createAddressThrottle } from '../../router/rest/address-throttle.ts'
import { pictureAddress } from '../../subgraphs/evaluations/pictures/picture-address.ts'
import { type ErrorCode, errorCatalogue } from '../../subgraphs/shared/error-catalogue.ts'
import type { Subgraph } from '../../subgraphs/shared/subgraph.ts'
import {
  closedCase,
  type EvaluationsScene,
  freshToken,
  openEvaluationsScene,
  submit,
} from '../evaluations/evaluations-scene.ts'
import { plain } from '../evaluations/picture-samples.ts'
import { expectDocumented } from './documented-schema.ts'
import { openRestScene, type RestScene } from './rest-scene.ts'

let scene: EvaluationsScene
let rest: RestScene
let pages: FastifyInstance
let pagesUrl: string
let picture: Buffer
let isAway = false
/** The evaluations subgraph, which can be taken away as a lost process is. */
const evaluations: Subgraph = {
  name: 'evaluations',
  execute: request => (isAway ? Promise.reject(new Error('nobody answers')) : scene.subgraph.execute(request)),
  subscribe: request => scene.subgraph.subscribe(request),
  stop: async () => {},
}
beforeAll(async () => {
  scene = await openEvaluationsScene()
  picture = await plain(640, 480).jpeg().toBuffer()
  rest = await openRestScene({ cases: scene.subgraph, evaluations, pictureLimit: { most: 40, windowMs: 600_000 } })
  pages = fastify()
  await pages.register(pictureRoute({ evaluations }))
  await pages.listen({ host: '127.0.0.1', port: 0 })
  pagesUrl = `http://127.0.0.1:${(pages.server.address() as AddressInfo).port}`
})
afterAll(async () => {
  await pages.close()
  await rest.stop()
  await scene.stop()
})

async function newToken(): Promise<string> {
  const reported = closedCase(scene.clock.now)
  await scene.report(reported)
  return freshToken(scene, reported.caseNumber)
}

const upload = (body: BodyInit | null, token?: string, type = 'image/jpeg', url = rest.url) =>
  fetch(`${url}/v1/pictures`, {
    method: 'POST',
    headers: { ...(token && { 'x-rating-token': token }), ...(type && { 'content-type': type }) },
    body,
  })

function form(file: Buffer, field = 'picture') {
  const data = new FormData()
  data.set('note', 'from the counter')
  data.set(field, new Blob([new Uint8Array(file)], { type: 'image/jpeg' }), '照片.jpg')
  return data
}

async function expectProblem(response: Response, code: ErrorCode) {
  expect(response.headers.get('content-type')).toBe('application/problem+json; charset=utf-8')
  expect(response.headers.get('cache-control')).toBe('no-store')
  const problem = await response.json()
  expectDocumented('Problem', problem)
  expect([problem.code, response.status]).toEqual([code, errorCatalogue[code].httpStatus])
  expect(`${problem.detail}${problem.detailEnglish}`).not.toMatch(/[{}]/)
}

describe('an uploaded picture', () => {
  test('comes as the body or in a form, waits for its rating, and is read at its address', async () => {
    const token = await newToken()
    const asBody = await upload(new Uint8Array(picture), token)
    expect(asBody.status).toBe(201)
    const kept = await asBody.json()
    expectDocumented('UploadedPicture', kept)
    const inForm = await upload(form(picture), token, '')
    expect(inForm.status).toBe(201)
    const other = await inForm.json()
    const { __typename } = await submit(scene, { token, pictures: [other.id, kept.id] })
    expect(__typename).toBe('SubmitEvaluationSuccess')

    const address = pictureAddress({ pictureId: kept.id, size: 'THUMBNAIL' }, scene.clock.now, scene.crypto.codeMac)
    const shown = await fetch(pagesUrl + address)
    expect(Object.fromEntries(shown.headers)).toMatchObject({
      'content-type': 'image/jpeg',
      'cache-control': 'private, max-age=600',
      'content-security-policy': "default-src 'none'; sandbox",
      'x-content-type-options': 'nosniff',
    })
    expect(await sharp(Buffer.from(await shown.arrayBuffer())).metadata()).toMatchObject({ format: 'jpeg', width: 320 })
  })

  test('is refused with a reason that says what is accepted', async () => {
    const token = await newToken()
    await expectProblem(await upload(new Uint8Array(picture)), 'RATING_TOKEN_MISSING')
    await expectProblem(await upload(new Uint8Array(picture), 'not-a-code'), 'CODE_INVALID')
    await expectProblem(await upload(null, token), 'PICTURE_MISSING')
    await expectProblem(await upload(new Uint8Array(), token), 'PICTURE_MISSING')
    await expectProblem(await upload('{}', token, 'application/json'), 'PICTURE_MISSING')
    await expectProblem(await upload(form(picture, 'file'), token, ''), 'PICTURE_MISSING')
    await expectProblem(await upload('--x\r\nno form', token, 'multipart/form-data; boundary=x'), 'PICTURE_MISSING')
    await expectProblem(await upload('GIF89a', token, 'image/gif'), 'PICTURE_TYPE_UNKNOWN')
    await expectProblem(await upload(new Uint8Array(picture.subarray(0, 400)), token), 'PICTURE_BROKEN')
    const tiny = await plain(16, 16).png().toBuffer()
    await expectProblem(await upload(new Uint8Array(tiny), token, 'image/png'), 'PICTURE_TOO_SMALL')
    const large = Buffer.concat([picture, Buffer.alloc(11 * 2 ** 20)])
    await expectProblem(await upload(new Uint8Array(large), token), 'PICTURE_TOO_LARGE')
    await expectProblem(await upload(form(large), token, ''), 'PICTURE_TOO_LARGE')
  })

  test('is told to wait when ten wait for the case already, and when evaluations is away', async () => {
    const token = await newToken()
    for (let count = 0; count < 10; count++) expect((await upload(new Uint8Array(picture), token)).status).toBe(201)
    await expectProblem(await upload(new Uint8Array(picture), token), 'PICTURES_WAITING')
    isAway = true
    await expectProblem(await upload(new Uint8Array(picture), await newToken()), 'SUBGRAPH_UNAVAILABLE')
    await expectProblem(await fetch(`${pagesUrl}/pictures/x?until=1&sig=y`), 'SUBGRAPH_UNAVAILABLE')
    isAway = false
  })

  test('is refused while its network has sent too many, with the time to wait', async () => {
    const narrow = await openRestScene({
      cases: scene.subgraph,
      evaluations,
      pictureLimit: { most: 1, windowMs: 600_000 },
    })
    const token = await newToken()
    expect((await upload(new Uint8Array(picture), token, 'image/jpeg', narrow.url)).status).toBe(201)
    const refused = await upload(new Uint8Array(picture), token, 'image/jpeg', narrow.url)
    expect(Number(refused.headers.get('retry-after'))).toBeGreaterThan(590)
    await expectProblem(refused, 'PICTURES_TOO_OFTEN')
    await narrow.stop()
  })

  test('leaves no token, name or byte of itself in the log', () => {
    expect(rest.logged.join('\n')).toBe('')
  })
})

test('a picture’s address that is altered in any part shows nothing, and says the same for each', async () => {
  const { id } = await (await upload(new Uint8Array(picture), await newToken())).json()
  const address = pictureAddress({ pictureId: id }, scene.clock.now, scene.crypto.codeMac)
  expect((await fetch(pagesUrl + address)).status).toBe(200)
  const altered = [
    address.replace(id, '00000000-0000-4000-8000-000000000000'),
    address.replace(id, '..%2f..%2fetc%2fpasswd'),
    `${address}&size=thumb`,
    `${address}&more=1`,
    `${address}&until=zzzzzz`,
    address.replace(/sig=./, 'sig=_'),
    `/pictures/${id}`,
  ]
  for (const each of altered) await expectProblem(await fetch(pagesUrl + each), 'PICTURE_NOT_AVAILABLE')
})

test('networks are counted apart, and an IPv6 house is one', () => {
  let now = 0
  const throttle = createAddressThrottle({ most: 2, windowMs: 1000, now: () => now })
  expect([throttle.take('192.0.2.1'), throttle.take('::ffff:192.0.2.1')]).toEqual([0, 0])
  now = 400
  expect(throttle.take('192.0.2.1')).toBe(600)
  expect(throttle.take('192.0.2.2')).toBe(0)
  expect([
    throttle.take('2001:db8:1:2::1'),
    throttle.take('2001:db8:1:2:aaaa::9'),
    throttle.take('2001:db8:1:2:3:4:5:6'),
  ]).toEqual([0, 0, 1000])
  expect(throttle.take('2001:db8:1:3::1')).toBe(0)
  now = 1000
  expect(throttle.take('192.0.2.1')).toBe(0)
})
