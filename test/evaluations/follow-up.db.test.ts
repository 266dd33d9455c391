import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { systemViewer, type Viewer } from '../../subgraphs/shared/viewer.ts'
import { accountViewer, clientViewer } from '../kit/small-directory.ts'
import { countRows, type EvaluationsScene, openEvaluationsScene } from './evaluations-scene.ts'
import { append, followUpForm, ratedBySms, ratedCase, ratedVisit, supplement } from './follow-up-scene.ts'
import { plain } from './picture-samples.ts'
import { citizenViewer, keptRating, uploadedPicture } from './ways-to-rate-scene.ts'

let scene: EvaluationsScene
let smallPng: string
beforeAll(async () => {
  scene = await openEvaluationsScene()
  smallPng = (await plain(64, 64).png().toBuffer()).toString('base64')
})
afterAll(() => scene.stop())

const bad = { level: 'DISSATISFIED', items: ['207'] }
const refusal = (__typename: string, code: string) => ({ __typename, code })
const invalid = (path: string, code: string) => ({
  __typename: 'InvalidEvaluation',
  code: 'INVALID_EVALUATION',
  problems: [{ path, code, message: expect.any(String), messageEnglish: expect.any(String) }],
})

/** Uploads a picture by a receipt number. */
async function pictureBy(receiptNumber: string): Promise<string> {
  const { keepPicture } = await scene.ask(
    systemViewer('door'),
    'mutation ($token: String!, $base64: String!) { keepPicture(token: $token, base64: $base64) }',
    { token: receiptNumber, base64: smallPng },
  )
  return JSON.parse(keepPicture).id
}

/** The events of a case or visit, in their order. */
const eventsOf = (id: string) =>
  scene.rows<{ payload: Record<string, unknown> }>(
    `select payload from evaluations.outbox where type = 'EvaluationSubmitted' and subject_id = $1`,
    [id],
  )

describe('a second rating', () => {
  test('by the receipt number is a rating of its own, of the same service and by the same person', async () => {
    const first = await ratedCase(scene, { ...bad, relation: 'RELATIVE' })
    const answer = await append(scene, {
      receiptNumber: first.receiptNumber,
      text: '现在好多了',
      isAboutRectification: true,
    })
    expect(answer).toMatchObject({
      __typename: 'SubmitEvaluationSuccess',
      isNew: true,
      evaluation: { score: 5, round: 2, channel: 'MOBILE' },
    })
    expect(answer.receiptNumber).not.toBe(first.receiptNumber)
    expect(await keptRating(scene, answer.evaluation.id)).toMatchObject({
      case_id: first.caseId,
      staff_member_id: first.reported.staffMemberId,
      identified_by: 'RECEIPT_NUMBER',
      relation: 'RELATIVE',
      citizen_id: null,
    })
    const [event] = await eventsOf(answer.evaluation.id)
    expect(event!.payload).toMatchObject({ round: 2, caseId: first.caseId, isNegative: false, serviceNumber: 1 })
    const { evaluation } = await scene.ask(
      systemViewer('door'),
      'query ($r: String!) { evaluation(receiptNumber: $r) { round isAboutRectification text serviceCase { id } } }',
      { r: answer.receiptNumber },
    )
    expect(evaluation).toEqual({
      round: 2,
      isAboutRectification: true,
      text: '现在好多了',
      serviceCase: { id: first.caseId },
    })
  })

  test('that is bad tells its review by an event of its own', async () => {
    const { receiptNumber } = await ratedCase(scene, bad)
    const { evaluation } = await append(scene, { receiptNumber, ...bad })
    expect((await eventsOf(evaluation.id))[0]!.payload).toMatchObject({ round: 2, isNegative: true, score: 2 })
  })

  test('handed in again is answered with the same receipt, another content is refused', async () => {
    const { receiptNumber } = await ratedCase(scene)
    const [first, ...others] = await Promise.all(
      Array.from({ length: 20 }, () => append(scene, { receiptNumber, text: '又来一次' })),
    )
    expect(new Set([first, ...others].map(answer => answer.receiptNumber)).size).toBe(1)
    expect([first, ...others].filter(({ isNew }) => isNew)).toHaveLength(1)
    const before = await countRows(scene)
    expect(await append(scene, { receiptNumber, text: '别的话' })).toEqual(
      refusal('AlreadyEvaluated', 'SECOND_RATING_GIVEN'),
    )
    expect(await append(scene, { receiptNumber: first.receiptNumber })).toEqual(
      refusal('AlreadyEvaluated', 'SECOND_RATING_GIVEN'),
    )
    expect(await countRows(scene)).toEqual(before)
  })

  test('of a visit without a case is one of that visit, once', async () => {
    const visit = await ratedVisit(scene, bad)
    const answers = await Promise.all(
      Array.from({ length: 10 }, () => append(scene, { receiptNumber: visit.receiptNumber, ...bad })),
    )
    expect(new Set(answers.map(answer => answer.receiptNumber)).size).toBe(1)
    const { id } = answers[0].evaluation
    expect(await keptRating(scene, id)).toMatchObject({
      case_id: null,
      subject_kind: 'HALL',
      static_code_id: visit.staticCodeId,
      identified_by: 'RECEIPT_NUMBER',
    })
    expect((await eventsOf(id))[0]!.payload).toMatchObject({ round: 2, caseId: null, subjectKind: 'HALL' })
    expect(await append(scene, { receiptNumber: visit.receiptNumber })).toEqual(
      refusal('AlreadyEvaluated', 'SECOND_RATING_GIVEN'),
    )
  })

  test('of a signed-in citizen names his own rating by its id; nobody else may', async () => {
    const first = await ratedCase(scene)
    const citizen = citizenViewer(first.reported)
    const stranger = citizenViewer((await ratedCase(scene)).reported)
    const holder: Viewer = { ...citizen, sessionId: null }
    for (const viewer of [stranger, holder, undefined]) {
      expect(await append(scene, { evaluationId: first.id }, viewer)).toEqual(
        refusal('EvaluationNotFound', 'EVALUATION_UNKNOWN'),
      )
    }
    const { evaluation } = await append(scene, { evaluationId: first.id }, citizen)
    expect(evaluation).toMatchObject({ round: 2, channel: 'PORTAL' })
    expect(await keptRating(scene, evaluation.id)).toMatchObject({
      identified_by: 'SIGNED_IN',
      relation: 'APPLICANT',
      citizen_id: citizen.id,
    })
    const agentsOwn = await ratedCase(scene)
    const agent: Viewer = { ...citizenViewer(agentsOwn.reported), role: 'ORGANISATION_AGENT' }
    const { evaluation: byAgent } = await append(scene, { evaluationId: agentsOwn.id }, agent)
    expect(await keptRating(scene, byAgent.id)).toMatchObject({ relation: 'AGENT', citizen_id: agent.id })
  })

  test('is taken from nobody of the unit, and of no receipt that nobody has', async () => {
    const { receiptNumber } = await ratedCase(scene)
    for (const viewer of [
      accountViewer('window'),
      accountViewer('city'),
      clientViewer('windowSystem'),
      clientViewer('device'),
    ]) {
      expect(await append(scene, { receiptNumber }, viewer)).toEqual(refusal('EvaluationNotFound', 'NOT_PERMITTED'))
      expect(await supplement(scene, { receiptNumber, text: '字' }, viewer)).toEqual(
        refusal('EvaluationNotFound', 'NOT_PERMITTED'),
      )
      expect(await followUpForm(scene, { receiptNumber }, viewer)).toMatchObject({
        canAppend: false,
        canSupplement: false,
      })
    }
    for (const number of ['0000-0000-0000-0000', '', 'ÄÖÜ']) {
      expect(await append(scene, { receiptNumber: number })).toEqual(
        refusal('EvaluationNotFound', 'EVALUATION_UNKNOWN'),
      )
      expect(await followUpForm(scene, { receiptNumber: number })).toBe(null)
    }
    expect(await append(scene, {})).toEqual(refusal('EvaluationNotFound', 'EVALUATION_UNKNOWN'))
  })

  test('speaks of a rectification only after a bad first one, and names each fault of its content', async () => {
    const { receiptNumber } = await ratedCase(scene)
    expect(await append(scene, { receiptNumber, isAboutRectification: true })).toEqual(
      invalid('isAboutRectification', 'NOTHING_RECTIFIED'),
    )
    expect(await append(scene, { receiptNumber, level: 'DISSATISFIED' })).toEqual(invalid('items', 'REASON_REQUIRED'))
    expect(await append(scene, { receiptNumber, text: '长'.repeat(501) })).toEqual(invalid('text', 'TEXT_TOO_LONG'))
    const other = await ratedCase(scene)
    const foreign = await pictureBy(other.receiptNumber)
    expect(await append(scene, { receiptNumber, pictures: [foreign] })).toEqual(
      invalid('pictures.0', 'PICTURE_UNKNOWN'),
    )
  })

  test('carries pictures and answers of its own, uploaded by the receipt or by a code of the case', async () => {
    const first = await ratedCase(scene)
    const [row] = await scene.rows<{ handle: string }>(
      `select encode(handle, 'hex') as handle from evaluations.case_codes where case_id = $1`,
      [first.caseId],
    )
    const pictures = [await pictureBy(first.receiptNumber), await uploadedPicture(scene, row!.handle)]
    const input = { receiptNumber: first.receiptNumber, pictures, subRatings: { environment: 'GOOD' } }
    const { receiptNumber, isNew } = await append(scene, input)
    expect(isNew).toBe(true)
    const { evaluation } = await scene.ask(
      systemViewer('door'),
      'query ($r: String!) { evaluation(receiptNumber: $r) { pictures { id } subRatings { environment attitude } } }',
      { r: receiptNumber },
    )
    expect(evaluation).toEqual({
      pictures: pictures.map(id => ({ id })),
      subRatings: { environment: 'GOOD', attitude: null },
    })
    expect(await append(scene, input)).toMatchObject({ isNew: false, receiptNumber })
  })

  test('ends with the late window, and with a case that is void or was taken in by another', async () => {
    const late = await ratedCase(scene)
    const lateVisit = await ratedVisit(scene)
    const [gone, merged] = [await ratedCase(scene), await ratedCase(scene)]
    await scene.report({ ...gone.reported, dataVersion: 2, isValid: false })
    await scene.report({ ...merged.reported, dataVersion: 2, isValid: false, mergedInto: '4101001142026112099' })
    expect(await append(scene, { receiptNumber: gone.receiptNumber })).toEqual(refusal('CaseNotRateable', 'CASE_VOID'))
    expect(await append(scene, { receiptNumber: merged.receiptNumber })).toEqual(
      refusal('CaseNotRateable', 'CASE_MERGED'),
    )
    const was = scene.clock.now
    scene.pass(31 * 86_400)
    for (const { receiptNumber } of [late, lateVisit]) {
      expect(await append(scene, { receiptNumber })).toEqual(refusal('CaseNotRateable', 'EVALUATION_TOO_LATE'))
      expect(await supplement(scene, { receiptNumber, text: '字' })).toEqual(
        invalid('receiptNumber', 'LATE_WINDOW_OVER'),
      )
      expect(await followUpForm(scene, { receiptNumber })).toMatchObject({ canAppend: false, canSupplement: false })
    }
    scene.clock.now = was
  })
})

describe('what is added to a rating', () => {
  test('stands beside it: items of its level, text, answers and pictures, once, and the rating stays as it was', async () => {
    const { id, receiptNumber } = await ratedBySms(scene)
    const rowOf = () => scene.rows('select xmin::text, e.* from evaluations.evaluations e where id = $1', [id])
    const before = await rowOf()
    const events = (await countRows(scene)).events
    scene.pass(60)
    const pictures = [await pictureBy(receiptNumber), await pictureBy(receiptNumber)]
    const input = {
      receiptNumber,
      items: ['208', '207'],
      text: ' 等了很久 ',
      subRatings: { attitude: 'POOR', attitudeReason: '不理人' },
      pictures,
    }
    const added = {
      __typename: 'SupplementEvaluationSuccess',
      evaluation: {
        id,
        score: 2,
        supplement: {
          text: '等了很久',
          items: [{ code: '207' }, { code: '208' }],
          subRatings: { attitude: 'POOR', attitudeReason: '不理人' },
        },
        pictures: pictures.map(picture => ({ id: picture })),
      },
    }
    const answers = await Promise.all(Array.from({ length: 12 }, () => supplement(scene, input)))
    for (const answer of answers) expect(answer).toEqual(added)
    expect(await supplement(scene, input)).toEqual(added)
    expect(await rowOf()).toEqual(before)
    expect((await countRows(scene)).events).toBe(events)
    expect(await supplement(scene, { ...input, text: '别的话' })).toEqual(
      refusal('AlreadyEvaluated', 'RATING_SUPPLEMENTED'),
    )
    expect(await supplement(scene, { ...input, pictures: pictures.slice(1) })).toEqual(
      refusal('AlreadyEvaluated', 'RATING_SUPPLEMENTED'),
    )
  })

  test('of several contents that arrive at once is one, whole', async () => {
    const { id, receiptNumber } = await ratedBySms(scene)
    const pictures = await Promise.all(['甲', '乙', '丙', '丁'].map(() => pictureBy(receiptNumber)))
    const answers = await Promise.all(
      pictures.map((picture, index) => supplement(scene, { receiptNumber, text: `第${index}个`, pictures: [picture] })),
    )
    const [kept, ...more] = answers.filter(({ __typename }) => __typename === 'SupplementEvaluationSuccess')
    expect(more).toEqual([])
    expect(answers.filter(({ code }) => code === 'RATING_SUPPLEMENTED')).toHaveLength(3)
    const place = Number(kept.evaluation.supplement.text[1])
    expect(kept.evaluation.pictures).toEqual([{ id: pictures[place] }])
    expect(
      await scene.rows('select evaluation_id from evaluations.evaluation_supplements where evaluation_id = $1', [id]),
    ).toHaveLength(1)
  })

  test('may be added to a visit without a case as well', async () => {
    const { receiptNumber } = await ratedVisit(scene)
    const picture = await pictureBy(receiptNumber)
    const input = { receiptNumber, text: '环境很好', pictures: [picture] }
    expect(await supplement(scene, input)).toMatchObject({ __typename: 'SupplementEvaluationSuccess' })
    expect(await supplement(scene, input)).toMatchObject({ __typename: 'SupplementEvaluationSuccess' })
  })

  test.each([
    ['items', { items: ['510'] }],
    ['a text', { text: '很好' }],
    ['answers', { subRatings: { environment: 'GOOD' } }],
  ])('is refused for a rating with %s, and says so', async (_, content) => {
    const { receiptNumber } = await ratedCase(scene, content)
    expect(await supplement(scene, { receiptNumber, text: '还有' })).toEqual(invalid('receiptNumber', 'HAS_CONTENT'))
  })

  test('is something, of the level that was given, within the limits of a phone', async () => {
    const { receiptNumber } = await ratedCase(scene)
    expect(await supplement(scene, { receiptNumber })).toEqual(invalid('items', 'NOTHING_ADDED'))
    expect(await supplement(scene, { receiptNumber, items: ['207'] })).toEqual(
      invalid('items.0', 'ITEM_OF_OTHER_LEVEL'),
    )
    expect(await supplement(scene, { receiptNumber, text: '长'.repeat(501) })).toEqual(invalid('text', 'TEXT_TOO_LONG'))
    const other = await pictureBy((await ratedCase(scene)).receiptNumber)
    expect(await supplement(scene, { receiptNumber, pictures: [other] })).toEqual(
      invalid('pictures.0', 'PICTURE_UNKNOWN'),
    )
    expect(await supplement(scene, { receiptNumber: '0000-0000-0000-0000', text: '字' })).toEqual(
      refusal('EvaluationNotFound', 'EVALUATION_UNKNOWN'),
    )
  })
})

test('the form of a receipt says what may still be done, as long as it may', async () => {
  const { receiptNumber, id, reported } = await ratedBySms(scene)
  const form = await followUpForm(scene, { receiptNumber })
  expect(form).toMatchObject({ canSupplement: true, canAppend: true, textLimit: 500, pictureLimit: 5 })
  expect(form.subRatings.map(({ kind }: { kind: string }) => kind)).toEqual(['ENVIRONMENT', 'ATTITUDE', 'INTERMEDIARY'])
  expect(form.levels.map(({ score }: { score: number }) => score)).toEqual([1, 2, 3, 4, 5])
  expect(form.levels[0].items).not.toEqual([])
  await supplement(scene, { receiptNumber, items: ['207'] })
  expect(await followUpForm(scene, { receiptNumber })).toMatchObject({ canSupplement: false, canAppend: true })
  const second = await append(scene, { receiptNumber })
  expect(await followUpForm(scene, { receiptNumber })).toMatchObject({ canSupplement: false, canAppend: false })
  expect(await followUpForm(scene, { receiptNumber: second.receiptNumber })).toMatchObject({
    canSupplement: true,
    canAppend: false,
  })
  const citizen = citizenViewer(reported)
  expect(await followUpForm(scene, { evaluationId: id }, citizen)).toMatchObject({ canAppend: false })
  expect(await followUpForm(scene, { evaluationId: id })).toBe(null)
})

test('where the rating of a receipt lies is told to the hub alone', async () => {
  const query = 'query ($r: String!) { ratedPlacement(receiptNumber: $r) }'
  const door = systemViewer('citizen')
  const { id, caseId, receiptNumber, reported } = await ratedCase(scene, bad)
  const { cityCode, regionPath, departmentId, lineId, hallId, windowId, staffMemberId } = reported
  const place = { cityCode, regionPath, departmentId, lineId, hallId, windowId, staffMemberId }
  const placementOf = async (r: string) => JSON.parse((await scene.ask(door, query, { r })).ratedPlacement)
  expect(await placementOf(receiptNumber)).toEqual({ evaluationId: id, caseId, isNegative: true, ...place })
  const visit = await ratedVisit(scene)
  expect(await placementOf(visit.receiptNumber)).toMatchObject({
    evaluationId: visit.id,
    caseId: null,
    isNegative: false,
  })
  expect(await placementOf('0000-0000-0000-0000')).toBe(null)
  expect((await scene.execute(accountViewer('province'), query, { r: receiptNumber })).codes).toEqual(['NOT_PERMITTED'])
})
