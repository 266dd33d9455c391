import { execFileSync } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import { expect, test } from 'vitest'

const probe = fileURLToPath(new URL('./time-zone-probe.ts', import.meta.url))

function computedUnder(zone: string): unknown {
  return JSON.parse(execFileSync(process.execPath, [probe], { env: { ...process.env, TZ: zone }, encoding: 'utf8' }))
}

test('times, calendar and deadlines do not depend on the zone of the machine', () => {
  const expected = {
    offsetOfTheMachine: expect.any(Number),
    parsed: '2020-04-30T15:59:59.000Z',
    formatted: '2020-04-30 23:59:59',
    fiveWorkingDays: '2020-05-11T16:00:00.000Z',
    holidays: ['2020-05-01', '2020-05-02', '2020-05-03', '2020-05-04', '2020-05-05'],
    makeUpSaturday: 'WORKDAY',
  }
  const [utc, newYork, shanghai] = ['UTC', 'America/New_York', 'Asia/Shanghai'].map(computedUnder)
  expect(utc).toEqual({ ...expected, offsetOfTheMachine: 0 })
  expect(newYork).toEqual({ ...expected, offsetOfTheMachine: 240 })
  expect(shanghai).toEqual({ ...expected, offsetOfTheMachine: -480 })
})
