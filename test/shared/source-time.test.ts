import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { shanghaiDay, startOfShanghaiDay } from '../../subgraphs/shared/clock/shanghai-day.ts'
import { formatShanghaiTime, parseSourceTime, sourceTimeFaults } from '../../subgraphs/shared/clock/shanghai-time.ts'

const instant = (iso: string) => ({ ok: true, at: new Date(iso) })
const fault = (name: string) => ({ ok: false, fault: name })

describe('a source time', () => {
  test.each([
    ['2020-05-21 08:48:14', '2020-05-21T00:48:14.000Z'],
    ['2020-05-2108:48:14', '2020-05-21T00:48:14.000Z'],
    ['2020-05-21T08:48:14', '2020-05-21T00:48:14.000Z'],
    ['20200521T084814', '2020-05-21T00:48:14.000Z'],
    ['2020/05/21 08:48', '2020-05-21T00:48:00.000Z'],
    ['2020/05/21 08:48:14', '2020-05-21T00:48:14.000Z'],
    ['2020/5/21 8:48', '2020-05-21T00:48:00.000Z'],
    ['2020-05-21 08:48:14.0', '2020-05-21T00:48:14.000Z'],
    ['2020-05-21 08:48:14.250', '2020-05-21T00:48:14.250Z'],
    ['  2020-05-21 08:48:14\t', '2020-05-21T00:48:14.000Z'],
    ['2020-02-29 23:59:59', '2020-02-29T15:59:59.000Z'],
  ])('%j without a zone is Shanghai time', (text, iso) => {
    expect(parseSourceTime(text)).toEqual(instant(iso))
  })

  test.each([
    ['2020-05-21T08:48:14Z', '2020-05-21T08:48:14.000Z'],
    ['2020-05-21T08:48:14.123Z', '2020-05-21T08:48:14.123Z'],
    ['2020-05-21T08:48:14+08:00', '2020-05-21T00:48:14.000Z'],
    ['2020-05-21T08:48:14+0800', '2020-05-21T00:48:14.000Z'],
    ['2020-05-21T08:48:14-05:00', '2020-05-21T13:48:14.000Z'],
    ['20200521T084814Z', '2020-05-21T08:48:14.000Z'],
  ])('%j keeps the zone that it gives', (text, iso) => {
    expect(parseSourceTime(text)).toEqual(instant(iso))
  })

  test.each([
    ['2020-05-21 08:48:74', 'CLOCK_NOT_REAL'],
    ['2020-05-21 08:60:00', 'CLOCK_NOT_REAL'],
    ['2020-05-21 24:00:00', 'CLOCK_NOT_REAL'],
    ['2020-02-31 08:48:14', 'DATE_NOT_REAL'],
    ['2019-02-29 08:48:14', 'DATE_NOT_REAL'],
    ['2020-13-01 08:48:14', 'DATE_NOT_REAL'],
    ['2020-00-10 08:48:14', 'DATE_NOT_REAL'],
    ['0000-00-00 00:00:00', 'DATE_NOT_REAL'],
    ['1988-07-01 08:00:00', 'YEAR_OUT_OF_RANGE'],
    ['9999-12-31 23:59:59', 'YEAR_OUT_OF_RANGE'],
    ['2020-05-21T08:48:14+15:00', 'ZONE_NOT_REAL'],
    ['2020-05-21T08:48:14+08:75', 'ZONE_NOT_REAL'],
    ['2020-05-21', 'TIME_WITHOUT_CLOCK'],
    ['20200521', 'TIME_WITHOUT_CLOCK'],
    ['', 'TIME_EMPTY'],
    ['   ', 'TIME_EMPTY'],
    ['21.05.2020 08:48', 'TIME_SHAPE_UNKNOWN'],
    ['2020-05-21 08:48:14 PM', 'TIME_SHAPE_UNKNOWN'],
    ['1590022094', 'TIME_SHAPE_UNKNOWN'],
    ['2020-05-21  08:48:14', 'TIME_SHAPE_UNKNOWN'],
  ])('%j is refused as %s', (text, name) => {
    expect(parseSourceTime(text)).toEqual(fault(name))
  })

  test('every fault says in Chinese and English what is wrong', () => {
    for (const { zh, en } of Object.values(sourceTimeFaults)) {
      expect(zh).toMatch(/\p{Script=Han}/u)
      expect(en).toMatch(/^[\x20-\x7e]+$|–/)
    }
  })

  test('what is formatted reads back to the same second', () => {
    const seconds = fc.integer({ min: Date.UTC(1992, 0, 2) / 1000, max: Date.UTC(2099, 11, 30) / 1000 })
    fc.assert(
      fc.property(seconds, second => {
        const at = new Date(second * 1000)
        const text = formatShanghaiTime(at)
        expect(parseSourceTime(text)).toEqual({ ok: true, at })
        expect(parseSourceTime(text.replace(' ', ''))).toEqual({ ok: true, at })
        expect(parseSourceTime(at.toISOString())).toEqual({ ok: true, at })
      }),
    )
  })

  test('any text is answered, never thrown at', () => {
    fc.assert(fc.property(fc.string({ unit: 'binary' }), text => typeof parseSourceTime(text).ok === 'boolean'))
  })
})

describe('a Shanghai day', () => {
  test('changes at 16:00 UTC', () => {
    expect(shanghaiDay(new Date('2026-02-13T15:59:59.999Z'))).toBe('2026-02-13')
    expect(shanghaiDay(new Date('2026-02-13T16:00:00.000Z'))).toBe('2026-02-14')
    expect(startOfShanghaiDay('2026-02-14')).toEqual(new Date('2026-02-13T16:00:00.000Z'))
  })
})
