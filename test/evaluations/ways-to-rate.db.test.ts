import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { readRatingCode } from '../../subgraphs/evaluations/domain/rating-code.ts'
import { anonymousViewer, type Viewer } from '../../subgraphs/shared/viewer.ts'
import { accountViewer, clientViewer, smallDirectory } from '../kit/small-directory.ts'
import {
  closedCase,
  countRows,
  type EvaluationsScene,
  freshToken,
  issueMutation,
  openEvaluationsScene,
  openForm,
  provinceSystem,
  type ReportedCase,
  submit,
} from './evaluations-scene.ts'
import { citizenViewer, findCases, keptRating, smsToken, staticToken, uploadedPicture } from './ways-to-rate-scene.ts'

let scene: EvaluationsScene

beforeAll(async () => {
  scene = await openEvaluationsScene()
})
afterAll(() => scene.stop())

const refusal = (__typename: string, code: string) => ({ __typename, code })

async function reportedCase(facts: Partial<ReportedCase> = {}) {
  const reported = closedCase(scene.clock.now, facts)
  await scene.report(reported)
  return reported
}

async function issuedToken(viewer: Viewer, input: Record<string, unknown>): Promise<string> {
  const { issueRatingCode } = await scene.ask(viewer, issueMutation, { input })
  if (!issueRatingCode.ratingCode) throw new Error(JSON.stringify(issueRatingCode))
  return issueRatingCode.ratingCode.token
}

/** A static code of the hall with the ticket of a case that was picked there by its phone. */
async function pickedCase(facts: Partial<ReportedCase> = {}) {
  const phone = `138000${String(Math.floor(Math.random() * 100_000)).padStart(5, '0')}`
  const reported = await reportedCase({ phone, ...facts })
  const { token, id } = await staticToken(scene, 'HALL')
  const { cases } = await findCases(scene, token, phone)
  return { reported, token, staticCodeId: id, phone, formTicket: cases[0].formTicket as string }
}

describe('a static code', () => {
  test('of a hall opens a form without a case, and its rating is the hall’s', async () => {
    const { token, id, printedId } = await staticToken(scene, 'HALL')
    const { levels, formTicket, message: _, messageEnglish: __, ...form } = await openForm(scene, token)
    expect(levels.map(({ items }: { items: unknown[] }) => items.length)).toEqual([8, 8, 8, 8, 8])
    expect(form).toEqual({
      state: 'OPEN',
      kind: 'STATIC',
      subjectKind: 'HALL',
      identification: 'PHONE_NUMBER',
      isProofRequired: false,
      textLimit: 500,
      pictureLimit: 5,
      takeHomeUrl: null,
      subject: null,
      place: {
        subjectKind: 'HALL',
        name: '甲州市政务大厅',
        departmentName: '甲州市政务服务局',
        hallName: '甲州市政务大厅',
        windowNumber: null,
        staffNumber: null,
        staffName: null,
        printedId,
      },
      subRatings: [
        expect.objectContaining({ kind: 'ENVIRONMENT', isRequired: false }),
        expect.objectContaining({ kind: 'ATTITUDE', isRequired: false }),
      ],
    })
    const input = { token, formTicket, level: 'DISSATISFIED', items: ['214'], contactPhone: ' 138 0000 0001 ' }
    const { evaluation } = await submit(scene, { ...input, relation: 'RELATIVE' })
    expect(await keptRating(scene, evaluation.id)).toEqual({
      channel: 3,
      subject_kind: 'HALL',
      case_id: null,
      static_code_id: id,
      terminal_number: null,
      staff_member_id: null,
      hall_id: smallDirectory.halls.hallA,
      identified_by: 'CONTACT_GIVEN',
      relation: 'RELATIVE',
      citizen_id: null,
      masked_contact_phone: '138****0001',
    })
    const [person] = await scene.rows<{ contact_phone_sealed: Buffer; contact_phone_hash: string }>(
      `select contact_phone_sealed, contact_phone_hash from evaluations.evaluation_people where evaluation_id = $1`,
      [evaluation.id],
    )
    const column = 'evaluations.evaluation_people.contact_phone_sealed'
    expect(scene.crypto.open(column, person!.contact_phone_sealed)).toBe('13800000001')
    expect(person!.contact_phone_hash).toBe(scene.crypto.lookupHash('PHONE', '13800000001'))
    const [event] = await scene.rows<{ payload: object }>(
      `select payload from evaluations.outbox where subject_id = $1`,
      [evaluation.id],
    )
    expect(event!.payload).toMatchObject({ subjectKind: 'HALL', staticCodeId: id, caseId: null, isNegative: true })
    expect((await openForm(scene, token, anonymousViewer, formTicket)).state).toBe('ALREADY_EVALUATED')
  })

  test('needs an opened form: without its ticket nothing is taken, and one visit is one rating', async () => {
    const { token } = await staticToken(scene, 'STAFF_MEMBER')
    const without = await submit(scene, { token })
    expect(without.problems.map(({ path, code }: Record<string, string>) => `${path} ${code}`)).toEqual([
      'formTicket FORM_NOT_OPENED',
    ])
    const { formTicket } = await openForm(scene, token)
    const first = await submit(scene, { token, formTicket })
    expect(await submit(scene, { token, formTicket })).toEqual({ ...first, isNew: false })
    const other = await submit(scene, { token, formTicket, level: 'SATISFIED' })
    expect(other).toEqual(refusal('AlreadyEvaluated', 'ALREADY_EVALUATED'))
    expect(await keptRating(scene, first.evaluation.id)).toMatchObject({
      subject_kind: 'STAFF_MEMBER',
      staff_member_id: smallDirectory.staff.socialSecurityA,
      identified_by: 'NOT_IDENTIFIED',
    })
  })

  test('opens its visit again by the ticket, and anew when that has ended', async () => {
    const { token } = await staticToken(scene, 'PROVINCE')
    const { formTicket } = await openForm(scene, token)
    const again = await openForm(scene, token, anonymousViewer, formTicket)
    expect([again.state, again.formTicket, again.subjectKind]).toEqual(['OPEN', formTicket, 'PROVINCE'])
    scene.pass(32 * 60)
    const anew = await openForm(scene, token, anonymousViewer, formTicket)
    expect([anew.state, anew.formTicket === formTicket]).toEqual(['OPEN', false])
    expect(await submit(scene, { token, formTicket })).toEqual(refusal('RatingCodeRefused', 'CODE_EXPIRED'))
  })

  test('of the platform asks by items of its own, for no phone and about no premises', async () => {
    const { token } = await staticToken(scene, 'PLATFORM')
    const { formTicket, levels, ...form } = await openForm(scene, token)
    expect(form).toMatchObject({ subjectKind: 'PLATFORM', identification: 'NONE', subRatings: [] })
    expect([form.place.name, form.message]).toEqual(['本平台', '请评价本平台'])
    expect(levels[0].items.map(({ code }: { code: string }) => code)).toEqual(['P11', 'P12', 'P13', 'P14'])
    expect(await findCases(scene, token, '13800000001')).toEqual({ __typename: 'FindOwnCasesSuccess', cases: [] })
    const { evaluation } = await submit(scene, { token, formTicket, level: 'VERY_DISSATISFIED', items: ['P13'] })
    const [row] = await scene.rows(
      `select item_edition, items, subject_kind from evaluations.evaluations where id = $1`,
      [evaluation.id],
    )
    expect(row).toEqual({ item_edition: 101, items: ['P13'], subject_kind: 'PLATFORM' })
  })

  test('that is retired says so, yet takes what was begun before; one never in use is no code', async () => {
    const { token, id } = await staticToken(scene, 'HALL')
    const { formTicket } = await openForm(scene, token)
    await scene.rows(`update evaluations.static_codes set state = 'RETIRED' where id = $1`, [id])
    const closed = await openForm(scene, token)
    expect([closed.state, closed.message]).toEqual(['EXPIRED', '这张评价码已停用'])
    expect(await submit(scene, { token })).toEqual(refusal('RatingCodeRefused', 'CODE_RETIRED'))
    expect(await findCases(scene, token, '13800000001')).toEqual(refusal('RatingCodeRefused', 'CODE_RETIRED'))
    expect((await submit(scene, { token, formTicket })).isNew).toBe(true)
    for (const state of ['REQUESTED', 'REFUSED'] as const) {
      const unused = await staticToken(scene, 'HALL', state)
      expect((await openForm(scene, unused.token)).state).toBe('INVALID')
      expect(await findCases(scene, unused.token, '13800000001')).toEqual(refusal('RatingCodeRefused', 'CODE_INVALID'))
    }
  })

  test('refuses a contact that is no phone, and one beside a case', async () => {
    const { token } = await staticToken(scene, 'HALL')
    const { formTicket } = await openForm(scene, token)
    const paths = async (input: object) =>
      (await submit(scene, { ...input })).problems.map(({ path, code }: Record<string, string>) => `${path} ${code}`)
    expect(await paths({ token, formTicket, contactPhone: '60000000' })).toEqual([
      'contactPhone PHONE_AREA_CODE_MISSING',
    ])
    const picked = await pickedCase()
    const beside = { token: picked.token, formTicket: picked.formTicket, contactPhone: '13800000001' }
    expect(await paths(beside)).toEqual(['contactPhone CONTACT_NOT_ASKED'])
  })
})

describe('one’s own cases at a static code', () => {
  test('are found by the phone, and the rating of the picked one is the case’s', async () => {
    const phone = '13800000101'
    const [mine, elsewhere] = [
      await reportedCase({ phone }),
      await reportedCase({ phone, hallId: smallDirectory.halls.hallB }),
    ]
    const { token, id } = await staticToken(scene, 'HALL')
    const { cases, ...rest } = await findCases(scene, token, '１３８-0000-0101')
    expect(rest).toEqual({ __typename: 'FindOwnCasesSuccess' })
    expect(cases).toEqual([
      {
        formTicket: expect.stringMatching(/^[\w-]{32}$/),
        caseNumber: `4101…${mine.caseNumber.slice(-4)}`,
        closedAt: mine.closedAt,
        departmentName: '甲州市人社局',
        windowNumber: 'A01',
      },
    ])
    const [{ formTicket }] = cases
    const form = await openForm(scene, token, anonymousViewer, formTicket)
    expect(form).toMatchObject({
      state: 'OPEN',
      kind: 'STATIC',
      subjectKind: 'CASE',
      identification: 'NONE',
      formTicket,
    })
    expect(form.subject).toMatchObject({ caseNumber: mine.caseNumber, staffName: '林晓禾' })
    expect(form.place.name).toBe('甲州市政务大厅')
    const { evaluation } = await submit(scene, { token, formTicket })
    expect(await keptRating(scene, evaluation.id)).toMatchObject({
      subject_kind: 'CASE',
      case_id: mine.caseId,
      static_code_id: id,
      channel: 3,
      identified_by: 'PHONE_NUMBER',
      staff_member_id: smallDirectory.staff.socialSecurityA,
    })
    expect((await findCases(scene, token, phone)).cases).toEqual([])
    const province = await staticToken(scene, 'PROVINCE')
    const inProvince = (await findCases(scene, province.token, phone)).cases
    expect(inProvince.map(({ caseNumber }: { caseNumber: string }) => caseNumber)).toEqual([
      `4101…${elsewhere.caseNumber.slice(-4)}`,
    ])
  })

  test('are those that can still be rated: no old ones, none rated before, none of a colleague', async () => {
    const phone = '13800000102'
    const rated = await reportedCase({ phone })
    await submit(scene, { token: await freshToken(scene, rated.caseNumber) })
    await reportedCase({ phone, closedAt: '2026-10-01T02:00:00.000Z' })
    await reportedCase({ phone, staffMemberId: smallDirectory.staff.policeA })
    const { token } = await staticToken(scene, 'STAFF_MEMBER')
    expect((await findCases(scene, token, phone)).cases).toEqual([])
    const late = closedCase(scene.clock.now, { phone })
    scene.knows(late)
    expect((await findCases(scene, token, phone)).cases).toHaveLength(1)
  })

  test('are looked for by five phones in a quarter of an hour, by no member of staff, and not by half a number', async () => {
    const { token } = await staticToken(scene, 'HALL')
    for (let guess = 0; guess < 5; guess++) {
      expect((await findCases(scene, token, `1380000020${guess}`)).cases).toEqual([])
    }
    expect(await findCases(scene, token, '13800000209')).toEqual(refusal('RatingCodeRefused', 'PROOF_TOO_OFTEN'))
    scene.pass(15 * 60)
    expect((await findCases(scene, token, '13800000209')).cases).toEqual([])
    const half = await findCases(scene, token, '1380000')
    expect([half.__typename, half.code, half.problems[0].path]).toEqual([
      'InvalidEvaluation',
      'PHONE_MALFORMED',
      'phone',
    ])
    expect((await findCases(scene, token, '')).problems[0].code).toBe('PHONE_EMPTY')
    for (const viewer of [accountViewer('window'), clientViewer('windowSystem'), clientViewer('device')]) {
      expect(await findCases(scene, token, '13800000001', viewer)).toEqual(
        refusal('RatingCodeRefused', 'NOT_PERMITTED'),
      )
    }
    const screen = await freshToken(scene, (await reportedCase()).caseNumber)
    expect(await findCases(scene, screen, '13800000001')).toEqual(refusal('RatingCodeRefused', 'CODE_INVALID'))
  })

  test('guessed all at once are not let through together, and honest people do not use up the code', async () => {
    const { token } = await staticToken(scene, 'HALL')
    const guesses = Array.from({ length: 40 }, (_, number) =>
      findCases(scene, token, `138000003${String(number).padStart(2, '0')}`),
    )
    const looked = (await Promise.all(guesses)).filter(answer => answer.__typename === 'FindOwnCasesSuccess')
    expect(looked.length).toBe(5)
    const busy = await staticToken(scene, 'HALL')
    for (let person = 0; person < 8; person++) {
      const phone = `1380000040${person}`
      await reportedCase({ phone })
      expect((await findCases(scene, busy.token, phone)).cases).toHaveLength(1)
    }
  })

  test('need no phone from who is signed in', async () => {
    const [mine, other] = [await reportedCase(), await reportedCase()]
    const citizen = citizenViewer(mine)
    const { token } = await staticToken(scene, 'HALL')
    const { cases } = await findCases(scene, token, '', citizen)
    expect(cases.map(({ caseNumber }: { caseNumber: string }) => caseNumber)).toEqual([
      `4101…${mine.caseNumber.slice(-4)}`,
    ])
    const { evaluation } = await submit(scene, { token, formTicket: cases[0].formTicket }, citizen)
    expect(await keptRating(scene, evaluation.id)).toMatchObject({
      case_id: mine.caseId,
      identified_by: 'SIGNED_IN',
      citizen_id: citizen.id,
    })
    expect((await findCases(scene, token, '', citizenViewer(other))).cases).toHaveLength(1)
  })
})

describe('a signed-in citizen', () => {
  test('needs no digits at the receipt of his own case, and does at another’s', async () => {
    const [mine, other] = [await reportedCase(), await reportedCase()]
    const citizen = citizenViewer(mine)
    const own = await freshToken(scene, mine.caseNumber, 'RECEIPT')
    const form = await openForm(scene, own, citizen)
    expect([form.identification, form.subject.caseNumber]).toEqual(['NONE', mine.caseNumber])
    const { evaluation } = await submit(scene, { token: own }, citizen)
    expect(await keptRating(scene, evaluation.id)).toMatchObject({ identified_by: 'SIGNED_IN', citizen_id: citizen.id })
    const foreign = await freshToken(scene, other.caseNumber, 'RECEIPT')
    expect((await openForm(scene, foreign, citizen)).identification).toBe('PHONE_LAST_FOUR')
    expect(await submit(scene, { token: foreign }, citizen)).toEqual(refusal('RatingCodeRefused', 'PROOF_FAILED'))
  })

  test.each([
    ['PORTAL', 1],
    ['MOBILE', 2],
  ])('rates his own case by a %s code, which is good for him alone', async (kind, channel) => {
    const [mine, other] = [await reportedCase(), await reportedCase()]
    const [citizen, stranger] = [citizenViewer(mine), citizenViewer(other)]
    const { issueRatingCode } = await scene.ask(citizen, issueMutation, {
      input: { caseNumber: mine.caseNumber, kind },
    })
    const { token, expiresAt, nextCodeAt } = issueRatingCode.ratingCode
    const life = Date.parse(expiresAt) - scene.clock.now.getTime()
    expect([life > 29 * 60_000, life <= 31 * 60_000, nextCodeAt, issueRatingCode.promptDuty]).toEqual([
      true,
      true,
      null,
      null,
    ])
    expect((await openForm(scene, token)).state).toBe('NOT_RATEABLE')
    expect((await openForm(scene, token)).subject).toBeNull()
    expect(await submit(scene, { token })).toEqual(refusal('RatingCodeRefused', 'UNAUTHENTICATED'))
    expect(await submit(scene, { token }, stranger)).toEqual(refusal('RatingCodeRefused', 'NOT_PERMITTED'))
    const byReceipt = { ...citizen, sessionId: null }
    expect(await submit(scene, { token }, byReceipt)).toEqual(refusal('RatingCodeRefused', 'UNAUTHENTICATED'))
    const form = await openForm(scene, token, citizen)
    expect([form.state, form.kind, form.identification]).toEqual(['OPEN', kind, 'NONE'])
    const { evaluation } = await submit(scene, { token, formTicket: form.formTicket }, citizen)
    expect(await keptRating(scene, evaluation.id)).toMatchObject({
      channel,
      identified_by: 'SIGNED_IN',
      citizen_id: citizen.id,
    })
  })

  test('gets codes of his own cases only, and none of any other kind', async () => {
    const [mine, other] = [await reportedCase(), await reportedCase()]
    const citizen = citizenViewer(mine)
    const codeOf = async (viewer: Viewer, input: object) =>
      (await scene.ask(viewer, issueMutation, { input })).issueRatingCode.code
    expect(await codeOf(citizen, { caseNumber: other.caseNumber, kind: 'PORTAL' })).toBe('CASE_UNKNOWN')
    expect(await codeOf(citizen, { caseNumber: mine.caseNumber, kind: 'SCREEN' })).toBe('NOT_PERMITTED')
    expect(await codeOf(provinceSystem, { caseNumber: mine.caseNumber, kind: 'PORTAL' })).toBe('NOT_PERMITTED')
    expect(await codeOf({ ...citizen, sessionId: null }, { caseNumber: mine.caseNumber, kind: 'MOBILE' })).toBe(
      'NOT_PERMITTED',
    )
  })
})

test('a terminal names itself and no clerk, rates as a terminal, and prints a code to take home', async () => {
  const reported = await reportedCase()
  const input = { caseNumber: reported.caseNumber, kind: 'TERMINAL', terminalNumber: 'ZZ-0007' }
  const token = await issuedToken(provinceSystem, input)
  expect(await issuedToken(provinceSystem, input)).toBe(token)
  const form = await openForm(scene, token)
  expect(form.subject).toMatchObject({ terminalNumber: 'ZZ-0007', staffNumber: null, staffName: null })
  expect([form.textLimit, form.pictureLimit]).toEqual([0, 0])
  const takeHome = readRatingCode(form.takeHomeUrl.slice(-32), scene.crypto.codeMac)
  expect(takeHome).toMatchObject({ ok: true, code: { kind: 'RECEIPT' } })
  const screen = await freshToken(scene, reported.caseNumber)
  expect((await openForm(scene, screen)).subject).toMatchObject({ terminalNumber: null, staffName: '林晓禾' })
  const { evaluation } = await submit(scene, { token, formTicket: form.formTicket })
  expect(await keptRating(scene, evaluation.id)).toMatchObject({
    channel: 5,
    identified_by: 'TERMINAL',
    terminal_number: 'ZZ-0007',
    staff_member_id: null,
    hall_id: smallDirectory.halls.hallA,
  })
})

test('an SMS link opens the form of its case without another proof, and dies once used', async () => {
  const reported = await reportedCase()
  const token = await smsToken(scene, reported)
  const form = await openForm(scene, token)
  expect(form).toMatchObject({ state: 'OPEN', kind: 'SMS', identification: 'NONE', formTicket: null })
  expect(form.subject).toMatchObject({ caseNumber: `4101…${reported.caseNumber.slice(-4)}`, staffName: '林晓禾' })
  const { evaluation } = await submit(scene, { token, text: '很快' })
  expect(await keptRating(scene, evaluation.id)).toMatchObject({ channel: 7, identified_by: 'SMS_LINK' })
  expect((await openForm(scene, token)).state).toBe('ALREADY_EVALUATED')
  const another = await submit(scene, { token, level: 'SATISFIED' })
  expect(another).toEqual(refusal('AlreadyEvaluated', 'ALREADY_EVALUATED'))
  const altered = `${token.slice(0, -1)}${token.endsWith('A') ? 'B' : 'A'}`
  for (const text of [altered, 'x'.repeat(16), 'x'.repeat(15), `${token}=`]) {
    expect((await openForm(scene, text)).state).toBe('INVALID')
    expect(await submit(scene, { token: text })).toEqual(refusal('RatingCodeRefused', 'CODE_INVALID'))
  }
})

describe('of fifty at once', () => {
  const ways: [string, () => Promise<{ input: object; viewer?: Viewer }>][] = [
    ['SCREEN', async () => ({ input: { token: await freshToken(scene, (await reportedCase()).caseNumber) } })],
    [
      'RECEIPT',
      async () => ({
        input: { token: await freshToken(scene, (await reportedCase()).caseNumber, 'RECEIPT'), phoneLastFour: '0000' },
      }),
    ],
    [
      'TERMINAL',
      async () => {
        const { caseNumber } = await reportedCase()
        return {
          input: { token: await issuedToken(provinceSystem, { caseNumber, kind: 'TERMINAL', terminalNumber: '1' }) },
        }
      },
    ],
    ...(['PORTAL', 'MOBILE'] as const).map((kind): (typeof ways)[number] => [
      kind,
      async () => {
        const mine = await reportedCase()
        const viewer = citizenViewer(mine)
        return { input: { token: await issuedToken(viewer, { caseNumber: mine.caseNumber, kind }) }, viewer }
      },
    ]),
    ['SMS', async () => ({ input: { token: await smsToken(scene, await reportedCase()) } })],
    [
      'STATIC with a picked case',
      async () => {
        const { token, formTicket } = await pickedCase()
        return { input: { token, formTicket } }
      },
    ],
    [
      'STATIC without a case',
      async () => {
        const { token } = await staticToken(scene, 'HALL')
        return { input: { token, formTicket: (await openForm(scene, token)).formTicket } }
      },
    ],
  ]

  test.each(ways)('%s: one row, one event, and fifty equal receipts', async (_, way) => {
    const { input, viewer } = await way()
    const before = await countRows(scene)
    const answers = await Promise.all(
      Array.from({ length: 50 }, () => submit(scene, input as Record<string, unknown>, viewer)),
    )
    const after = await countRows(scene)
    const added = Object.fromEntries(Object.entries(after).map(([name, count]) => [name, count - before[name]!]))
    expect(added).toEqual({ keys: 1, evaluations: 1, texts: 0, people: 1, receipts: 1, events: 1 })
    expect(new Set(answers.map(({ receiptNumber }) => receiptNumber)).size).toBe(1)
    expect(answers.filter(({ isNew }) => isNew).length).toBe(1)
  })
})

test('a hundred opened forms of every kind change nothing: no row is added, none is written anew', async () => {
  const mine = await reportedCase()
  const citizen = citizenViewer(mine)
  const { token: hall } = await staticToken(scene, 'HALL')
  const picked = await pickedCase()
  const asked: [string, Viewer, string | null][] = [
    [await freshToken(scene, mine.caseNumber), anonymousViewer, null],
    [await freshToken(scene, mine.caseNumber, 'RECEIPT'), anonymousViewer, null],
    [await issuedToken(citizen, { caseNumber: mine.caseNumber, kind: 'MOBILE' }), citizen, null],
    [hall, anonymousViewer, null],
    [hall, anonymousViewer, (await openForm(scene, hall)).formTicket],
    [picked.token, anonymousViewer, picked.formTicket],
    [await smsToken(scene, mine), anonymousViewer, null],
    ['x'.repeat(32), anonymousViewer, null],
  ]
  const tables = await scene.rows<{ name: string }>(
    `select format('%I.%I', schemaname, tablename) as name from pg_tables where schemaname = 'evaluations' order by 1`,
  )
  const written = async () => {
    const counts: Record<string, unknown> = {}
    for (const { name } of tables) {
      const sql = `select count(*)::int as rows, coalesce(max(xmin::text::bigint), 0)::text as latest from ${name}`
      counts[name] = (await scene.rows(sql))[0]
    }
    return counts
  }
  const before = await written()
  const forms = await Promise.all(
    Array.from({ length: 100 }, (_, number) => {
      const [token, viewer, ticket] = asked[number % asked.length]!
      return openForm(scene, token, viewer, ticket)
    }),
  )
  expect(new Set(forms.map(({ state }) => state))).toEqual(new Set(['OPEN', 'INVALID']))
  expect(await written()).toEqual(before)
})

describe('a ticket is good beside its own code alone', () => {
  test('whatever of another code is handed in, nothing is taken and nothing shown', async () => {
    const picked = await pickedCase()
    const hall = await staticToken(scene, 'HALL')
    const visit = (await openForm(scene, hall.token)).formTicket
    const screen = await freshToken(scene, picked.reported.caseNumber)
    const receipt = await freshToken(scene, picked.reported.caseNumber, 'RECEIPT')
    const ofScreen = (await openForm(scene, screen)).formTicket
    const ofReceipt = (await openForm(scene, receipt)).formTicket
    const before = await countRows(scene)
    const pairs: [string, string][] = [
      [hall.token, picked.formTicket],
      [picked.token, visit],
      [hall.token, ofReceipt],
      [hall.token, ofScreen],
      [picked.token, ofReceipt],
      [picked.token, receipt],
      [screen, picked.formTicket],
      [screen, ofReceipt],
      [screen, visit],
      [receipt, ofScreen],
      [receipt, picked.formTicket],
      [visit, visit],
      [picked.formTicket, picked.formTicket],
    ]
    for (const [token, formTicket] of pairs) {
      expect((await openForm(scene, token, anonymousViewer, formTicket)).state).toBe('INVALID')
      expect(await submit(scene, { token, formTicket, phoneLastFour: '0000' })).toEqual(
        refusal('RatingCodeRefused', 'CODE_INVALID'),
      )
    }
    expect(await countRows(scene)).toEqual(before)
  })

  test('the form of a receipt is no proof: neither by itself, nor at a screen code that has rolled away', async () => {
    const reported = await reportedCase({ phoneLastFour: '0042' })
    const receipt = await freshToken(scene, reported.caseNumber, 'RECEIPT')
    const screen = await freshToken(scene, reported.caseNumber)
    const { formTicket } = await openForm(scene, receipt)
    expect(await submit(scene, { token: receipt, formTicket })).toEqual(refusal('RatingCodeRefused', 'PROOF_FAILED'))
    scene.pass(200)
    expect(await submit(scene, { token: screen, formTicket })).toEqual(refusal('RatingCodeRefused', 'CODE_INVALID'))
    const proved = await submit(scene, { token: receipt, formTicket, phoneLastFour: '0042' })
    expect(proved.isNew).toBe(true)
  })

  test('digits guessed all at once at a receipt are five and no more', async () => {
    const { caseNumber } = await reportedCase({ phoneLastFour: '0042' })
    const token = await freshToken(scene, caseNumber, 'RECEIPT')
    const guesses = Array.from({ length: 60 }, (_, number) => String(number + 1000))
    const answers = await Promise.all(guesses.map(phoneLastFour => submit(scene, { token, phoneLastFour })))
    expect(answers.filter(({ code }) => code === 'PROOF_FAILED').length).toBe(5)
    expect(answers.filter(({ code }) => code === 'PROOF_TOO_OFTEN').length).toBe(55)
    const right = { token, phoneLastFour: '0042' }
    expect(await submit(scene, right)).toEqual(refusal('RatingCodeRefused', 'PROOF_TOO_OFTEN'))
  })
})

describe('what goes with a rating', () => {
  const textsOf = async (id: string) =>
    (
      await scene.rows(
        `select e.environment, e.attitude, e.is_overcharged, e.is_intermediary_forced, t.body, t.environment_reason, t.attitude_reason
         from evaluations.evaluations e left join evaluations.evaluation_texts t on t.evaluation_id = e.id where e.id = $1`,
        [id],
      )
    )[0]

  test('answers apart are kept, their reasons apart from the rating, and are part of the content', async () => {
    const { caseNumber } = await reportedCase({ hasFees: true })
    const token = await freshToken(scene, caseNumber)
    const subRatings = { environment: 'POOR', environmentReason: ' 没有座位 ', attitude: 'GOOD', isOvercharged: false }
    const first = await submit(scene, { token, subRatings })
    expect(await textsOf(first.evaluation.id)).toEqual({
      environment: 2,
      attitude: 1,
      is_overcharged: false,
      is_intermediary_forced: null,
      body: null,
      environment_reason: '没有座位',
      attitude_reason: null,
    })
    expect(await submit(scene, { token, subRatings })).toEqual({ ...first, isNew: false })
    expect(await submit(scene, { token })).toEqual(refusal('AlreadyEvaluated', 'ALREADY_EVALUATED'))
    const free = await freshToken(scene, (await reportedCase()).caseNumber)
    const { problems } = await submit(scene, { token: free, subRatings: { isOvercharged: true } })
    expect(problems[0]).toMatchObject({ path: 'subRatings.isOvercharged', code: 'SUB_RATING_NOT_ASKED' })
  })

  test('pictures uploaded with the code go with it in their order, wait no longer, and are found by a repeat', async () => {
    const { caseNumber, caseId } = await reportedCase()
    const token = await freshToken(scene, caseNumber)
    const reading = readRatingCode(token, scene.crypto.codeMac)
    if (!reading.ok) throw new Error(reading.fault)
    const { handle } = reading.code
    const [one, two, left] = [
      await uploadedPicture(scene, handle),
      await uploadedPicture(scene, handle),
      await uploadedPicture(scene, handle),
    ]
    const input = { token, pictures: [two, one] }
    const answers = await Promise.all(Array.from({ length: 20 }, () => submit(scene, input)))
    expect(answers.filter(({ isNew }) => isNew).length).toBe(1)
    expect(new Set(answers.map(({ receiptNumber }) => receiptNumber)).size).toBe(1)
    expect((await submit(scene, input)).isNew).toBe(false)
    expect((await submit(scene, { token, pictures: [one, two] })).code).toBe('ALREADY_EVALUATED')
    expect(
      await scene.rows(
        `select id, place, case_id, width, height, sha256 from evaluations.evaluation_pictures where case_id = $1 order by place`,
        [caseId],
      ),
    ).toEqual([
      { id: two, place: 1, case_id: caseId, width: 800, height: 600, sha256: `sha of ${two}` },
      { id: one, place: 2, case_id: caseId, width: 800, height: 600, sha256: `sha of ${one}` },
    ])
    expect(await scene.rows(`select id from evaluations.uploaded_pictures where keeper = $1`, [handle])).toEqual([
      { id: left },
    ])
  })

  test('a picture of another code, of another rating, or too old is unknown, and nothing is written', async () => {
    const [mine, other] = [await reportedCase(), await reportedCase()]
    const [token, foreign] = [await freshToken(scene, mine.caseNumber), await freshToken(scene, other.caseNumber)]
    const handleOf = (text: string) => {
      const reading = readRatingCode(text, scene.crypto.codeMac)
      return reading.ok ? reading.code.handle : ''
    }
    const ofOther = await uploadedPicture(scene, handleOf(foreign))
    const used = await uploadedPicture(scene, handleOf(foreign))
    await submit(scene, { token: foreign, pictures: [used] })
    const old = await uploadedPicture(scene, handleOf(token), 24)
    const before = await countRows(scene)
    const { problems } = await submit(scene, { token, pictures: [ofOther, used, old, 'no id'] })
    expect(problems.map(({ path, code }: Record<string, string>) => `${path} ${code}`)).toEqual([
      'pictures.0 PICTURE_UNKNOWN',
      'pictures.1 PICTURE_UNKNOWN',
      'pictures.2 PICTURE_UNKNOWN',
      'pictures.3 PICTURE_UNKNOWN',
    ])
    expect(await countRows(scene)).toEqual(before)
  })
})

test('what is logged never holds a token, a phone or a text', () => {
  expect(scene.logged).toEqual([])
})
