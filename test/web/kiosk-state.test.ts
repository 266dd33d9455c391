import { describe, expect, it } from 'vitest'
import {
  type ClosedCase,
  type DeviceForm,
  emptyKiosk,
  type Kiosk,
  type KioskAction,
  kioskAfter,
  lacksReason,
  type OpenedCase,
  secondsToClearing,
} from '../../web/kiosk/kiosk-state.ts'
import { recentUnrated } from '../../web/kiosk/recent-cases.ts'
import { spokenAfter } from '../../web/kiosk/spoken.ts'
import { levels } from '../../web/kit/levels.ts'
import { itemsOf } from './fixtures/evaluation-items.ts'

const start = 1_000_000
const seconds = (count: number) => start + count * 1000

function closed(id: string): ClosedCase {
  return { id, caseNumber: `4101022026112100${id}`, matter: { name: '企业设立登记' }, staffMember: null, window: null }
}

const form: DeviceForm = {
  state: 'OPEN',
  message: '',
  messageEnglish: '',
  formTicket: 'ticket',
  levels: levels.map(({ score, level, label }) => ({
    level,
    score,
    label: label.zh,
    labelEnglish: label.en,
    isReasonRequired: score <= 2,
    items: itemsOf(score),
  })),
}
const code = { token: 'token-1', svg: '<svg/>', expiresAt: '2026-11-21T01:32:00.000Z', nextCodeAt: null }
const opened: OpenedCase = { form, formToken: 'token-1', code, staticCode: null, promptDuty: '请提示群众评价' }

const played = (kiosk: Kiosk, ...actions: KioskAction[]) => actions.reduce(kioskAfter, kiosk)
const closing = (id: string, at = start): KioskAction => ({ kind: 'CASE_CLOSED', serviceCase: closed(id), at })
const opening = (caseId: string, at = start): KioskAction => ({ kind: 'OPENED', caseId, opened, at })
const chosen: KioskAction = { kind: 'LEVEL_CHOSEN', level: 'SATISFIED', at: start }
const saved = (caseId: string, at = start): KioskAction => ({ kind: 'SAVED', caseId, counter: 7, isNegative: true, at })
const tick = (at: number): KioskAction => ({ kind: 'TICK', at })

const rating = played(emptyKiosk, closing('1'), opening('1'))
const shown = ({ state }: Kiosk) => ('serviceCase' in state ? `${state.step} ${state.serviceCase.id}` : state.step)
const waitingIds = ({ waiting }: Kiosk) => waiting.map(({ serviceCase }) => serviceCase.id)

describe('the window device', () => {
  it('opens from the closed case, not from anybody’s button', () => {
    expect(rating).toEqual({
      state: {
        step: 'RATING',
        serviceCase: closed('1'),
        ...opened,
        level: null,
        items: [],
        touchedAt: start,
        isTouched: false,
        isSaving: false,
        problem: null,
      },
      waiting: [],
    })
  })

  it('asks for a reason at levels 1 and 2 only', () => {
    const lacking = levels.map(({ level }) =>
      lacksReason(played(rating, { kind: 'LEVEL_CHOSEN', level, at: start }).state),
    )
    expect(lacking).toEqual([true, true, false, false, false])
  })

  it('one reason is enough, and another level starts without any', () => {
    const bad = played(
      rating,
      { kind: 'LEVEL_CHOSEN', level: 'DISSATISFIED', at: start },
      { kind: 'ITEM_TOGGLED', code: '207', at: start },
    )
    expect(lacksReason(bad.state)).toBe(false)
    const changed = played(bad, { kind: 'LEVEL_CHOSEN', level: 'VERY_DISSATISFIED', at: start })
    expect(lacksReason(changed.state)).toBe(true)
  })

  it('takes an item off again and never more than eight', () => {
    const toggle = (item: string): KioskAction => ({ kind: 'ITEM_TOGGLED', code: item, at: start })
    const nine = played(rating, ...['1', '2', '3', '4', '5', '6', '7', '8', '9'].map(toggle))
    expect(nine.state).toMatchObject({ items: ['1', '2', '3', '4', '5', '6', '7', '8'] })
    expect(played(nine, toggle('3')).state).toMatchObject({ items: ['1', '2', '4', '5', '6', '7', '8'] })
  })

  it('keeps the ticket of the opened form while codes roll on', () => {
    const next = { ...code, token: 'token-2' }
    expect(played(rating, { kind: 'CODE_RENEWED', caseId: '1', code: next }).state).toMatchObject({
      code: next,
      formToken: 'token-1',
      form: { formTicket: 'ticket' },
    })
    expect(played(rating, { kind: 'CODE_RENEWED', caseId: '2', code: next }).state).toEqual(rating.state)
  })

  it('waits 30 s, counts ten seconds down, then clears everything and submits nothing', () => {
    const kiosk = played(rating, chosen)
    expect(secondsToClearing(kiosk.state, seconds(29.9))).toBeNull()
    expect(secondsToClearing(kiosk.state, seconds(30))).toBe(10)
    expect(secondsToClearing(kiosk.state, seconds(39.5))).toBe(1)
    expect(played(kiosk, tick(seconds(39.9)))).toBe(kiosk)
    expect(played(kiosk, tick(seconds(40)))).toEqual(emptyKiosk)
  })

  it('“再等等” starts the wait anew', () => {
    const stayed = played(rating, { kind: 'TOUCHED', at: seconds(35) })
    expect(secondsToClearing(stayed.state, seconds(40))).toBeNull()
    expect(secondsToClearing(stayed.state, seconds(65))).toBe(10)
  })

  it('does not clear itself while a rating is being saved', () => {
    const saving = played(rating, { kind: 'SAVING', at: start })
    expect(secondsToClearing(saving.state, seconds(100))).toBeNull()
  })

  it('a rating that could not be saved stays as it was', () => {
    const told = { message: '本机未能保存', remedy: '' }
    const kiosk = played(
      rating,
      chosen,
      { kind: 'SAVING', at: start },
      { kind: 'NOT_SAVED', caseId: '1', told, at: seconds(1) },
    )
    expect(kiosk.state).toMatchObject({ step: 'RATING', level: 'SATISFIED', isSaving: false, problem: told })
  })

  it('thanks as soon as it is saved, shows the receipt when it comes, then forgets it', () => {
    const thanks = played(rating, saved('1'))
    const words = { step: 'THANKS', counter: 7, isNegative: true, since: start }
    expect(thanks).toEqual({ state: { ...words, receiptNumber: null }, waiting: [] })
    const received = played(
      thanks,
      { kind: 'RECEIVED', counter: 6, receiptNumber: 'of another' },
      { kind: 'RECEIVED', counter: 7, receiptNumber: 'K7QX-3MPD' },
    )
    expect(received.state).toEqual({ ...words, receiptNumber: 'K7QX-3MPD' })
    expect(played(received, tick(seconds(19.9)))).toBe(received)
    expect(played(received, tick(seconds(20)))).toEqual(emptyKiosk)
    expect(played(received, { kind: 'FINISHED', at: start })).toEqual(emptyKiosk)
  })

  it('says so when the hub refuses what was saved while its person is still there, and to nobody else', () => {
    const refused: KioskAction = {
      kind: 'NOT_RECEIVED',
      counter: 7,
      told: { message: '已评价', remedy: '' },
      at: start,
    }
    expect(played(rating, saved('1'), refused).state).toMatchObject({ step: 'REFUSED', told: { message: '已评价' } })
    expect(played(rating, saved('1'), { ...refused, counter: 3 }).state.step).toBe('THANKS')
    expect(played(emptyKiosk, refused)).toBe(emptyKiosk)
  })

  it('an answer that comes after the case was cleared changes nothing', () => {
    const late: KioskAction[] = [
      opening('1'),
      saved('1'),
      { kind: 'REFUSED', caseId: '1', told: { message: '', remedy: '' }, at: start },
      { kind: 'NOT_OPENED', caseId: '1', told: { message: '', remedy: '' }, at: start },
      { kind: 'FINISHED', at: start },
    ]
    for (const action of late) expect(played(emptyKiosk, action)).toBe(emptyKiosk)
  })
})

describe('people who wait', () => {
  it('are served in the order in which their cases were closed, with code and form at hand', () => {
    const busy = played(rating, chosen, closing('2'), closing('3'), opening('3'), opening('2'))
    expect([shown(busy), waitingIds(busy)]).toEqual(['RATING 1', ['2', '3']])
    const second = played(busy, saved('1'), { kind: 'FINISHED', at: seconds(1) })
    expect([shown(second), waitingIds(second)]).toEqual(['RATING 2', ['3']])
    expect(second.state).toMatchObject({ level: null, items: [], isTouched: false, touchedAt: seconds(1) })
    const third = played(second, tick(seconds(41)))
    expect([shown(third), waitingIds(third)]).toEqual(['RATING 3', []])
  })

  it('shorten the thanks of the one before', () => {
    const thanks = played(rating, chosen, closing('2'), opening('2'), saved('1'))
    expect(shown(played(thanks, tick(seconds(7.9))))).toBe('THANKS')
    expect(shown(played(thanks, tick(seconds(8))))).toBe('RATING 2')
  })

  it('a case that nobody has touched gives way to a newer one and comes again, its clerk not prompted twice', () => {
    const newer = played(rating, closing('2'))
    expect([shown(newer), waitingIds(newer)]).toEqual(['PREPARING 2', ['1']])
    const back = played(newer, opening('2'), saved('2'), { kind: 'FINISHED', at: start })
    expect(shown(back)).toBe('RATING 1')
    expect(back.state).toMatchObject({ promptDuty: null, formToken: 'token-1' })
  })

  it('one who has begun to look is not interrupted', () => {
    const kiosk = played(rating, { kind: 'TOUCHED', at: start }, closing('2'))
    expect([shown(kiosk), waitingIds(kiosk)]).toEqual(['RATING 1', ['2']])
  })

  it('whose code could not be fetched are asked for again when their turn comes', () => {
    const told = { message: '暂时取不到评价码', remedy: '' }
    const kiosk = played(rating, chosen, closing('2'), { kind: 'NOT_OPENED', caseId: '2', told, at: start })
    expect(waitingIds(kiosk)).toEqual(['2'])
    expect(shown(played(kiosk, saved('1'), { kind: 'FINISHED', at: start }))).toBe('PREPARING 2')
  })

  it('leave the queue when the hub says that their case cannot be rated, after five minutes, and when more than five wait', () => {
    const told = { message: '', remedy: '' }
    const busy = played(rating, chosen, closing('2'), closing('3', seconds(60)))
    expect(waitingIds(played(busy, { kind: 'REFUSED', caseId: '2', told, at: start }))).toEqual(['3'])
    const stayed = played(busy, { kind: 'TOUCHED', at: seconds(299) })
    expect(waitingIds(played(stayed, tick(seconds(299))))).toEqual(['2', '3'])
    expect(waitingIds(played(stayed, tick(seconds(300))))).toEqual(['3'])
    const many = played(busy, closing('4'), closing('5'), closing('6'), closing('7'))
    expect(waitingIds(many)).toEqual(['3', '4', '5', '6', '7'])
  })

  it('are not doubled when a closing is told twice', () => {
    const kiosk = played(rating, closing('1'), chosen, closing('2'), closing('2'), closing('1'))
    expect([shown(kiosk), waitingIds(kiosk)]).toEqual(['RATING 1', ['2']])
  })
})

describe('what is spoken', () => {
  const said = (kiosk: Kiosk, action: KioskAction, language: 'zh' | 'en' = 'zh') =>
    spokenAfter(kiosk, played(kiosk, action), action, language)

  it('is the question when a case opens, then each label that is touched, in the language of the screen', () => {
    expect(said(played(emptyKiosk, closing('1')), opening('1'))).toBe('您对本次服务满意吗？')
    expect(said(rating, chosen)).toBe('满意')
    expect(said(rating, chosen, 'en')).toBe('Satisfied')
    const bad = played(rating, { kind: 'LEVEL_CHOSEN', level: 'DISSATISFIED', at: start })
    const item: KioskAction = { kind: 'ITEM_TOGGLED', code: '207', at: start }
    expect(said(bad, item)).toBe(itemsOf(2).find(each => each.code === '207')!.text)
    expect(said(played(bad, item), item)).toBeNull()
    expect(said(bad, { kind: 'TOUCHED', at: start })).toBeNull()
    expect(said(bad, tick(seconds(1)))).toBeNull()
  })

  it('is the question again for the next person', () => {
    const waiting = played(rating, chosen, closing('2'), opening('2'))
    expect(said(waiting, tick(seconds(40)))).toBe('您对本次服务满意吗？')
  })
})

describe('cases to wake the device for', () => {
  const now = Date.parse('2026-11-21T02:00:00.000Z')
  const closing = (id: string, minutesAgo: number, ratings: number | null = 0) => ({
    ...closed(id),
    closedAt: new Date(now - minutesAgo * 60_000).toISOString(),
    evaluations: ratings === null ? null : Array.from({ length: ratings }, (_, index) => ({ id: `${id}-${index}` })),
  })

  it('are the last five of two hours without a rating that the device may see', () => {
    const all = [
      closing('1', 1),
      closing('2', 2, 1),
      closing('3', 30, null),
      closing('4', 40),
      closing('5', 50),
      closing('6', 60),
      closing('7', 70),
    ]
    expect(recentUnrated(all, now).map(({ id }) => id)).toEqual(['1', '3', '4', '5', '6'])
    const old = [closing('8', 120), closing('9', 121), { ...closing('10', 1), closedAt: null }]
    expect(recentUnrated(old, now)).toEqual([{ ...closed('8'), closedAtTime: '08:00' }])
  })
})
