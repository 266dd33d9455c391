import { expect, test } from 'vitest'
import { announce, secondsLeft } from '../../subgraphs/workflow/domain/announcement.ts'

const at = (time: string) => new Date(`2026-11-21T${time}Z`)
const clock = { dueAt: at('12:00:00'), notices: [at('06:00:00'), at('08:00:00'), at('11:00:00'), at('12:00:00')] }

test.each([
  [
    'a notice on time warns and looks at the next',
    '06:00:00',
    { kind: 'APPROACHING', secondsLeft: 21_600, nextNoticeAt: at('08:00:00') },
  ],
  [
    'a notice a little late tells the time that is really left',
    '08:00:02',
    { kind: 'APPROACHING', secondsLeft: 14_398, nextNoticeAt: at('11:00:00') },
  ],
  [
    'two that were slept through are one warning',
    '08:30:00',
    { kind: 'APPROACHING', secondsLeft: 12_600, nextNoticeAt: at('11:00:00') },
  ],
  [
    'after the last warning comes the passing',
    '11:59:59',
    { kind: 'APPROACHING', secondsLeft: 1, nextNoticeAt: at('12:00:00') },
  ],
  ['the end itself has passed', '12:00:00', { kind: 'PASSED', secondsLeft: 0, nextNoticeAt: null }],
  ['after the end only the passing is told', '14:00:00', { kind: 'PASSED', secondsLeft: -7_200, nextNoticeAt: null }],
])('%s', (_name, now, announcement) => {
  expect(announce(clock, at(now))).toEqual(announcement)
})

test('a part of a second that is left counts as none, one that is over as a whole one', () => {
  expect(secondsLeft(at('12:00:00'), at('11:59:59.400'))).toBe(0)
  expect(secondsLeft(at('12:00:00'), at('12:00:00.100'))).toBe(-1)
})
