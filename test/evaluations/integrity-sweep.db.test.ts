import { afterEach, beforeEach, expect, test } from 'vitest'
import { findIntegritySignals } from '../../subgraphs/evaluations/actions/sweep-integrity.ts'
import { callBackMismatchType } from '../../subgraphs/shared/events/call-back-mismatch.ts'
import { placementOf } from '../../subgraphs/shared/placement-columns.ts'
import { newId } from '../../subgraphs/shared/uuid.ts'
import { regionPaths, smallDirectory } from '../kit/small-directory.ts'
import {
  addRatings,
  type IntegrityScene,
  inCityB,
  openIntegrityScene,
  ratingAt,
  recordFacts,
  series,
} from './integrity-scene.ts'

const { staff, windows, halls, departments } = smallDirectory
const morning = new Date('2026-11-20T01:00:00.000Z')
const at = (seconds: number) => new Date(morning.getTime() + seconds * 1000)

let scene: IntegrityScene
beforeEach(async () => {
  scene = await openIntegrityScene()
})
afterEach(() => scene.stop())

type Found = {
  kind: string
  subject_kind: string
  subject_key: string
  period: string
  evidence_count: number
  facts: object
}

const sweep = () => findIntegritySignals(scene)
const signals = () =>
  scene.rows<Found>(
    `select kind, subject_kind, subject_key, period, evidence_count, facts from evaluations.integrity_signals order by kind, subject_key, period, round`,
  )
const evidence = async () =>
  (
    await scene.rows<{ id: string }>(
      'select evaluation_id as id from evaluations.integrity_signal_evaluations order by 1',
    )
  ).map(({ id }) => id)
const whole = () =>
  scene.rows('select * from evaluations.integrity_signals order by id').then(async all => [all, await evidence()])

test('ten good ratings of one clerk within ten minutes are a burst; what lies around them is no evidence', async () => {
  const burst = series(10, at(3600), 60)
  const others = [ratingAt(at(0)), ratingAt(at(3600 + 1800)), ratingAt(at(3600 + 100), { level: 1 })]
  await addRatings(scene.database, [...burst, ...others])
  expect(await sweep()).toBe(1)
  expect(await signals()).toEqual([
    {
      kind: 'BURST',
      subject_kind: 'STAFF_MEMBER',
      subject_key: staff.socialSecurityA,
      period: '2026-11-20/GOOD',
      evidence_count: 10,
      facts: { peak: 10, usual: 0 },
    },
  ])
  expect(await evidence()).toEqual(burst.map(({ id }) => id).sort())
})

test('nine are none, and ten are none where a busy window always has four', async () => {
  await addRatings(scene.database, series(9, at(0), 30))
  const busy = { ...inCityB }
  for (let slot = 0; slot < 20; slot += 1) {
    await addRatings(scene.database, series(4, new Date(Date.UTC(2026, 10, 10, 1, 10 * slot)), 60, busy))
  }
  await addRatings(scene.database, series(10, at(0), 50, busy))
  await sweep()
  expect(await signals()).toEqual([])
})

test('a window whose clerks take turns has a burst of its own', async () => {
  const turns = series(12, at(0), 30).map((row, index) => ({
    ...row,
    staff_member_id: index % 2 === 0 ? staff.socialSecurityA : staff.policeA,
  }))
  await addRatings(scene.database, turns)
  await sweep()
  expect((await signals()).map(({ kind, subject_kind, subject_key }) => [kind, subject_kind, subject_key])).toEqual([
    ['BURST', 'WINDOW', windows.a01],
  ])
})

test('sweeping twice, and anew from the start, makes the same signals; more ratings update them', async () => {
  await addRatings(scene.database, series(10, at(0), 30))
  await sweep()
  const first = await whole()
  expect(await sweep()).toBe(0)
  await scene.rows('update evaluations.integrity_progress set position = null, looked_back_on = null')
  expect(await sweep()).toBe(0)
  expect(await whole()).toEqual(first)
  await addRatings(scene.database, series(2, at(300), 30))
  expect(await sweep()).toBe(1)
  expect((await signals()).map(({ evidence_count, facts }) => [evidence_count, facts])).toEqual([
    [12, { peak: 12, usual: 0 }],
  ])
  expect(await evidence()).toHaveLength(12)
})

test('several copies at once find each signal once', async () => {
  const twins = await Promise.all([scene.open(), scene.open(), scene.open()])
  try {
    for (let round = 0; round < 4; round += 1) {
      const day = new Date(Date.UTC(2026, 10, 12 + round, 2))
      await addRatings(scene.database, [...series(11, day, 20), ...series(12, day, 20, inCityB)])
      await Promise.all(twins.map(database => findIntegritySignals({ ...scene, database }, { chunk: 7 })))
    }
    // A copy that found another at work left the rest to it, or to its own next sweep.
    await sweep()
  } finally {
    await Promise.all(twins.map(twin => twin.close()))
  }
  const found = await signals()
  expect(found).toHaveLength(8)
  expect(found.map(({ evidence_count }) => evidence_count).sort()).toEqual([11, 11, 11, 11, 12, 12, 12, 12])
  expect(new Set(await evidence()).size).toBe(4 * 23)
})

test('what was decided is no evidence again; what comes after it opens the next round', async () => {
  await addRatings(scene.database, series(10, at(0), 30))
  await sweep()
  await scene.rows(
    `update evaluations.integrity_signals set state = 'DISMISSED', decided_at = now(), decided_by_id = 'x', decided_by_name = 'x', decision_reason = '集中办理'`,
  )
  await scene.rows('update evaluations.integrity_signal_evaluations set is_open = false')
  await addRatings(scene.database, series(9, at(301), 20))
  await sweep()
  expect(await signals()).toHaveLength(1)
  await addRatings(scene.database, series(1, at(500), 20))
  await sweep()
  expect((await signals()).map(({ evidence_count }) => evidence_count)).toEqual([10, 10])
})

test('two ratings within a second at one device, and not a second apart, at two windows, or bad', async () => {
  const atDevice = { channel: 4, identified_by: 'DEVICE' } as const
  const pair = [ratingAt(at(0), atDevice), ratingAt(at(0.4), atDevice)]
  const apart = [ratingAt(at(60), atDevice), ratingAt(at(61), atDevice)]
  const elsewhere = [ratingAt(at(60.2), { ...atDevice, window_id: windows.a02 })]
  const bad = [ratingAt(at(0.6), { ...atDevice, level: 1 })]
  const atHome = [ratingAt(at(0.5), { identified_by: 'SMS_LINK', channel: 7 })]
  await addRatings(scene.database, [...pair, ...apart, ...elsewhere, ...bad, ...atHome])
  await sweep()
  expect((await signals()).map(({ kind, subject_key, facts }) => [kind, subject_key, facts])).toEqual([
    ['SUB_SECOND', windows.a01, { ratings: 2, atDevice: 2 }],
  ])
  expect(await evidence()).toEqual(pair.map(({ id }) => id).sort())
})

test('three good ratings at the closing are a signal; those at three seconds, overdue or long before are not', async () => {
  const closedAt = at(600)
  const close = [ratingAt(at(602.9)), ratingAt(at(595)), ratingAt(at(600))]
  await addRatings(scene.database, close, { closedAt })
  await addRatings(scene.database, [ratingAt(at(603)), ratingAt(at(-1))], { closedAt })
  await addRatings(scene.database, [ratingAt(at(599))], { closedAt, promisedAt: at(0) })
  await addRatings(scene.database, [ratingAt(at(599), { level: 2 })], { closedAt })
  await sweep()
  expect((await signals()).map(({ kind, subject_key, facts }) => [kind, subject_key, facts])).toEqual([
    ['BEFORE_CLOSING', staff.socialSecurityA, { ratings: 3, soonest: -5 }],
  ])
  expect(await evidence()).toEqual(close.map(({ id }) => id).sort())
})

test('one telephone for five applicants in two cities lies in the province, and keeps no number', async () => {
  const hash = scene.crypto.lookupHash('PHONE', '13800000001')
  for (const [index, changes] of [{}, {}, inCityB, inCityB].entries()) {
    const row = ratingAt(at(index * 3600), { ...changes, contact_phone_hash: hash })
    await addRatings(scene.database, [row], { lastFour: `hash ${index}` })
  }
  await addRatings(scene.database, [ratingAt(at(-3600), { contact_phone_hash: hash })], { lastFour: 'hash 0' })
  await sweep()
  expect(await signals()).toEqual([])
  await addRatings(scene.database, [ratingAt(at(-7200), { contact_phone_hash: hash })], { lastFour: 'hash 4' })
  await sweep()
  const [signal] = await scene.rows<Record<string, unknown>>('select * from evaluations.integrity_signals')
  expect(signal).toMatchObject({
    kind: 'SAME_CONTACT',
    subject_key: hash,
    facts: { applicants: 5, cases: 6 },
    region_path: regionPaths.province,
    hall_id: null,
  })
  expect(JSON.stringify(signal)).not.toContain('138')
})

test('a signed-in person who rates for five applicants is one contact, too', async () => {
  const citizenId = newId()
  for (let index = 0; index < 5; index += 1) {
    await addRatings(scene.database, [ratingAt(at(index * 3600), { citizen_id: citizenId })], {
      lastFour: `hash ${index}`,
    })
  }
  await sweep()
  expect((await signals()).map(({ kind, subject_key }) => [kind, subject_key])).toEqual([['SAME_CONTACT', citizenId]])
})

const onPhone = (operator: string, contact = '13800000077') => ({
  channel: 6,
  identified_by: 'OPERATOR' as const,
  phone_source: 'HOTLINE' as const,
  operator_id: operator,
  operator_name: `话务员${operator}`,
  operator_contact: contact,
})

test('an operator who leaves his own telephone as the rater’s is found, on any channel', async () => {
  const own = scene.crypto.lookupHash('PHONE', '13800000077')
  const phone = ratingAt(at(0), onPhone('7'))
  const byCode = ratingAt(at(7200), { contact_phone_hash: own })
  await addRatings(scene.database, [phone, byCode, ratingAt(at(9000), { contact_phone_hash: 'other' })])
  await sweep()
  expect((await signals()).map(({ kind, subject_key, facts }) => [kind, subject_key, facts])).toEqual([
    ['SELF_RATING', '7', { ratings: 1, operatorName: '话务员7' }],
  ])
  expect(await evidence()).toEqual([byCode.id])
})

test.each(['by its fact at once', 'without it the next day'])(
  'a call-back that found otherwise is a signal about the operator, %s',
  async how => {
    const [raised, right] = [ratingAt(at(-90_000), onPhone('7')), ratingAt(at(-91_000), onPhone('7'))]
    await addRatings(scene.database, [raised, right])
    await sweep()
    await scene.rows(
      `insert into evaluations.call_backs (evaluation_id, case_id, service_number, city_code, source, operator_id, operator_name, level, rated_at,
       state, result, stated_level, is_mismatch, region_path, department_id)
     select e.id, e.case_id, 1, e.city_code, 'HOTLINE', '7', '话务员7', e.level, e.evaluated_at, 'DONE',
       case when e.id = $1 then 'DIFFERENT' else 'CONFIRMED' end, case when e.id = $1 then 2 end, e.id = $1, e.region_path, e.department_id
     from evaluations.evaluations e`,
      [raised.id],
    )
    expect(await sweep()).toBe(0)
    if (how === 'by its fact at once') {
      const { region_path, department_id, hall_id, window_id, staff_member_id } = raised
      const placement = placementOf({ region_path, department_id, hall_id, window_id, staff_member_id, line_id: null })
      const fact = {
        type: callBackMismatchType,
        feed: null,
        subjectId: raised.id,
        occurredAt: at(0),
        placement,
        payload: {},
      }
      await recordFacts(scene.database, [fact])
      expect(await sweep()).toBe(1)
    } else await findIntegritySignals({ ...scene, now: () => at(86_400) })
    expect((await signals()).map(({ kind, subject_key, facts }) => [kind, subject_key, facts])).toEqual([
      ['CALL_BACK_MISMATCH', '7', { mismatches: 1, denied: 0, raised: 3, operatorName: '话务员7' }],
    ])
    expect(await evidence()).toEqual([raised.id])
  },
)

test('the day’s look back finds identical sets and an operator’s fives', async () => {
  const monday = new Date('2026-11-16T02:00:00.000Z')
  const same = series(10, monday, 900, { items: ['501', '502'] }).map((row, index) =>
    index % 2 === 0 ? row : { ...row, items: ['502', '501'] },
  )
  const different = series(2, new Date(monday.getTime() + 450_000), 900, { items: ['503', '504'] })
  const own = series(40, monday, 1200, onPhone('7'))
  const others = series(80, monday, 900, onPhone('8', '13800000088')).map((row, index) =>
    index % 2 === 0 ? { ...row, level: 3 as const } : row,
  )
  await addRatings(
    scene.database,
    [...same, ...different, ...own, ...others].map(row => ({ ...row, staff_member_id: null })),
  )
  await sweep()
  const found = (await signals()).filter(({ kind }) => kind !== 'BURST')
  expect(found.map(({ kind, subject_key, period }) => [kind, subject_key, period])).toEqual([
    ['IDENTICAL_SETS', windows.a01, '2026-11-16'],
    ['OPERATOR_SHARE', '7', '2026-11/HOTLINE'],
  ])
  expect(found.map(({ facts }) => facts)).toEqual([
    { identical: 10, ratings: 12, percent: 83 },
    { ratings: 40, percent: 100, usualPercent: 50, operatorName: '话务员7' },
  ])
})

test('a channel on which bad ratings vanish raises an alarm that suspects no rating, once a week', async () => {
  const before = series(300, new Date('2026-10-10T02:00:00.000Z'), 9000).map((row, index) =>
    index % 5 === 0 ? { ...row, level: 1 as const } : row,
  )
  const recent = series(60, new Date('2026-11-14T02:00:00.000Z'), 7000)
  await addRatings(scene.database, [...before, ...recent])
  await sweep()
  await findIntegritySignals({ ...scene, now: () => at(86_400) })
  expect(
    (await signals()).map(({ kind, subject_kind, subject_key, period, evidence_count }) => [
      kind,
      subject_kind,
      subject_key,
      period,
      evidence_count,
    ]),
  ).toEqual([
    ['NO_NEGATIVES', 'DEPARTMENT', departments.socialSecurityA, '2026-11-16/QR_CODE', 0],
    ['NO_NEGATIVES', 'HALL', halls.hallA, '2026-11-16/QR_CODE', 0],
  ])
  expect(await evidence()).toEqual([])
  // All its ratings lie at one window; the alarm is about the unit.
  expect(
    await scene.rows(
      'select department_id, hall_id, window_id, staff_member_id from evaluations.integrity_signals order by subject_key',
    ),
  ).toEqual([
    { department_id: departments.socialSecurityA, hall_id: null, window_id: null, staff_member_id: null },
    { department_id: null, hall_id: halls.hallA, window_id: null, staff_member_id: null },
  ])
})

test('probes are no evidence', async () => {
  await addRatings(scene.database, series(20, at(0), 10, { is_probe: true }))
  expect(await sweep()).toBe(0)
})
