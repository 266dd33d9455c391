import fc from 'fast-check'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { readRatingFigures } from '../../subgraphs/evaluations/actions/read-rating-figures.ts'
import { newId } from '../../subgraphs/shared/uuid.ts'
import type { Viewer } from '../../subgraphs/shared/viewer.ts'
import { accountViewer, clientViewer, smallDirectory } from '../kit/small-directory.ts'
import { addRatings, type IntegrityScene, inCityB, openIntegrityScene, ratingAt } from './integrity-scene.ts'

let scene: IntegrityScene
beforeAll(async () => {
  scene = await openIntegrityScene()
})
afterAll(() => scene.stop())

const channelNames = ['', 'PORTAL', 'MOBILE', 'QR_CODE', 'WINDOW_DEVICE', 'TERMINAL', 'PHONE', 'SMS']
type Given = {
  level: 1 | 2 | 3 | 4 | 5
  channel: number
  minute: number
  isAnonymous: boolean
  isInB: boolean
  fate: 'NONE' | 'PROBE' | 'OPEN' | 'CLOSED' | 'INVALID' | 'REVOKED' | 'INVALID_AND_OPEN'
}
const given: fc.Arbitrary<Given> = fc.record({
  level: fc.constantFrom(1, 2, 3, 4, 5),
  channel: fc.integer({ min: 1, max: 7 }),
  minute: fc.integer({ min: -90, max: 1440 * 2 + 90 }),
  isAnonymous: fc.boolean(),
  isInB: fc.boolean(),
  fate: fc.constantFrom('NONE', 'NONE', 'NONE', 'PROBE', 'OPEN', 'CLOSED', 'INVALID', 'REVOKED', 'INVALID_AND_OPEN'),
})

/** So many hundredths of a quotient, a remainder of half or more rounded up; null without a base. */
function hundredths(dividend: number, divisor: number): number | null {
  if (divisor === 0) return null
  const remainder = (dividend * 100) % divisor
  return ((dividend * 100 - remainder) / divisor + (remainder * 2 >= divisor ? 1 : 0)) / 100
}
const percent = (part: number, base: number) => hundredths(part * 100, base)

/** Counts one by one what the hub counts by SQL. */
function recount(all: Given[]) {
  const scores = all.map(({ level }) => level)
  const total = scores.length
  const good = scores.filter(level => level > 2).length
  const withoutBasic = scores.filter(level => level > 3).length
  const points = scores.reduce<number>((sum, level) => sum + level, 0)
  return {
    total,
    negativeCount: scores.filter(level => level < 3).length,
    positivePercent: percent(good, total),
    positivePercentWithoutBasic: percent(withoutBasic, total),
    meanScore: hundredths(points, total),
  }
}
function recountSet(all: Given[]) {
  const own = (channel: number) => all.filter(each => each.channel === channel)
  return {
    ...recount(all),
    levels: [5, 4, 3, 2, 1].map(level => {
      const count = all.filter(each => each.level === level).length
      return { level, count, percent: percent(count, all.length) }
    }),
    channels: [1, 2, 3, 4, 5, 6, 7]
      .filter(channel => own(channel).length > 0)
      .map(channel => ({ channel: channelNames[channel], ...recount(own(channel)) })),
    initiatives: [
      { initiative: 'OWN', ...recount(all.filter(({ channel }) => channel <= 5)) },
      { initiative: 'SMS_INVITED', ...recount(own(7)) },
      { initiative: 'PHONE', ...recount(own(6)) },
    ],
  }
}

let month = 0

/** Keeps the ratings in two days of a month of their own; answers the period. */
async function keep(ratings: Given[]) {
  month += 1
  const start = Date.UTC(2024, month, 10) - 8 * 3_600_000
  const rows = ratings.map(({ level, channel, minute, isAnonymous, isInB, fate }) => {
    const at = new Date(start + minute * 60_000)
    const isProbe = fate === 'PROBE'
    const place = isInB ? inCityB : {}
    // As where they are written: the id of an anonymous rating carries the hour alone.
    const id = newId(isAnonymous ? Math.floor(at.getTime() / 3_600_000) * 3_600_000 : at.getTime())
    return ratingAt(at, { ...place, id, level, channel, is_anonymous: isAnonymous, is_probe: isProbe })
  })
  if (rows.length > 0) await addRatings(scene.database, rows)
  const signal = newId()
  await scene.rows(
    `insert into evaluations.integrity_signals (id, kind, state, subject_kind, subject_key, period, round, period_from, period_until, facts,
       strength, evidence_count, noticed_at, updated_at, region_path)
     values ($1::uuid, 'BURST', 'OPEN', 'WINDOW', $1::uuid::text, 'x', 1, now(), now(), '{}', 50, 1, now(), now(), '/410000/')`,
    [signal],
  )
  for (const [index, { fate }] of ratings.entries()) {
    const { id } = rows[index]!
    if (['OPEN', 'CLOSED', 'INVALID_AND_OPEN'].includes(fate)) {
      await scene.rows(`insert into evaluations.integrity_signal_evaluations values ($1, $2, 'BURST', $3)`, [
        signal,
        id,
        fate !== 'CLOSED',
      ])
    }
    if (['INVALID', 'REVOKED', 'INVALID_AND_OPEN'].includes(fate)) await invalidate(id, fate === 'REVOKED')
  }
  const day = (offset: number) => new Date(Date.UTC(2024, month, 10 + offset)).toISOString().slice(0, 10)
  return { from: day(0), to: day(1) }
}

async function invalidate(id: string, isRevoked: boolean) {
  const first = newId()
  const sql = `insert into evaluations.evaluation_invalidations (id, evaluation_id, city_code, source, source_id, revokes_id, reason, decided_at,
      decided_by_id, decided_by_name, region_path, department_id)
    select $1::uuid, id, city_code, 'VERIFICATION', $2::uuid, $3::uuid, '示例', now(), 'x', 'x', region_path, department_id
    from evaluations.evaluations where id = $4`
  await scene.rows(sql, [first, first, null, id])
  if (isRevoked) await scene.rows(sql, [newId(), first, first, id])
}

const read = (viewer: Viewer, filter: Parameters<typeof readRatingFigures>[0]) =>
  readRatingFigures(filter, { viewer, database: scene.database })

test('raw and cleaned figures equal a recount, whatever was given, suspected, declared invalid and taken back', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(given, { maxLength: 25 }), async ratings => {
      const period = await keep(ratings)
      const counted = ratings.filter(({ fate, minute }) => fate !== 'PROBE' && minute >= 0 && minute < 2880)
      for (const [viewer, own] of [
        [accountViewer('province'), counted],
        [accountViewer('city'), counted.filter(({ isInB }) => !isInB)],
        [accountViewer('cityB'), counted.filter(({ isInB }) => isInB)],
      ] as const) {
        const { raw, cleaned, suspectedCount, invalidCount } = await read(viewer, period)
        expect(raw).toEqual(recountSet([...own]))
        expect(cleaned).toEqual(recountSet(own.filter(({ fate }) => ['NONE', 'CLOSED', 'REVOKED'].includes(fate))))
        expect(suspectedCount).toBe(own.filter(({ fate }) => fate === 'OPEN').length)
        expect(invalidCount).toBe(own.filter(({ fate }) => fate.startsWith('INVALID')).length)
      }
    }),
    { numRuns: 25 },
  )
})

test('a half is rounded up, and nothing is blank but what has no base', async () => {
  const eight: Given[] = [1, 5, 5, 5, 5, 5, 5, 5].map((level, index) => ({
    level: level as 1 | 5,
    channel: 3,
    minute: index,
    isAnonymous: false,
    isInB: false,
    fate: 'NONE',
  }))
  const { raw } = await read(accountViewer('city'), await keep(eight))
  expect([raw.positivePercent, raw.meanScore, raw.levels[4]]).toEqual([
    87.5,
    4.5,
    { level: 1, count: 1, percent: 12.5 },
  ])
  // 1 of 160 is 0.625 %.
  const many: Given[] = Array.from({ length: 160 }, (_, index) => ({
    ...eight[1]!,
    level: index === 0 ? 1 : 5,
    minute: index,
  }))
  const figures = await read(accountViewer('city'), await keep(many))
  expect([figures.raw.levels[4]!.percent, figures.raw.positivePercent]).toEqual([0.63, 99.38])
  const none = await read(accountViewer('cityB'), await keep(many))
  expect(none.raw).toMatchObject({
    total: 0,
    meanScore: null,
    positivePercent: null,
    positivePercentWithoutBasic: null,
  })
})

test('each narrowing holds, inside the scope alone', async () => {
  const { halls, windows, staff, departments } = smallDirectory
  const one = { level: 5, channel: 3, minute: 1, isAnonymous: false, fate: 'NONE' } as const
  const period = await keep([
    { ...one, isInB: false },
    { ...one, isInB: false },
    { ...one, isInB: true },
  ])
  const total = async (viewer: Viewer, place: object) => (await read(viewer, { ...period, ...place })).raw.total
  const province = accountViewer('province')
  expect(await total(province, {})).toBe(3)
  expect(await total(province, { regionCode: '410100' })).toBe(2)
  expect(await total(province, { regionCode: '410000' })).toBe(3)
  expect(await total(province, { hallId: halls.hallB })).toBe(1)
  expect(await total(province, { windowId: windows.a01 })).toBe(2)
  expect(await total(province, { staffMemberId: staff.socialSecurityB })).toBe(1)
  expect(await total(province, { departmentId: departments.socialSecurityA, hallId: halls.hallB })).toBe(0)
  expect(await total(accountViewer('cityB'), { regionCode: '410100' })).toBe(0)
  expect(await total(accountViewer('window'), {})).toBe(2)
})

test('defaults stand apart, only those that nobody replaced, and the rated unit is not told', async () => {
  const period = { from: '2023-05-01', to: '2023-05-31' }
  const limit = newId()
  await scene.rows(
    `insert into evaluations.default_limits values ($1, 'henan', 1, 'CLOSING', '2023-05-01', 3, '2023-05-08', '[]')`,
    [limit],
  )
  for (const madeAt of ['2023-05-09T00:00:00Z', '2023-05-31T15:59:59Z', '2023-05-31T16:00:00Z']) {
    await scene.rows(
      `insert into evaluations.default_evaluations (case_id, service_number, city_code, level, base_at, due_at, made_at, limit_id, region_path, department_id)
       values (gen_random_uuid(), 1, '410100', 3, $1, $1, $1, $2, '/410000/410100/', $3)`,
      [madeAt, limit, smallDirectory.departments.socialSecurityA],
    )
  }
  await scene.rows(
    `insert into evaluations.evaluation_keys select city_code, case_id, 1, 1, gen_random_uuid(), 'x', 'x' from evaluations.default_evaluations
     where made_at = '2023-05-09T00:00:00Z'`,
  )
  expect((await read(accountViewer('city'), period)).defaultCount).toBe(1)
  expect((await read(accountViewer('city'), period)).raw.total).toBe(0)
  expect((await read(accountViewer('cityB'), period)).defaultCount).toBe(0)
  for (const name of ['supervisor', 'handler', 'window'] as const) {
    expect((await read(accountViewer(name), period)).defaultCount).toBeNull()
  }
})

test('whoever is no staff, and a senseless filter, are refused', async () => {
  const period = { from: '2026-11-01', to: '2026-11-20' }
  const code = (viewer: Viewer, filter: object) =>
    read(viewer, { ...period, ...filter }).then(
      () => null,
      error => error.extensions.code,
    )
  expect(await code(clientViewer('windowSystem'), {})).toBe('NOT_PERMITTED')
  const city = accountViewer('city')
  for (const wrong of [
    { from: '2026-11-21' },
    { from: '2026-02-30' },
    { from: 'x' },
    { from: '2025-11-19' },
    { hallId: 'x' },
    { regionCode: "41'" },
  ]) {
    expect([wrong, await code(city, wrong)]).toEqual([wrong, 'INVALID_INPUT'])
  }
  expect(await code(city, { from: '2025-11-20' })).toBeNull()
})
