import { describe, expect, it } from 'vitest'
import {
  type ClosedCase,
  type DeviceForm,
  emptyKiosk,
  type Kiosk,
  type KioskAction,
  kioskAfter,
  lacksReason,
  secondsToClearing,
} from '../../web/kiosk/kiosk-state.ts'
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
const code = { token: 'token-1', svg: '<svg/>', nextCodeAt: null }

const played = (kiosk: Kiosk, ...actions: KioskAction[]) => actions.reduce(kioskAfter, kiosk)
const rating = played(
  emptyKiosk,
  { kind: 'CASE_CLOSED', serviceCase: closed('1') },
  { kind: 'OPENED', caseId: '1', form, code, at: start },
)

describe('the window device', () => {
  it('opens from the closed case, not from anybody’s button', () => {
    expect(rating.state).toEqual({
      step: 'RATING',
      serviceCase: closed('1'),
      form,
      formToken: 'token-1',
      code,
      level: null,
      items: [],
      touchedAt: start,
      isSending: false,
      problem: null,
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
    const next = { token: 'token-2', svg: '<svg/>', nextCodeAt: null }
    expect(played(rating, { kind: 'CODE_RENEWED', caseId: '1', code: next }).state).toMatchObject({
      code: next,
      formToken: 'token-1',
      form: { formTicket: 'ticket' },
    })
  })

  it('waits 30 s, counts ten seconds down, then clears everything and submits nothing', () => {
    const chosen = played(rating, { kind: 'LEVEL_CHOSEN', level: 'SATISFIED', at: start })
    expect(secondsToClearing(chosen.state, seconds(29.9))).toBeNull()
    expect(secondsToClearing(chosen.state, seconds(30))).toBe(10)
    expect(secondsToClearing(chosen.state, seconds(39.5))).toBe(1)
    expect(played(chosen, { kind: 'TICK', at: seconds(39.9) }).state).toBe(chosen.state)
    expect(played(chosen, { kind: 'TICK', at: seconds(40) })).toEqual(emptyKiosk)
  })

  it('“再等等” starts the wait anew', () => {
    const stayed = played(rating, { kind: 'TOUCHED', at: seconds(35) })
    expect(secondsToClearing(stayed.state, seconds(40))).toBeNull()
    expect(secondsToClearing(stayed.state, seconds(65))).toBe(10)
  })

  it('does not clear itself while a rating is on its way', () => {
    const sending = played(rating, { kind: 'SENDING', at: start })
    expect(secondsToClearing(sending.state, seconds(100))).toBeNull()
  })

  it('a rating that could not be sent stays as it was', () => {
    const chosen = played(
      rating,
      { kind: 'LEVEL_CHOSEN', level: 'SATISFIED', at: start },
      { kind: 'SENDING', at: start },
    )
    const told = { message: '网络不通', remedy: '' }
    expect(played(chosen, { kind: 'NOT_SENT', caseId: '1', told, at: seconds(1) }).state).toMatchObject({
      step: 'RATING',
      level: 'SATISFIED',
      isSending: false,
      problem: told,
    })
  })

  it('thanks with the receipt, then forgets it', () => {
    const stored: KioskAction = { kind: 'STORED', caseId: '1', receiptNumber: 'K7QX-3MPD', isNegative: true, at: start }
    const thanks = played(rating, stored)
    expect(thanks.state).toEqual({ step: 'THANKS', receiptNumber: 'K7QX-3MPD', isNegative: true, since: start })
    expect(played(thanks, { kind: 'TICK', at: seconds(20) })).toEqual(emptyKiosk)
  })

  it('a new case takes the place of one that nobody touched', () => {
    expect(played(rating, { kind: 'CASE_CLOSED', serviceCase: closed('2') }).state).toEqual({
      step: 'PREPARING',
      serviceCase: closed('2'),
    })
  })

  it('a new case waits until whoever is rating has finished, and only the newest waits', () => {
    const busy = played(
      rating,
      { kind: 'LEVEL_CHOSEN', level: 'SATISFIED', at: start },
      { kind: 'CASE_CLOSED', serviceCase: closed('2') },
      { kind: 'CASE_CLOSED', serviceCase: closed('3') },
    )
    expect(busy.state).toMatchObject({ step: 'RATING', serviceCase: { id: '1' } })
    expect(played(busy, { kind: 'TICK', at: seconds(40) })).toEqual({
      state: { step: 'PREPARING', serviceCase: closed('3') },
      next: null,
    })
  })

  it('an answer that comes after the case was cleared changes nothing', () => {
    const late: KioskAction[] = [
      { kind: 'OPENED', caseId: '1', form, code, at: start },
      { kind: 'STORED', caseId: '1', receiptNumber: 'K7QX', isNegative: false, at: start },
      { kind: 'REFUSED', caseId: '1', told: { message: '', remedy: '' }, at: start },
    ]
    for (const action of late) expect(played(emptyKiosk, action)).toBe(emptyKiosk)
  })
})
