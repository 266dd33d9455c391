import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { receiptHashes } from '../../subgraphs/evaluations/domain/receipt-number.ts'
import { createLoaders } from '../../subgraphs/evaluations/store/loaders.ts'
import { newId } from '../../subgraphs/shared/uuid.ts'
import { anonymousViewer, systemViewer, type Viewer } from '../../subgraphs/shared/viewer.ts'
import { accountViewer, clientViewer, smallDirectory } from '../kit/small-directory.ts'
import { type EvaluationsScene, openEvaluationsScene, openForm, submit } from './evaluations-scene.ts'
import { append, type FirstRating, ratedBySms, ratedCase, ratedVisit, supplement } from './follow-up-scene.ts'
import { citizenViewer, staticToken, uploadedPicture } from './ways-to-rate-scene.ts'

let scene: EvaluationsScene
beforeAll(async () => {
  scene = await openEvaluationsScene()
})
afterAll(() => scene.stop())

const fields = `id subjectKind committedAt evaluatedAt identifiedBy terminalNumber isAboutRectification isLinkedLater text
  subRatings { environment environmentReason attitude attitudeReason isOvercharged isIntermediaryForced }
  pictures { id width height } supplement { text supplementedAt items { code } subRatings { attitude attitudeReason } }
  serviceCase { id } staticCode { id }`

const byId = async (viewer: Viewer, id: string) =>
  (await scene.ask(viewer, `query ($id: ID!) { evaluation(id: $id) { ${fields} } }`, { id })).evaluation
const byReceipt = async (receiptNumber: string) =>
  (
    await scene.ask(anonymousViewer, `query ($r: String!) { evaluation(receiptNumber: $r) { ${fields} } }`, {
      r: receiptNumber,
    })
  ).evaluation

const unit = ['handler', 'supervisor', 'window', 'analyst'] as const
const outside = ['city', 'province', 'auditor'] as const
const phone = '请打 13900000000'

/** A bad rating with everything that a rating can carry, at 10:00:20. */
async function ratedInFull(input: Record<string, unknown>) {
  const first = await ratedCase(scene)
  const [row] = await scene.rows<{ handle: string }>(
    `select encode(handle, 'hex') as handle from evaluations.case_codes where case_id = $1`,
    [first.caseId],
  )
  const picture = await uploadedPicture(scene, row!.handle)
  const second = await append(scene, {
    receiptNumber: first.receiptNumber,
    level: 'DISSATISFIED',
    text: '等了很久',
    subRatings: { environment: 'GOOD', attitude: 'POOR', attitudeReason: '不理人', isIntermediaryForced: false },
    pictures: [picture],
    ...input,
  })
  return { ...first, id: second.evaluation.id as string, receiptNumber: second.receiptNumber as string, picture }
}

const inFull = (rating: FirstRating & { picture: string }, at: Date) => ({
  id: rating.id,
  subjectKind: 'CASE',
  committedAt: at.toISOString(),
  evaluatedAt: at.toISOString(),
  identifiedBy: 'RECEIPT_NUMBER',
  terminalNumber: null,
  isAboutRectification: false,
  isLinkedLater: false,
  text: '等了很久',
  subRatings: {
    environment: 'GOOD',
    environmentReason: null,
    attitude: 'POOR',
    attitudeReason: '不理人',
    isOvercharged: null,
    isIntermediaryForced: false,
  },
  pictures: [{ id: rating.picture, width: 800, height: 600 }],
  supplement: null,
  serviceCase: { id: rating.caseId },
  staticCode: null,
})
const theHour = '2026-11-20T02:00:00.000Z'

describe('a named rating', () => {
  test('is seen by its unit with answers and pictures, but not by what its rater was known', async () => {
    const at = scene.clock.now
    const rating = await ratedInFull({})
    for (const account of unit) {
      expect(await byId(accountViewer(account), rating.id), account).toEqual({
        ...inFull(rating, at),
        identifiedBy: null,
      })
    }
    for (const client of ['windowSystem', 'device'] as const) {
      expect((await byId(clientViewer(client), rating.id)).identifiedBy, client).toBe(null)
    }
    for (const account of outside)
      expect(await byId(accountViewer(account), rating.id), account).toEqual(inFull(rating, at))
    expect(await byReceipt(rating.receiptNumber)).toEqual(inFull(rating, at))
    expect(await byId(citizenViewer(rating.reported), rating.id)).toEqual(inFull(rating, at))
    expect(await byId(accountViewer('cityB'), rating.id)).toBe(null)
  })
})

describe('an anonymous rating', () => {
  test('shows its unit no case, no picture, no minute and no words that name a person', async () => {
    const at = scene.clock.now
    const rating = await ratedInFull({
      isAnonymous: true,
      subRatings: { attitude: 'POOR', attitudeReason: phone },
    })
    const answers = { ...inFull(rating, at).subRatings, environment: null, isIntermediaryForced: null }
    const full = { ...inFull(rating, at), subRatings: { ...answers, attitudeReason: phone } }
    const hidden = {
      ...full,
      committedAt: theHour,
      evaluatedAt: theHour,
      identifiedBy: null,
      text: null,
      subRatings: { ...answers, attitudeReason: null },
      pictures: [],
      serviceCase: null,
    }
    for (const account of unit) expect(await byId(accountViewer(account), rating.id), account).toEqual(hidden)
    for (const client of ['windowSystem', 'device'] as const) {
      expect(await byId(clientViewer(client), rating.id), client).toEqual(hidden)
    }
    for (const account of outside) expect(await byId(accountViewer(account), rating.id), account).toEqual(full)
    expect(await byReceipt(rating.receiptNumber)).toEqual(full)
    expect(await byId(citizenViewer(rating.reported), rating.id)).toEqual(full)
  })

  test('lets its unit read reasons that name nobody: they are what it has to put right', async () => {
    const rating = await ratedInFull({ isAnonymous: true })
    expect((await byId(accountViewer('handler'), rating.id)).subRatings).toMatchObject({ attitudeReason: '不理人' })
  })

  test('hides in what was added later what it hides in itself', async () => {
    const { receiptNumber, id } = await ratedCase(scene, { isAnonymous: true })
    scene.pass(90)
    const picture = await uploadedPictureBy(receiptNumber)
    const added = { items: ['511'], text: phone, subRatings: { attitude: 'POOR', attitudeReason: '冷淡' } }
    await supplement(scene, { receiptNumber, ...added, pictures: [picture] })
    const full = {
      items: [{ code: '511' }],
      text: phone,
      subRatings: added.subRatings,
      supplementedAt: scene.clock.now.toISOString(),
    }
    const hidden = {
      ...full,
      text: null,
      subRatings: { attitude: 'POOR', attitudeReason: null },
      supplementedAt: theHour,
    }
    for (const account of unit) {
      expect(await byId(accountViewer(account), id), account).toMatchObject({ supplement: hidden, pictures: [] })
    }
    for (const account of outside) {
      expect(await byId(accountViewer(account), id), account).toMatchObject({
        supplement: full,
        pictures: [{ id: picture }],
      })
    }
    expect(await byReceipt(receiptNumber)).toMatchObject({ supplement: full, pictures: [{ id: picture }] })
  })
})

/** A picture that waits under a receipt number. */
async function uploadedPictureBy(receiptNumber: string): Promise<string> {
  return uploadedPicture(scene, receiptHashes(receiptNumber, scene.crypto.receiptMac)[0])
}

describe('an unlinked rating', () => {
  const link = (evaluationId: string, caseId: string) =>
    scene.rows(
      `insert into evaluations.evaluation_links (evaluation_id, case_id, city_code, linked_at, linked_by_id, linked_by_name, reason,
         region_path, department_id, hall_id)
       select $1, $2, city_code, $3, $4, '示例', '同一窗口', region_path, department_id, hall_id from evaluations.evaluations where id = $1`,
      [evaluationId, caseId, scene.clock.now, smallDirectory.accounts.city],
    )
  const under = async (viewer: Viewer, id: string) =>
    (
      await scene.ask(
        viewer,
        `query ($references: [_Any!]!) { _entities(representations: $references) { ... on ServiceCase { evaluations { id } } } }`,
        { references: [{ __typename: 'ServiceCase', id }] },
      )
    )._entities[0].evaluations.map((each: { id: string }) => each.id)

  test('names its static code, and no case; whoever holds its receipt follows it', async () => {
    const visit = await ratedVisit(scene)
    const seen = {
      subjectKind: 'HALL',
      serviceCase: null,
      isLinkedLater: false,
      staticCode: { id: visit.staticCodeId },
    }
    expect(await byId(accountViewer('supervisor'), visit.id)).toMatchObject({ ...seen, identifiedBy: null })
    expect(await byId(accountViewer('city'), visit.id)).toMatchObject({ ...seen, identifiedBy: 'NOT_IDENTIFIED' })
    expect(await byReceipt(visit.receiptNumber)).toMatchObject(seen)
    const holder = JSON.parse(
      (
        await scene.ask(systemViewer('door'), 'query ($r: String!) { receiptHolder(receiptNumber: $r) }', {
          r: visit.receiptNumber,
        })
      ).receiptHolder,
    ) as Viewer
    expect(holder.scope).toEqual({ reach: 'CASES', caseIds: [], evaluationIds: [visit.id] })
    expect(await byId(holder, visit.id)).toMatchObject({ ...seen, identifiedBy: 'NOT_IDENTIFIED' })
    expect(await byId(holder, (await ratedVisit(scene)).id)).toBe(null)
  })

  test('that was linked later is listed under its case and names it; anonymous, to nobody of the unit', async () => {
    const { id: caseRating, caseId, reported } = await ratedCase(scene)
    const [named, anonymous] = [await ratedVisit(scene), await ratedVisit(scene, { isAnonymous: true })]
    await link(named.id, caseId)
    await link(anonymous.id, caseId)
    const all = [anonymous.id, named.id, caseRating].sort().reverse()
    expect(await under(accountViewer('city'), caseId)).toEqual(all)
    expect(await under(accountViewer('supervisor'), caseId)).toEqual(all.filter(id => id !== anonymous.id))
    expect(await byId(accountViewer('supervisor'), named.id)).toMatchObject({
      isLinkedLater: true,
      serviceCase: { id: caseId },
    })
    expect((await byId(accountViewer('supervisor'), anonymous.id)).serviceCase).toBe(null)
    expect((await byId(accountViewer('city'), anonymous.id)).serviceCase).toEqual({ id: caseId })
    // Somebody linked it by likelihood: the applicant of the case is not shown what may be another person's rating.
    expect(await under(citizenViewer(reported), caseId)).toEqual([caseRating])
  })
})

test('items of the platform and of edition 1 are shown in their words', async () => {
  const { token } = await staticToken(scene, 'PLATFORM')
  const visit = await ratedAtPlatform(token)
  const { id: old } = await ratedCase(scene)
  // Of the days of edition 1 there are only rows that were taken over.
  const id = newId(Date.UTC(2020, 4, 1))
  await scene.rows(
    `insert into evaluations.evaluations select (json_populate_record(e, $2::json)).* from evaluations.evaluations e where id = $1`,
    [old, JSON.stringify({ id, item_edition: 1, items: ['201'] })],
  )
  const itemsOf = async (rating: string) =>
    (
      await scene.ask(accountViewer('province'), 'query ($id: ID!) { evaluation(id: $id) { items { code text } } }', {
        id: rating,
      })
    ).evaluation.items
  expect(await itemsOf(visit)).toEqual([{ code: 'P52', text: '一次登录处处可用' }])
  expect(await itemsOf(id)).toEqual([{ code: '201', text: '申报材料没有样本' }])
})

async function ratedAtPlatform(token: string): Promise<string> {
  const { formTicket } = await openForm(scene, token)
  return (await submit(scene, { token, formTicket, items: ['P52'] })).evaluation.id
}

test('what stands beside ratings is asked for once a kind, and only where somebody wants it', async () => {
  for (let count = 0; count < 4; count++) await ratedBySms(scene)
  const statements: string[] = []
  const counting: typeof scene.database = {
    ...scene.database,
    inScope: (scope, work) =>
      scene.database.inScope(scope, tx =>
        work({
          ...tx,
          query: (sql, values) => {
            statements.push(sql)
            return tx.query(sql, values)
          },
        }),
      ),
  }
  const viewer = accountViewer('city')
  const ids = (await scene.rows<{ id: string }>('select id from evaluations.evaluations')).map(({ id }) => id)
  const loaders = createLoaders(counting, viewer)
  await Promise.all(ids.map(loaders.evaluation))
  expect(statements).toHaveLength(1)
  const parts = loaders.partsFor({ hasReceipt: false })
  await Promise.all(ids.flatMap(id => [parts.picturesOf(id), parts.supplementOf(id), parts.identificationOf(id)]))
  expect(statements).toHaveLength(4)
})
