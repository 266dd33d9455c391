import pg from 'pg'
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest'
import { countWaitingSilence } from '../../subgraphs/evaluations/actions/make-default-evaluations.ts'
import { silenceRules } from '../../subgraphs/evaluations/domain/silence-limit.ts'
import { calendarOf } from '../../subgraphs/shared/clock/calendar.ts'
import { calendarDaysFromChineseDays } from '../../subgraphs/shared/clock/calendar-from-chinese-days.ts'
import { daysOfArrangement } from '../../subgraphs/shared/clock/calendar-year.ts'
import { formatShanghaiTime } from '../../subgraphs/shared/clock/shanghai-time.ts'
import { sanmenxia } from '../../subgraphs/shared/policy/presets.ts'
import { waitFor } from '../kit/wait-for.ts'
import { type DefaultsScene, openDefaultsScene, shanghai } from './default-evaluations-scene.ts'

let scene: DefaultsScene
beforeAll(async () => {
  scene = await openDefaultsScene()
})
afterAll(() => scene.stop())
/** Nothing of one test stays due for the next. */
afterEach(async () => {
  await scene.rows('delete from evaluations.default_dues')
  scene.clock.now = shanghai('2026-03-02 10:00:00')
})

type Made = { level: number; due_at: Date; made_at: Date; base_at: Date }
const madeFor = async ({ caseId }: { caseId: string }) => {
  const rows = await scene.rows<Made>(
    'select level, due_at, made_at, base_at from evaluations.default_evaluations where case_id = $1',
    [caseId],
  )
  return rows.map(({ level, due_at, made_at }) => [level, formatShanghaiTime(due_at), formatShanghaiTime(made_at)])
}
const dueFor = async ({ caseId }: { caseId: string }) => {
  const rows = await scene.rows<{ due_at: Date | null }>(
    'select due_at from evaluations.default_dues where case_id = $1',
    [caseId],
  )
  return rows.map(({ due_at }) => due_at && formatShanghaiTime(due_at))
}

test('a silent case gets one default, level 3, at the end of its seventh day and not a second before', async () => {
  const silent = await scene.report(scene.caseClosed('2026-03-02 10:00:00'))
  expect(await dueFor(silent)).toEqual(['2026-03-10 00:00:00'])
  scene.clock.now = shanghai('2026-03-09 23:59:59')
  expect(await scene.sweep()).toBe(0)
  scene.clock.now = shanghai('2026-03-10 00:00:00')
  expect(await scene.sweep()).toBe(1)
  expect(await scene.sweep()).toBe(0)
  expect(await madeFor(silent)).toEqual([[3, '2026-03-10 00:00:00', '2026-03-10 00:00:00']])
})

test('a sweep that was dead for three days makes up for all of them once, with the due dates they had', async () => {
  const days = ['2026-03-02', '2026-03-03', '2026-03-04']
  const silent = await Promise.all(days.map(day => scene.report(scene.caseClosed(`${day} 10:00:00`))))
  scene.clock.now = shanghai('2026-03-13 03:00:00')
  expect(await scene.sweep()).toBe(3)
  expect(await scene.sweep()).toBe(0)
  const made = await Promise.all(silent.map(madeFor))
  expect(made.flat()).toEqual(
    ['2026-03-10', '2026-03-11', '2026-03-12'].map(day => [3, `${day} 00:00:00`, '2026-03-13 03:00:00']),
  )
})

test('six sweeps at once, in chunks smaller than what is due, make one default each', async () => {
  const cases = Array.from({ length: 120 }, () => scene.caseClosed('2026-03-02 10:00:00'))
  for (const each of cases) await scene.report(each)
  scene.clock.now = shanghai('2026-03-10 00:00:01')
  const made = await Promise.all(Array.from({ length: 6 }, () => scene.sweep(7)))
  const rest = await scene.sweep()
  expect(made.reduce((sum, each) => sum + each, rest)).toBe(120)
  const [counts] = await scene.rows<{ rows: number; services: number }>(
    `select count(*)::int as rows, count(distinct case_id)::int as services from evaluations.default_evaluations
     where case_id = any ($1::uuid[])`,
    [cases.map(({ caseId }) => caseId)],
  )
  expect(counts).toEqual({ rows: 120, services: 120 })
})

test('whoever rated in time has no default', async () => {
  const rated = await scene.report(scene.caseClosed('2026-03-02 10:00:00'))
  expect(await scene.rate(rated, { level: 2 })).toBe('KEPT')
  scene.clock.now = shanghai('2026-03-11 00:00:00')
  expect(await scene.sweep()).toBe(0)
  expect(await madeFor(rated)).toEqual([])
  expect(await dueFor(rated)).toEqual([])
})

test('a real rating that comes after the default is kept and counts; the default stays as it was', async () => {
  const silent = await scene.report(scene.caseClosed('2026-03-02 10:00:00'))
  scene.clock.now = shanghai('2026-03-10 09:00:00')
  await scene.sweep()
  const before = await madeFor(silent)
  expect(await scene.rate(silent, { level: 1 })).toBe('KEPT')
  expect(await madeFor(silent)).toEqual(before)
  const keys = await scene.rows('select from evaluations.evaluation_keys where subject_id = $1', [silent.caseId])
  expect(keys).toHaveLength(1)
})

test('ratings and sweeps that race lose no rating and make no second default', async () => {
  const cases = Array.from({ length: 80 }, () => scene.caseClosed('2026-03-02 10:00:00'))
  for (const each of cases) await scene.report(each)
  scene.clock.now = shanghai('2026-03-10 00:00:00')
  const rated = cases.filter((_, index) => index % 2 === 0)
  const [outcomes] = await Promise.all([
    Promise.all(rated.map(each => scene.rate(each, { level: 4 }))),
    scene.sweep(5),
    scene.sweep(5),
  ])
  await scene.sweep()
  expect(new Set(outcomes)).toEqual(new Set(['KEPT']))
  const levels = await scene.rows<{ level: number }>(
    'select level from evaluations.evaluations where case_id = any ($1::uuid[])',
    [cases.map(({ caseId }) => caseId)],
  )
  expect(levels.map(({ level }) => level)).toEqual(rated.map(() => 4))
  const silent = cases.filter((_, index) => index % 2 === 1)
  for (const each of silent) expect(await madeFor(each)).toHaveLength(1)
  for (const each of rated) expect((await madeFor(each)).length).toBeLessThanOrEqual(1)
})

test('a sweep does not wait for a row that another one holds', async () => {
  const [held, free] = [scene.caseClosed('2026-03-02 10:00:00'), scene.caseClosed('2026-03-02 10:00:00')]
  await scene.report(held)
  await scene.report(free)
  scene.clock.now = shanghai('2026-03-10 00:00:00')
  const other = new pg.Client({ connectionString: scene.server.applicationUrl })
  await other.connect()
  try {
    await other.query('begin')
    await other.query('select from evaluations.default_dues where case_id = $1 for update', [held.caseId])
    expect(await scene.sweep()).toBe(1)
    expect([await madeFor(held), (await madeFor(free)).length]).toEqual([[], 1])
    await other.query('rollback')
  } finally {
    await other.end()
  }
  await waitFor(async () => (await scene.sweep()) === 1, 'the default of the row that was held')
})

test('a case that is corrected moves its default, one that is voided or opened again has none', async () => {
  const moved = await scene.report(scene.caseClosed('2026-03-02 10:00:00'))
  const closedAt = shanghai('2026-03-05 10:00:00').toISOString()
  await scene.report({ ...moved, dataVersion: 2, closedAt })
  expect(await dueFor(moved)).toEqual(['2026-03-13 00:00:00'])
  const voided = await scene.report(scene.caseClosed('2026-03-02 10:00:00'))
  await scene.report({ ...voided, dataVersion: 2, isValid: false })
  const reopened = await scene.report(scene.caseClosed('2026-03-02 10:00:00'))
  await scene.report({ ...reopened, dataVersion: 2, state: 'ACCEPTED', closedAt: null })
  expect([await dueFor(voided), await dueFor(reopened)]).toEqual([[], []])
})

test('reported again after its default, or after its rating, a case gets no other one', async () => {
  const silent = await scene.report(scene.caseClosed('2026-03-02 10:00:00'))
  const rated = await scene.report(scene.caseClosed('2026-03-02 10:00:00'))
  await scene.rate(rated)
  scene.clock.now = shanghai('2026-03-10 00:00:00')
  await scene.sweep()
  for (const each of [silent, rated]) await scene.report({ ...each, dataVersion: 2 })
  expect([await dueFor(silent), await dueFor(rated)]).toEqual([[], []])
  expect(await scene.sweep()).toBe(0)
})

test('of a case that is still open when its days are over the default comes with its closing', async () => {
  const facts = { policyId: 'xuchang', acceptedAt: shanghai('2026-03-02 10:00:00').toISOString() }
  const open = scene.caseClosed('2026-03-20 15:00:07', facts)
  await scene.report({ ...open, state: 'ACCEPTED', closedAt: null })
  scene.clock.now = shanghai('2026-03-20 15:00:00')
  expect(await scene.sweep()).toBe(0)
  await scene.report({ ...open, dataVersion: 2 })
  scene.clock.now = shanghai('2026-03-20 15:00:08')
  expect(await scene.sweep()).toBe(1)
  expect(await madeFor(open)).toEqual([[3, '2026-03-20 15:00:07', '2026-03-20 15:00:08']])
})

test('no default in a place without one, and none for a probe', async () => {
  const henan = await scene.report(scene.caseClosed('2026-03-02 10:00:00', { policyId: 'henan' }))
  const probe = await scene.report(scene.caseClosed('2026-03-02 10:00:00', { isProbe: true }))
  expect([await dueFor(henan), await dueFor(probe)]).toEqual([[], []])
})

test('a count that waits for next year is made once its arrangement is entered, and a later correction rewrites none', async () => {
  const inWorkingDays = {
    ...sanmenxia,
    silence: { ...sanmenxia.silence, value: { ...sanmenxia.silence.value, unit: 'WORKING_DAYS' as const } },
  }
  let calendar = calendarOf(calendarDaysFromChineseDays([2026]))
  const rules = silenceRules([inWorkingDays], () => calendar)
  const newYear = { day: '2027-01-01', isWorkday: false, name: { zh: '元旦', en: 'New Year' } }
  const with2027 = (...more: string[]) =>
    calendarOf([
      ...calendarDaysFromChineseDays([2026]),
      ...daysOfArrangement(2027, [newYear, ...more.map(day => ({ ...newYear, day }))]),
    ])
  const silent = await scene.report(scene.caseClosed('2026-12-30 10:00:00'), rules)
  expect(await dueFor(silent)).toEqual([null])
  scene.clock.now = shanghai('2027-02-01 00:00:00')
  expect(await scene.sweep()).toBe(0)
  expect(await countWaitingSilence(scene.database, rules)).toBe(0)

  calendar = with2027()
  expect(await countWaitingSilence(scene.database, rules)).toBe(1)
  expect(await dueFor(silent)).toEqual(['2027-01-12 00:00:00'])
  calendar = with2027('2027-01-04', '2027-01-05')
  await scene.report({ ...silent, dataVersion: 2 }, rules)
  expect(await dueFor(silent)).toEqual(['2027-01-12 00:00:00'])
  expect(await scene.sweep()).toBe(1)
})

test('the application may neither alter nor delete a default', async () => {
  const silent = await scene.report(scene.caseClosed('2026-03-02 10:00:00'))
  scene.clock.now = shanghai('2026-03-10 00:00:00')
  await scene.sweep()
  for (const sql of [
    'update evaluations.default_evaluations set level = 5',
    'delete from evaluations.default_evaluations',
  ]) {
    await expect(scene.rows(`${sql} where case_id = $1`, [silent.caseId])).rejects.toThrow('permission denied')
  }
})
