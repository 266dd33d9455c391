import jsQR from 'jsqr'
import { PNG } from 'pngjs'
import { afterAll, beforeAll, expect, test } from 'vitest'
import type { Viewer } from '../../subgraphs/shared/viewer.ts'
import { accountViewer, clientViewer, smallDirectory } from '../kit/small-directory.ts'
import {
  closedCase,
  type EvaluationsScene,
  freshToken,
  issueMutation,
  openEvaluationsScene,
  openForm,
  provinceSystem,
  submit,
} from './evaluations-scene.ts'

let scene: EvaluationsScene

beforeAll(async () => {
  scene = await openEvaluationsScene()
})
afterAll(() => scene.stop())

const issue = async (viewer: Viewer, input: Record<string, unknown>) =>
  (await scene.ask(viewer, issueMutation, { input })).issueRatingCode

const unknownCase = (caseNumber: string) => ({
  __typename: 'CaseNotRateable',
  code: 'CASE_UNKNOWN',
  message: `没有找到办件 ${caseNumber}`,
  messageEnglish: `No case ${caseNumber} is known`,
  remedy: '请核对办件编号，或先上报该办件。Check the case number, or report the case first.',
})

test('a screen code says until when it may be scanned and when the next one is due', async () => {
  const reported = closedCase(scene.clock.now)
  await scene.report(reported)
  const answer = await issue(clientViewer('windowSystem'), { caseNumber: reported.caseNumber })
  const { token } = answer.ratingCode
  expect(answer).toEqual({
    __typename: 'IssueRatingCodeSuccess',
    promptDuty: expect.stringContaining('不得引导、不得代评'),
    ratingCode: {
      url: `http://hall.example.cn:4000/r/${token}`,
      token: expect.stringMatching(/^[\w-]{32}$/),
      kind: 'SCREEN',
      issuedAt: '2026-11-20T02:00:20.000Z',
      expiresAt: '2026-11-20T02:02:30.000Z',
      nextCodeAt: '2026-11-20T02:01:20.000Z',
    },
  })
})

test('a receipt code lasts until the late window ends', async () => {
  const reported = closedCase(scene.clock.now)
  await scene.report(reported)
  const { ratingCode } = await issue(provinceSystem, { caseNumber: reported.caseNumber, kind: 'RECEIPT' })
  expect({ ...ratingCode, url: '', token: '' }).toEqual({
    url: '',
    token: '',
    kind: 'RECEIPT',
    issuedAt: '2026-11-20T02:00:20.000Z',
    expiresAt: '2026-12-20T16:00:00.000Z',
    nextCodeAt: null,
  })
})

test('an independent reader reads the address from PNG and SVG; it has at most 60 characters with a host of 16', async () => {
  const reported = closedCase(scene.clock.now)
  await scene.report(reported)
  const { issueRatingCode } = await scene.ask(
    provinceSystem,
    `mutation ($input: IssueRatingCodeInput!) {
      issueRatingCode(input: $input) { ... on IssueRatingCodeSuccess { ratingCode { url svg png large: png(scale: 20) } } }
    }`,
    { input: { caseNumber: reported.caseNumber } },
  )
  const { url, svg, png, large } = issueRatingCode.ratingCode
  for (const picture of [png, large]) {
    const { data, width, height } = PNG.sync.read(Buffer.from(picture, 'base64'))
    expect(jsQR(new Uint8ClampedArray(data), width, height)?.data).toBe(url)
  }
  const { pixels, side } = rasterised(svg, 4)
  expect(jsQR(pixels, side, side)?.data).toBe(url)
  expect(`https://${'h'.repeat(16)}${new URL(url).pathname}`.length).toBeLessThanOrEqual(60)
  expect(svg.length).toBeLessThan(1_750)
})

test('a size of the picture that nobody can mean is refused by name', async () => {
  const reported = closedCase(scene.clock.now)
  await scene.report(reported)
  const png = `mutation ($input: IssueRatingCodeInput!) {
    issueRatingCode(input: $input) { ... on IssueRatingCodeSuccess { ratingCode { png(scale: 21) } } }
  }`
  const input = { caseNumber: reported.caseNumber }
  expect((await scene.execute(provinceSystem, png, { input })).codes).toEqual(['BAD_USER_INPUT'])
  const zeroth = await scene.execute(provinceSystem, issueMutation, { input: { ...input, serviceNumber: 0 } })
  expect(zeroth.codes).toEqual(['BAD_USER_INPUT'])
})

test('a case outside the scope is unknown: to another city, to another window, to another clerk', async () => {
  const inCityB = closedCase(scene.clock.now, { regionPath: '/410000/410200/', cityCode: '410200' })
  const atA02 = closedCase(scene.clock.now, { windowId: smallDirectory.windows.a02, windowNumber: 'A02' })
  const byColleague = closedCase(scene.clock.now, { staffMemberId: smallDirectory.staff.policeA })
  await scene.report(inCityB, atA02, byColleague)
  expect(await issue(clientViewer('windowSystem'), inCityB)).toEqual(unknownCase(inCityB.caseNumber))
  expect(await issue(clientViewer('device'), atA02)).toEqual(unknownCase(atA02.caseNumber))
  expect(await issue(accountViewer('window'), byColleague)).toEqual(unknownCase(byColleague.caseNumber))
  expect(await issue(provinceSystem, { caseNumber: '410100000000000000000000' })).toEqual(
    unknownCase('410100000000000000000000'),
  )

  async function issue(viewer: Viewer, { caseNumber }: { caseNumber: string }) {
    return (await scene.ask(viewer, issueMutation, { input: { caseNumber } })).issueRatingCode
  }
})

test('asking for a case outside the scope writes nothing down: no time and no row tells that it exists', async () => {
  const inCityB = closedCase(scene.clock.now, {
    regionPath: '/410000/410200/',
    cityCode: '410200',
    phoneLastFour: '4321',
  })
  await scene.report(inCityB)
  const hashes = () =>
    scene.database.inScope({ reach: 'EVERYTHING', name: 'rating-code' }, tx =>
      tx.query(
        'select phone_last_four_hash is not null as "isKept" from evaluations.rateable_cases where case_id = $1',
        [inCityB.caseId],
      ),
    )
  const ask = (viewer: Viewer) =>
    scene.ask(viewer, issueMutation, { input: { caseNumber: inCityB.caseNumber, kind: 'RECEIPT' } })
  expect((await ask(clientViewer('windowSystem'))).issueRatingCode).toEqual(unknownCase(inCityB.caseNumber))
  expect(await hashes()).toEqual([{ isKept: false }])
  expect((await ask(provinceSystem)).issueRatingCode).toMatchObject({ __typename: 'IssueRatingCodeSuccess' })
  expect(await hashes()).toEqual([{ isKept: true }])
})

test('window systems, devices, clerks and the management body get codes of their own cases, all others are refused', async () => {
  const reported = closedCase(scene.clock.now)
  await scene.report(reported)
  const { caseNumber } = reported
  for (const viewer of [
    clientViewer('windowSystem'),
    clientViewer('device'),
    accountViewer('window'),
    accountViewer('city'),
  ]) {
    expect((await issue(viewer, { caseNumber })).__typename).toBe('IssueRatingCodeSuccess')
  }
  const deviceNowhere: Viewer = { ...clientViewer('device'), scope: { reach: 'REGION', regionPath: '/410000/' } }
  for (const viewer of [
    accountViewer('supervisor'),
    accountViewer('handler'),
    accountViewer('province'),
    clientViewer('frontend'),
    deviceNowhere,
  ]) {
    expect((await issue(viewer, { caseNumber })).code).toBe('NOT_PERMITTED')
  }
})

test('a case that cannot be rated says why', async () => {
  const { now } = scene.clock
  const open = closedCase(now, { state: 'ACCEPTED', closedAt: null })
  const voided = closedCase(now, { isValid: false })
  const old = closedCase(now, { closedAt: '2026-10-01T02:00:00.000Z' })
  const withoutPhone = closedCase(now, { phoneLastFour: null })
  const merged = closedCase(now, { isValid: false, mergedInto: '410100000000000000000001' })
  await scene.report(open, voided, old, withoutPhone, merged)
  const codeOf = async (input: Record<string, unknown>) => {
    const { __typename, code } = await issue(provinceSystem, input)
    return `${__typename} ${code}`
  }
  expect(await codeOf({ caseNumber: open.caseNumber })).toBe('CaseNotRateable CASE_NOT_CLOSED')
  expect(await codeOf({ caseNumber: voided.caseNumber })).toBe('CaseNotRateable CASE_VOID')
  expect(await codeOf({ caseNumber: old.caseNumber })).toBe('CaseNotRateable EVALUATION_TOO_LATE')
  expect(await codeOf({ caseNumber: withoutPhone.caseNumber, kind: 'RECEIPT' })).toBe(
    'CaseNotRateable CASE_WITHOUT_PHONE',
  )
  const { code, message } = await issue(provinceSystem, { caseNumber: merged.caseNumber })
  expect([code, message]).toEqual(['CASE_MERGED', '该办件已并入 410100000000000000000001，不再单独评价'])
})

test('however a case ended it can be rated, and an overdue one before it ends', async () => {
  const { now } = scene.clock
  const ended = (['COMPLETED', 'REFUSED', 'RETURNED', 'WITHDRAWN'] as const).map(outcome =>
    closedCase(now, { outcome }),
  )
  const late = { state: 'ACCEPTED', closedAt: null } as const
  const overdue = closedCase(now, { ...late, legalLimitAt: new Date(now.getTime() - 1).toISOString() })
  const inTime = closedCase(now, { ...late, promisedAt: new Date(now.getTime() + 1).toISOString() })
  await scene.report(...ended, overdue, inTime)
  for (const { caseNumber } of [...ended, overdue]) {
    expect((await submit(scene, { token: await freshToken(scene, caseNumber) })).isNew).toBe(true)
  }
  expect((await issue(provinceSystem, { caseNumber: inTime.caseNumber })).code).toBe('CASE_NOT_CLOSED')
  const receipt = await issue(provinceSystem, { caseNumber: overdue.caseNumber, kind: 'RECEIPT' })
  expect(receipt.ratingCode.expiresAt).toBe('2026-12-20T16:00:00.000Z')
})

test('a code for a rated case looks like any other: nobody learns from it that the case was rated', async () => {
  const [rated, unrated] = [closedCase(scene.clock.now), closedCase(scene.clock.now)]
  await scene.report(rated, unrated)
  await freshToken(scene, unrated.caseNumber)
  await submit(scene, { token: await freshToken(scene, rated.caseNumber), isAnonymous: true })
  for (const viewer of [clientViewer('windowSystem'), clientViewer('device'), accountViewer('window')]) {
    for (const kind of ['SCREEN', 'RECEIPT'].filter(each => each === 'SCREEN' || viewer.role !== 'DEVICE')) {
      const [one, other] = [
        await issueOf(viewer, rated.caseNumber, kind),
        await issueOf(viewer, unrated.caseNumber, kind),
      ]
      expect(one).toEqual(other)
    }
  }

  async function issueOf(viewer: Viewer, caseNumber: string, kind: string) {
    const { ratingCode, ...rest } = await issue(viewer, { caseNumber, kind })
    return { ...rest, ratingCode: { ...ratingCode, url: '', token: '' } }
  }
})

test('the clerk is told of his duty to ask once per case, whoever shows the code, and only at a window’s screen', async () => {
  const [reported, other] = [closedCase(scene.clock.now), closedCase(scene.clock.now)]
  await scene.report(reported, other)
  const dutyOf = async (viewer: Viewer, input: object = {}) =>
    (await issue(viewer, { caseNumber: reported.caseNumber, ...input })).promptDuty
  expect(await dutyOf(clientViewer('windowSystem'), { kind: 'RECEIPT' })).toBeNull()
  expect(await dutyOf(accountViewer('city'))).toBeNull()
  const asked = await Promise.all([
    dutyOf(clientViewer('device')),
    dutyOf(accountViewer('window')),
    dutyOf(clientViewer('windowSystem')),
  ])
  expect(asked.filter(duty => duty !== null)).toEqual([expect.stringContaining('请主动提示办事人评价')])
  expect(await dutyOf(clientViewer('windowSystem'))).toBeNull()
  expect(await dutyOf(clientViewer('windowSystem'), { serviceNumber: 2 })).not.toBeNull()
  expect(await dutyOf(clientViewer('windowSystem'), { caseNumber: other.caseNumber })).not.toBeNull()
})

test('an order that nobody can mean is refused, naming what is accepted', async () => {
  const reported = closedCase(scene.clock.now)
  await scene.report(reported)
  const { caseNumber } = reported
  for (const input of [
    { kind: 'STATIC' },
    { kind: 'SMS' },
    { kind: 'TERMINAL' },
    { kind: 'TERMINAL', terminalNumber: ' ' },
    { kind: 'TERMINAL', terminalNumber: '9'.repeat(31) },
    { kind: 'SCREEN', terminalNumber: 'ZZ01' },
    { serviceNumber: 100 },
  ]) {
    const { codes } = await scene.execute(provinceSystem, issueMutation, { input: { caseNumber, ...input } })
    expect(codes).toEqual(['BAD_USER_INPUT'])
  }
})

test('cases is asked once for a case whose fact has not arrived, and once for the proof of a receipt', async () => {
  const late = closedCase(scene.clock.now)
  scene.knows(late)
  const closing = closedCase(scene.clock.now, { state: 'ACCEPTED', closedAt: null })
  await scene.report(closing)
  scene.knows({ ...closing, state: 'CLOSED', closedAt: scene.clock.now.toISOString(), dataVersion: 2 })
  const before = scene.asked.length
  await freshToken(scene, late.caseNumber)
  await freshToken(scene, late.caseNumber)
  await freshToken(scene, late.caseNumber, 'RECEIPT')
  await freshToken(scene, closing.caseNumber)
  await freshToken(scene, closing.caseNumber)
  expect(scene.asked.slice(before)).toEqual([late.caseNumber, closing.caseNumber])

  const known = closedCase(scene.clock.now)
  await scene.report(known)
  await freshToken(scene, known.caseNumber)
  await freshToken(scene, known.caseNumber, 'RECEIPT')
  await freshToken(scene, known.caseNumber, 'RECEIPT')
  expect(scene.asked.slice(before + 2)).toEqual([known.caseNumber])
})

test('while cases is away, known cases still get their codes and unknown ones an honest answer', async () => {
  const known = closedCase(scene.clock.now)
  const open = closedCase(scene.clock.now, { state: 'ACCEPTED', closedAt: null })
  await scene.report(known, open)
  scene.cases.isAway = true
  expect((await issue(provinceSystem, { caseNumber: known.caseNumber })).__typename).toBe('IssueRatingCodeSuccess')
  expect((await issue(provinceSystem, { caseNumber: open.caseNumber })).code).toBe('CASE_NOT_CLOSED')
  const unknown = await scene.execute(provinceSystem, issueMutation, { input: { caseNumber: 'X'.repeat(24) } })
  expect(unknown.codes).toEqual(['SUBGRAPH_UNAVAILABLE'])
  scene.cases.isAway = false
})

test('an older report that arrives late does not undo a newer one', async () => {
  const first = closedCase(scene.clock.now)
  await scene.report({ ...first, dataVersion: 3, isValid: false })
  await scene.report({ ...first, dataVersion: 2 })
  const last = closedCase(scene.clock.now)
  // Facts are applied in order: once this one is kept, the late one has been looked at.
  await scene.report(last)
  expect((await issue(provinceSystem, { caseNumber: first.caseNumber })).code).toBe('CASE_VOID')
})

test('sixteen screens that ask at once get one handle and one point', async () => {
  const reported = closedCase(scene.clock.now)
  await scene.report(reported)
  const tokens = await Promise.all(Array.from({ length: 16 }, () => freshToken(scene, reported.caseNumber)))
  expect(new Set(tokens).size).toBe(1)
  const kept = await scene.rows(
    `select point from evaluations.code_points join evaluations.case_codes using (handle) where case_id = $1`,
    [reported.caseId],
  )
  expect(kept).toEqual([{ point: 0 }])
})

test('a code keeps who served when it was made, also after the case was handed to a colleague', async () => {
  const reported = closedCase(scene.clock.now)
  await scene.report(reported)
  const before = await freshToken(scene, reported.caseNumber)
  await scene.report({
    ...reported,
    dataVersion: 2,
    windowId: smallDirectory.windows.a02,
    windowNumber: 'A02',
    staffMemberId: smallDirectory.staff.policeA,
    staffNumber: 'GA001',
    staffName: '方亦宁',
  })
  const after = await freshToken(scene, reported.caseNumber)
  const servedBy = async (token: string) => {
    const { windowNumber, staffNumber, staffName } = (await openForm(scene, token)).subject
    return [windowNumber, staffNumber, staffName]
  }
  expect(await servedBy(before)).toEqual(['A01', 'SB001', '林晓禾'])
  expect(await servedBy(after)).toEqual(['A02', 'GA001', '方亦宁'])

  await submit(scene, { token: before })
  const [rating] = await scene.rows(
    `select window_id, staff_member_id from evaluations.evaluations where case_id = $1`,
    [reported.caseId],
  )
  expect(rating).toEqual({
    window_id: smallDirectory.windows.a01,
    staff_member_id: smallDirectory.staff.socialSecurityA,
  })
})

/** Fills an SVG of `M m v h z` paths by the even-odd rule, as a browser would. */
function rasterised(svg: string, scale: number): { pixels: Uint8ClampedArray; side: number } {
  const units = Number(/viewBox="0 0 (\d+)/.exec(svg)![1])
  const [outline] = svg.match(/(?<=evenodd" d=")[^"]+/)!
  const edges: { x: number; top: number; bottom: number }[] = []
  let [x, y] = [0, 0]
  for (const [, command, numbers] of outline.matchAll(/([Mmvh])([^Mmvh]*)/g)) {
    const [first = 0, second = 0] = numbers!.match(/-?\d+/g)!.map(Number)
    if (command === 'M') [x, y] = [first, second]
    if (command === 'm') [x, y] = [x + first, y + second]
    if (command === 'h') x += first
    if (command === 'v') {
      edges.push({ x, top: Math.min(y, y + first), bottom: Math.max(y, y + first) })
      y += first
    }
  }
  const side = units * scale
  const pixels = new Uint8ClampedArray(side * side * 4).fill(255)
  for (let row = 0; row < side; row++) {
    for (let column = 0; column < side; column++) {
      const [ux, uy] = [Math.floor(column / scale), Math.floor(row / scale)]
      const crossed = edges.filter(edge => edge.x <= ux && edge.top <= uy && uy < edge.bottom).length
      if (crossed % 2 === 1) pixels.set([0, 0, 0, 255], (row * side + column) * 4)
    }
  }
  return { pixels, side }
}
