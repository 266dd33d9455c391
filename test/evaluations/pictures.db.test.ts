import { randomUUID } from 'node:crypto'
import sharp from 'sharp'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { keepPicture } from '../../subgraphs/evaluations/actions/keep-picture.ts'
import { removeForgottenPictures } from '../../subgraphs/evaluations/actions/sweep-pictures.ts'
import { openPictureStore } from '../../subgraphs/evaluations/pictures/open-picture-store.ts'
import { pictureAddress } from '../../subgraphs/evaluations/pictures/picture-address.ts'
import { type PictureStore, pictureKey } from '../../subgraphs/evaluations/pictures/picture-store.ts'
import { readS3Address } from '../../subgraphs/evaluations/pictures/s3-address.ts'
import { openS3Store } from '../../subgraphs/evaluations/pictures/s3-store.ts'
import { anonymousViewer, systemViewer } from '../../subgraphs/shared/viewer.ts'
import { accountViewer } from '../kit/small-directory.ts'
import {
  closedCase,
  type EvaluationsScene,
  freshToken,
  openEvaluationsScene,
  openForm,
  submit,
} from './evaluations-scene.ts'
import { plain } from './picture-samples.ts'
import { smsToken, staticToken, uploadedPicture } from './ways-to-rate-scene.ts'

const door = systemViewer('door')
const keepMutation = 'mutation ($token: String!, $base64: String!) { keepPicture(token: $token, base64: $base64) }'
const bytesQuery = `query ($id: ID!, $until: String!, $signature: String!, $size: String) {
  pictureBytes(id: $id, until: $until, signature: $signature, size: $size)
}`

let scene: EvaluationsScene
let store: PictureStore
let small: string
beforeAll(async () => {
  scene = await openEvaluationsScene()
  store = await openPictureStore('file:///tmp/hub-test-pictures', scene.clock.now)
  small = (await plain(400, 300).png().toBuffer()).toString('base64')
})
afterAll(() => scene.stop())

const keep = async (token: string, base64 = small) =>
  JSON.parse((await scene.ask(door, keepMutation, { token, base64 })).keepPicture)

async function codeOfCase() {
  const reported = closedCase(scene.clock.now)
  await scene.report(reported)
  return { reported, token: await freshToken(scene, reported.caseNumber) }
}

/** The parts of a signed address, as the door hands them over. */
function partsOf(address: string) {
  const { pathname, searchParams } = new URL(address, 'http://hub')
  const [until, signature, size] = ['until', 'sig', 'size'].map(name => searchParams.get(name))
  return { id: pathname.split('/')[2], until, signature, size }
}

const read = async (address: string) => {
  const { pictureBytes } = await scene.ask(door, bytesQuery, partsOf(address))
  return pictureBytes === null ? null : Buffer.from(pictureBytes, 'base64')
}

const rowsOf = (id: string) => scene.rows('select keeper from evaluations.uploaded_pictures where id = $1', [id])

describe('an uploaded picture', () => {
  test('waits under its code in both sizes, goes with the rating, and is read at the addresses that the rater gets', async () => {
    const { token } = await codeOfCase()
    const large = (await plain(2000, 1000).jpeg().toBuffer()).toString('base64')
    const kept = await keep(token, large)
    expect(kept).toEqual({ id: expect.stringMatching(/^[0-9a-f]{8}-[0-9a-f]{4}-4/), width: 1600, height: 800 })
    expect(await rowsOf(kept.id)).toHaveLength(1)
    const { receiptNumber } = await submit(scene, { token, pictures: [kept.id] })
    const { evaluation } = await scene.ask(
      anonymousViewer,
      'query ($r: String!) { evaluation(receiptNumber: $r) { pictures { id width height url thumbnailUrl } } }',
      { r: receiptNumber },
    )
    const [picture] = evaluation.pictures
    expect(picture).toMatchObject(kept)
    expect(await sharp((await read(picture.url))!).metadata()).toMatchObject({
      format: 'jpeg',
      width: 1600,
      height: 800,
    })
    expect(await sharp((await read(picture.thumbnailUrl))!).metadata()).toMatchObject({ format: 'jpeg', width: 320 })
    expect(await rowsOf(kept.id)).toHaveLength(0)
  })

  test.each([
    ['an SMS link', async () => smsToken(scene, (await codeOfCase()).reported)],
    ['a static code', async () => (await staticToken(scene, 'HALL')).token],
    [
      'a receipt number',
      async () => (await submit(scene, { token: (await codeOfCase()).token })).receiptNumber.replaceAll('-', ' '),
    ],
  ])('may come with %s', async (_, tokenOf) => {
    expect(await keep(await tokenOf())).toMatchObject({ width: 400, height: 300 })
  })

  test('comes with nothing else: no altered code, no link or receipt that nobody has, no ticket', async () => {
    const { token } = await codeOfCase()
    const { formTicket } = await openForm(scene, token)
    const altered = `${token.slice(0, -1)}${token.endsWith('A') ? 'B' : 'A'}`
    for (const each of [altered, formTicket, 'abcdefghijklmnop', '0000-0000-0000-0000', '', 'x'.repeat(5000)]) {
      expect(await keep(each)).toMatchObject({ fault: { code: 'CODE_INVALID', zh: expect.any(String) } })
    }
  })

  test('that is none is refused with what is accepted, and leaves nothing behind', async () => {
    const { token } = await codeOfCase()
    const count = async () => (await scene.rows('select id from evaluations.uploaded_pictures')).length
    const before = await count()
    expect(await keep(token, Buffer.from('GIF89a and more').toString('base64'))).toEqual({
      fault: {
        code: 'PICTURE_TYPE_UNKNOWN',
        zh: expect.stringContaining('JPEG'),
        en: expect.stringContaining('JPEG'),
      },
    })
    expect(await keep(token, Buffer.alloc(10 * 2 ** 20 + 1).toString('base64'))).toMatchObject({
      fault: { code: 'PICTURE_TOO_LARGE', zh: '每张图片不超过 10 MB、5000 万像素（AVIF 1200 万像素）' },
    })
    expect(await keep(token, 'A'.repeat(14_100_000))).toMatchObject({ fault: { code: 'PICTURE_TOO_LARGE' } })
    const tiny = (await plain(16, 16).png().toBuffer()).toString('base64')
    expect(await keep(token, tiny)).toMatchObject({ fault: { code: 'PICTURE_TOO_SMALL' } })
    expect(await keep(token, small.slice(0, 200))).toMatchObject({ fault: { code: 'PICTURE_BROKEN' } })
    expect(await count()).toBe(before)
  })

  test('is one of ten at most that wait for a case, also of those that arrive together', async () => {
    const { token } = await codeOfCase()
    for (let count = 0; count < 8; count++) expect(await keep(token)).toHaveProperty('id')
    const answers = await Promise.all(Array.from({ length: 6 }, () => keep(token)))
    expect(answers.filter(answer => 'id' in answer)).toHaveLength(2)
    expect(answers.find(answer => 'fault' in answer)).toMatchObject({ fault: { code: 'PICTURES_WAITING' } })
  })

  test('waits with many others at a static code, which everyone shares', async () => {
    const { token, handle } = await staticToken(scene, 'PROVINCE')
    for (let count = 0; count < 12; count++) await uploadedPicture(scene, handle)
    expect(await keep(token)).toHaveProperty('id')
  })

  test('is taken by nobody but the door', async () => {
    const { token } = await codeOfCase()
    for (const viewer of [anonymousViewer, accountViewer('province')]) {
      expect((await scene.execute(viewer, keepMutation, { token, base64: small })).codes).toEqual(['NOT_PERMITTED'])
    }
  })

  test('whose bytes cannot be kept leaves no row', async () => {
    const { token } = await codeOfCase()
    const before = (await scene.rows('select id from evaluations.uploaded_pictures')).length
    const nobodyThere = openS3Store(readS3Address('s3://key:secret@127.0.0.1:1/pictures?tls=false'))
    const { database, crypto, clock } = scene
    const context = { database, crypto, now: () => clock.now, viewer: door, pictureStore: nobodyThere }
    await expect(keepPicture(token, small, context)).rejects.toMatchObject({ code: 'PICTURE_STORE_UNREACHABLE' })
    expect(await scene.rows('select id from evaluations.uploaded_pictures')).toHaveLength(before)
  })
})

describe('an address', () => {
  test('that is altered, of another size, or ten minutes old shows nothing, in one and the same way', async () => {
    const { token } = await codeOfCase()
    const { id } = await keep(token)
    const address = pictureAddress({ pictureId: id }, scene.clock.now, scene.crypto.codeMac)
    expect(await read(address)).not.toBe(null)
    expect(await read(`${address}&size=thumb`)).toBe(null)
    expect(await read(address.replace(id, randomUUID()))).toBe(null)
    expect(await read(address.replace('until=', 'until=z'))).toBe(null)
    scene.pass(601)
    expect(await read(address)).toBe(null)
  })

  test('is read by nobody but the door', async () => {
    const address = pictureAddress({ pictureId: randomUUID() }, scene.clock.now, scene.crypto.codeMac)
    expect((await scene.execute(anonymousViewer, bytesQuery, partsOf(address))).codes).toEqual(['NOT_PERMITTED'])
  })
})

test('what waited a day is swept with its bytes; what went with a rating stays', async () => {
  const { token } = await codeOfCase()
  const [forgotten, rated] = [await keep(token), await keep(token)]
  await submit(scene, { token, pictures: [rated.id] })
  const sweep = () => removeForgottenPictures({ database: scene.database, store, now: () => scene.clock.now })
  scene.pass(24 * 3600 - 1)
  await sweep()
  expect(await rowsOf(forgotten.id)).toHaveLength(1)
  scene.pass(2)
  const young = await keep((await codeOfCase()).token)
  expect(await sweep()).toBeGreaterThan(0)
  expect(await rowsOf(forgotten.id)).toHaveLength(0)
  for (const size of ['FULL', 'THUMBNAIL'] as const) {
    expect(await store.get(pictureKey(forgotten.id, size))).toBe(null)
    expect(await store.get(pictureKey(rated.id, size))).not.toBe(null)
    expect(await store.get(pictureKey(young.id, size))).not.toBe(null)
  }
  expect(await sweep()).toBe(0)
})

test('a picture handed in with two ratings at once goes with one of them; the other is told and kept nowhere', async () => {
  const { token, reported } = await codeOfCase()
  const { id } = await keep(token)
  const { token: shared } = await staticToken(scene, 'HALL')
  const { id: sharedId } = await keep(shared)
  const tickets = [(await openForm(scene, shared)).formTicket, (await openForm(scene, shared)).formTicket]
  const answers = await Promise.all(
    tickets.map(formTicket => submit(scene, { token: shared, formTicket, pictures: [sharedId] })),
  )
  expect(answers.map(({ __typename }) => __typename).sort()).toEqual(['InvalidEvaluation', 'SubmitEvaluationSuccess'])
  expect(answers.find(({ problems }) => problems).problems).toMatchObject([
    { path: 'pictures.0', code: 'PICTURE_UNKNOWN' },
  ])
  expect(await scene.rows('select id from evaluations.evaluation_pictures where id = $1', [sharedId])).toHaveLength(1)
  const kept = await scene.rows(`select id from evaluations.evaluations where case_id is null and evaluated_at = $1`, [
    scene.clock.now,
  ])
  expect(kept).toHaveLength(1)
  const repeats = await Promise.all(Array.from({ length: 8 }, () => submit(scene, { token, pictures: [id] })))
  expect(new Set(repeats.map(({ receiptNumber }) => receiptNumber)).size).toBe(1)
  expect(await scene.rows('select id from evaluations.evaluations where case_id = $1', [reported.caseId])).toHaveLength(
    1,
  )
})
