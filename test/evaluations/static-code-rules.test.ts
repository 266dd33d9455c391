import { randomBytes } from 'node:crypto'
import { describe, expect, test } from 'vitest'
import { linkScore } from '../../subgraphs/evaluations/domain/link-score.ts'
import { nameOfPlace } from '../../subgraphs/evaluations/domain/static-code.ts'
import { printedIdOf, readPrintedId } from '../../subgraphs/evaluations/domain/static-code-id.ts'
import { readingScope } from '../../subgraphs/evaluations/domain/static-code-permission.ts'
import { scanDrop } from '../../subgraphs/evaluations/domain/static-code-scans.ts'
import { calendarOf, isWorkday } from '../../subgraphs/shared/clock/calendar.ts'
import {
  calendarDaysFromChineseDays,
  yearsInChineseDays,
} from '../../subgraphs/shared/clock/calendar-from-chinese-days.ts'
import { addDays } from '../../subgraphs/shared/clock/shanghai-day.ts'
import { accountViewer, clientViewer, regionPaths, smallDirectory } from '../kit/small-directory.ts'

describe('the printed id', () => {
  const alphabet = '0123456789ABCDEFGHJKMNPQRSTVWXYZ'
  const ids = Array.from({ length: 200 }, () => printedIdOf(regionPaths.countyA, randomBytes(8)))

  test('names the province, has no look-alikes, and is read as it was made', () => {
    for (const id of ids) {
      expect(id).toMatch(/^41-[0-9A-HJKMNP-TV-Z]{4}-[0-9A-HJKMNP-TV-Z]{4}$/)
      expect(readPrintedId(id)).toBe(id)
    }
    expect(printedIdOf('/410000/', Uint8Array.of(0, 1, 2, 31, 32, 33, 255))).toMatch(/^41-012Z-01Z.$/)
  })

  test('is read however it is typed', () => {
    const id = ids.find(each => /[01]/.test(each.slice(3)))!
    const typed = ` ${id.toLowerCase().replaceAll('-', ' ').replaceAll('0', 'o').replaceAll('1', 'l')} `
    expect(readPrintedId(typed)).toBe(id)
    expect(readPrintedId(id.replaceAll('-', '—'))).toBe(id)
    expect(readPrintedId(id.replaceAll(/[0-9A-Z]/g, c => String.fromCharCode(c.charCodeAt(0) + 0xfee0)))).toBe(id)
  })

  test('any one wrong character and any two swapped neighbours are found', () => {
    for (const id of ids.slice(0, 20)) {
      const plain = id.replaceAll('-', '')
      for (let at = 0; at < plain.length; at++) {
        for (const wrong of at < 2 ? '0123456789' : alphabet) {
          if (wrong !== plain[at]) expect(readPrintedId(plain.slice(0, at) + wrong + plain.slice(at + 1))).toBe(null)
        }
        const swapped = plain.slice(0, at) + (plain[at + 1] ?? '') + plain[at] + plain.slice(at + 2)
        if (swapped !== plain && swapped.length === plain.length)
          expect([swapped, readPrintedId(swapped)]).toEqual([swapped, null])
      }
    }
  })

  test('what cannot be one is none', () => {
    for (const text of ['', '41', '41-7K2M-9QX', 'XX-7K2M-9QX4', '41-7K2M-9QX44', '四一-7K2M-9QX4', '%']) {
      expect(readPrintedId(text)).toBe(null)
    }
    for (const path of ['/', '/X10000/', '']) expect(() => printedIdOf(path, randomBytes(8))).toThrow(RangeError)
    expect(() => printedIdOf('/410000/', randomBytes(6))).toThrow(RangeError)
  })
})

test('a place is called what stands above its code', () => {
  const named = {
    regionName: '示例省',
    departmentName: '省局',
    hallName: '甲厅',
    windowNumber: 'A01',
    staffNumber: '1024',
    staffName: '张三',
  }
  const names = (['STAFF_MEMBER', 'HALL', 'PROVINCE', 'PLATFORM'] as const).map(subjectKind =>
    nameOfPlace({ ...named, subjectKind }),
  )
  expect(names).toEqual(['张三（工号 1024）', '甲厅', '示例省', '本平台'])
})

test('window and device read the codes of their hall, a clerk his own, everyone else what he sees anyway', () => {
  const { halls, staff } = smallDirectory
  const hall = { reach: 'REGION', regionPath: regionPaths.cityA, hallId: halls.hallA }
  expect(readingScope(clientViewer('device'))).toEqual(hall)
  expect(readingScope(accountViewer('window'))).toEqual({ ...hall, staffMemberId: staff.socialSecurityA })
  for (const account of ['city', 'supervisor', 'handler'] as const) {
    expect(readingScope(accountViewer(account))).toEqual(accountViewer(account).scope)
  }
})

describe('a drop of scans', () => {
  const calendar = calendarOf(calendarDaysFromChineseDays(yearsInChineseDays()))
  // Wednesday; the three working days before are Tuesday, Monday and Friday.
  const today = '2025-11-19'
  const workdays = Array.from({ length: 60 }, (_, i) => addDays(today, -1 - i)).filter(day => isWorkday(calendar, day))
  const quiet = workdays.slice(0, 3)
  const history = (scansOn: (day: string, index: number) => number) =>
    workdays.map((day, index) => ({ day, scans: scansOn(day, index) })).filter(({ scans }) => scans > 0)
  const fallen = (before: number, now = 0) => history(day => (quiet.includes(day) ? now : before))

  test('is suspected when a code of steady volume falls silent for three working days', () => {
    expect(quiet).toEqual(['2025-11-18', '2025-11-17', '2025-11-14'])
    expect(scanDrop(fallen(20), today, calendar)).toBe(true)
    expect(scanDrop(fallen(20, 1), today, calendar)).toBe(true)
  })

  test('is none while anybody to speak of scans it', () => {
    expect(scanDrop(fallen(20, 2), today, calendar)).toBe(false)
    expect(scanDrop(fallen(20, 20), today, calendar)).toBe(false)
    expect(
      scanDrop(
        history((_, index) => (index < 2 ? 0 : 20)),
        today,
        calendar,
      ),
    ).toBe(false)
  })

  test('is none where chance alone makes silent days, for a code that is new, and without any scan', () => {
    expect(scanDrop(fallen(4), today, calendar)).toBe(false)
    expect(
      scanDrop(
        history((_, index) => (index >= 3 && index < 13 ? 30 : 0)),
        today,
        calendar,
      ),
    ).toBe(false)
    expect(
      scanDrop(
        history((_, index) => (index % 2 === 0 ? 40 : 0)),
        today,
        calendar,
      ),
    ).toBe(false)
    expect(scanDrop([], today, calendar)).toBe(false)
  })

  test('weekends and holidays count for nothing, neither does the day that is not over', () => {
    // Saturday and Sunday before this Monday are silent, Friday was not.
    const monday = '2025-11-17'
    expect(
      scanDrop(
        history(() => 20).filter(({ day }) => day < monday),
        monday,
        calendar,
      ),
    ).toBe(false)
    // The first working day after eight days of National Day.
    const afterHolidays = '2025-10-09'
    const september = Array.from({ length: 60 }, (_, i) => addDays('2025-10-01', -1 - i))
      .filter(day => isWorkday(calendar, day))
      .map(day => ({ day, scans: 20 }))
    expect(scanDrop(september, afterHolidays, calendar)).toBe(false)
    expect(scanDrop([...fallen(20), { day: today, scans: 50 }], today, calendar)).toBe(true)
  })

  test('a year that the calendar lacks raises no alarm', () => {
    expect(scanDrop(fallen(20), '2199-03-05', calendar)).toBe(false)
  })
})

describe('what speaks for a link', () => {
  const clues = { isPhoneEqual: false, isSameStaffMember: false, isSameWindow: false, minutesAfterClosing: 12 }

  test('everything together is a hundred, and each clue is said', () => {
    const all = linkScore({ ...clues, isPhoneEqual: true, isSameStaffMember: true, isSameWindow: true })
    expect(all.score).toBe(100)
    expect(all.reasons.map(({ zh }) => zh)).toEqual(['联系电话一致', '同一工作人员', '同一窗口', '办结后 12 分钟'])
    expect(all.reasons.map(({ en }) => en)).toEqual([
      'same contact phone',
      'same member of staff',
      'same window',
      '12 min after closing',
    ])
  })

  test('a phone outweighs person, window and a day between', () => {
    const phone = linkScore({ ...clues, isPhoneEqual: true, minutesAfterClosing: 10 * 1440 }).score
    const place = linkScore({
      ...clues,
      isSameStaffMember: true,
      isSameWindow: true,
      minutesAfterClosing: 23 * 60,
    }).score
    expect([phone, place]).toEqual([50, 40])
  })

  test.each([
    [0, 20, '办结后 0 分钟'],
    [30, 20, '办结后 30 分钟'],
    [31, 15, '办结后 31 分钟'],
    [120, 15, '办结后 2 小时'],
    [121, 10, '办结后 2 小时'],
    [1440, 10, '办结后 24 小时'],
    [1441, 5, '办结后 24 小时'],
    [4320, 5, '办结后 3 天'],
    [4321, 0, '办结后 3 天'],
    [-45, 15, '办结前 45 分钟'],
    [-1440, 10, '办结前 24 小时'],
  ])('%i minutes are worth %i and are called %s', (minutesAfterClosing, score, said) => {
    expect(linkScore({ ...clues, minutesAfterClosing })).toMatchObject({ score, reasons: [{ zh: said }] })
  })
})
