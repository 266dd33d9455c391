import { afterAll, beforeAll, expect, test } from 'vitest'
import { keepCalendar } from '../../subgraphs/shared/clock/kept-calendar.ts'
import { henan } from '../../subgraphs/shared/policy/presets.ts'
import { anonymousViewer, systemViewer } from '../../subgraphs/shared/viewer.ts'
import { type CasesScene, openCasesScene } from '../kit/cases-subgraph.ts'
import { accountViewer } from '../kit/small-directory.ts'
import { waitFor } from '../kit/wait-for.ts'

let scene: CasesScene
beforeAll(async () => {
  scene = await openCasesScene()
})
afterAll(() => scene.stop())

type Year = {
  year: number
  isMissing: boolean
  isComplete: boolean
  source: string | null
  version: number | null
  holidayCount: number
}
const years = async () => {
  const query = `{ calendarYears { year isMissing isComplete source version holidayCount makeUpDayCount days { day isWorkday name nameEnglish } } }`
  return (await scene.ask<{ calendarYears: Year[] }>(anonymousViewer, query)).calendarYears
}
const yearOf = async (year: number) => (await years()).find(each => each.year === year)

const save = async (input: object, viewer = accountViewer('province')) => {
  const mutation = `mutation ($input: SaveCalendarYearInput!) { saveCalendarYear(input: $input) { __typename
    ... on SaveCalendarYearSuccess { calendarYear { year version source isMissing isComplete holidayCount makeUpDayCount days { day isWorkday name nameEnglish } } }
    ... on UserError { code } ... on InvalidInput { problems { path code } } } }`
  return (await scene.ask<{ saveCalendarYear: object }>(viewer, mutation, { input })).saveCalendarYear
}
const holiday = (day: string, name = '国庆节') => ({ day, isWorkday: false, name })
/** As far as dates that never move go; what the State Council will publish is not known here. */
const days = ['01-01', '05-01', '10-01', '10-02', '10-03'].map(day => holiday(`2027-${day}`))
const input = {
  year: 2027,
  source: '测试用放假安排',
  days: [...days, { day: '2027-01-09', isWorkday: true, name: '元旦调休上班', nameEnglish: 'make-up day' }],
}

test('the table is seeded with every year that ships, and anyone may read it', async () => {
  expect(await yearOf(2020)).toMatchObject({ isComplete: true, isMissing: false, source: 'chinese-days', version: 1 })
  expect(JSON.stringify(await yearOf(2020))).toContain('{"day":"2020-05-09","isWorkday":true,"name":"劳动节调休上班"')
  expect((await years()).filter(({ isComplete }) => isComplete).length).toBeGreaterThan(15)
})

test('next year is missing from 1 December on, when its arrangement should have been published', async () => {
  expect(await yearOf(2027)).toMatchObject({ isComplete: false, isMissing: false, source: null, version: null })
  scene.clock.now = new Date('2026-11-30T15:59:59Z')
  expect((await yearOf(2027))!.isMissing).toBe(false)
  scene.clock.now = new Date('2026-11-30T16:00:00Z')
  expect((await yearOf(2027))!.isMissing).toBe(true)
})

test('nobody but the provincial bureau enters a year', async () => {
  for (const viewer of [accountViewer('city'), accountViewer('supervisor'), anonymousViewer]) {
    expect(await save(input, viewer)).toMatchObject({ __typename: 'NotPermitted', code: 'NOT_PERMITTED' })
  }
})

test('every fault of an arrangement is named, and nothing of it is kept', async () => {
  const faulty = [
    ...days.slice(1),
    holiday('2027-05-01'),
    holiday('2026-12-31'),
    holiday('2027-02-30'),
    holiday('2027-06-09', '  '),
  ]
  expect(await save({ year: 2027, source: ' ', days: faulty })).toEqual({
    __typename: 'InvalidInput',
    code: 'INVALID_INPUT',
    problems: [
      { path: 'source', code: 'SOURCE_MISSING' },
      { path: 'days.4.day', code: 'DAY_TWICE' },
      { path: 'days.5.day', code: 'DAY_OF_ANOTHER_YEAR' },
      { path: 'days.6.day', code: 'DATE_NOT_REAL' },
      { path: 'days.7.name', code: 'NAME_MISSING' },
      { path: 'days', code: 'HOLIDAY_MISSING' },
    ],
  })
  expect(await save({ ...input, year: 1991 })).toMatchObject({ __typename: 'InvalidInput' })
  const full = Array.from({ length: 101 }, () => holiday('2027-05-01'))
  expect(JSON.stringify(await save({ ...input, days: full }))).toContain('TOO_MANY_DAYS')
  expect(await yearOf(2027)).toMatchObject({ isComplete: false })
})

test('a year that is entered reaches the other subgraphs, and a corrected one is a new version beside the old', async () => {
  const calendar = await keepCalendar({
    cases: () => scene.subgraph,
    bus: scene.bus,
    log: line => scene.logged.push(line),
  })
  try {
    const before = calendar.current()
    expect([before('2027-01-04'), before('2026-10-01')?.kind]).toEqual([undefined, 'HOLIDAY'])
    expect(await save(input)).toMatchObject({
      __typename: 'SaveCalendarYearSuccess',
      calendarYear: { year: 2027, version: 1, isMissing: false, isComplete: true, holidayCount: 5, makeUpDayCount: 1 },
    })
    await waitFor(async () => calendar.current()('2027-01-09')?.kind === 'WORKDAY', 'the calendar of 2027')
    expect(calendar.current()('2027-01-02')).toEqual({
      day: '2027-01-02',
      kind: 'HOLIDAY',
      name: { zh: '周六', en: 'Saturday' },
    })

    expect(await save({ ...input, days })).toMatchObject({ calendarYear: { version: 2, makeUpDayCount: 0 } })
    await waitFor(async () => calendar.current()('2027-01-09')?.kind === 'HOLIDAY', 'the corrected calendar')
    const kept = await scene.database.inScope({ reach: 'EVERYTHING', name: 'seed' }, tx =>
      tx.query('select version, saved_by_name from cases.calendar_years where year = 2027 order by version'),
    )
    expect(kept).toMatchObject([{ version: 1 }, { version: 2 }])
  } finally {
    await calendar.stop()
  }
})

test('the whole calendar goes to the hub’s own subgraphs alone', async () => {
  expect(await scene.refusedWith(accountViewer('province'), '{ workCalendar }')).toEqual(['NOT_PERMITTED'])
  const { workCalendar } = await scene.ask<{ workCalendar: string }>(systemViewer('consumer'), '{ workCalendar }')
  expect(JSON.parse(workCalendar).at(-1).year).toBe(2027)
})

test('the policies of all places are public, each rule in words and with its source', async () => {
  const query = `{ policies { id name version isInForce inForceFrom rules { key label labelEnglish value valueEnglish source } } }`
  type Rule = { key: string; value: string; source: string }
  const { policies } = await scene.ask<{ policies: { id: string; isInForce: boolean; rules: Rule[] }[] }>(
    anonymousViewer,
    query,
  )
  const said = Object.fromEntries(
    policies.map(({ id, rules }) => [id, Object.fromEntries(rules.map(({ key, value }) => [key, value]))]),
  )
  const sourced = Object.entries(henan).flatMap(([key, part]) =>
    typeof part === 'object' && 'source' in part ? [key] : [],
  )
  sourced.sort()
  expect(Object.keys(said)).toEqual(['henan', 'sanmenxia', 'xuchang', 'shanghai'])
  expect(said.henan!.silence).toBe('不设默认评价')
  expect(said.sanmenxia!.silence).toBe('接受服务后7个自然日内未评价的，默认为基本满意')
  expect(said.xuchang!.silence).toBe('办件生成后7个自然日内未评价的，默认为基本满意')
  expect(said.shanghai!.rectificationLimit).toBe('15个工作日')
  expect(said.sanmenxia!.verificationLimit).toBe('24小时')
  for (const { isInForce, rules } of policies) {
    expect(isInForce).toBe(true)
    expect(rules.map(({ key }) => key).sort()).toEqual(sourced)
    for (const rule of rules) expect(Object.values(rule).every(text => text.trim().length > 1)).toBe(true)
  }
})
