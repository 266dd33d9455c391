import type { ClosedCaseFragment, DeviceRatingFormQuery, EvaluationLevel } from '../kit/generated/operations.ts'

export type ClosedCase = ClosedCaseFragment
export type DeviceForm = DeviceRatingFormQuery['ratingForm']

/** The rating code on the screen (动态二维码). */
export type ShownCode = { token: string; svg: string; nextCodeAt: string | null }

/** Something that the person at the window is told. */
export type Told = { message: string; remedy: string }

/** What the window device shows (窗口评价屏). */
export type KioskState =
  | { step: 'WAITING' }
  | { step: 'PREPARING'; serviceCase: ClosedCase }
  | {
      step: 'RATING'
      serviceCase: ClosedCase
      /** The form as it was opened, with the ticket that keeps it valid while codes roll on. */
      form: DeviceForm
      formToken: string
      code: ShownCode
      level: EvaluationLevel | null
      items: readonly string[]
      touchedAt: number
      isSending: boolean
      problem: Told | null
    }
  | { step: 'THANKS'; receiptNumber: string; isNegative: boolean; since: number }
  | { step: 'REFUSED'; told: Told; since: number }

export type Kiosk = {
  state: KioskState
  /** A case that closed while somebody was still rating the one before; only the newest counts. */
  next: ClosedCase | null
}

export type KioskAction =
  | { kind: 'CASE_CLOSED'; serviceCase: ClosedCase }
  | { kind: 'OPENED'; caseId: string; form: DeviceForm; code: ShownCode; at: number }
  | { kind: 'CODE_RENEWED'; caseId: string; code: ShownCode }
  | { kind: 'LEVEL_CHOSEN'; level: EvaluationLevel; at: number }
  | { kind: 'ITEM_TOGGLED'; code: string; at: number }
  | { kind: 'TOUCHED'; at: number }
  | { kind: 'SENDING'; at: number }
  | { kind: 'STORED'; caseId: string; receiptNumber: string; isNegative: boolean; at: number }
  | { kind: 'NOT_SENT'; caseId: string; told: Told; at: number }
  | { kind: 'REFUSED'; caseId: string; told: Told; at: number }
  | { kind: 'TICK'; at: number }

/** Untouched so long, the screen asks whether somebody is still there; then it counts down and clears itself. Never does it submit. Seconds. */
export const idleSeconds = 30
export const countdownSeconds = 10

/** How long thanks and refusals stay, seconds: long enough to photograph the receipt number. */
const thanksSeconds = 20
const refusalSeconds = 10

/** Most items on a screen (每级至多八项). */
export const mostItems = 8

export const emptyKiosk: Kiosk = { state: { step: 'WAITING' }, next: null }

/** Seconds until the screen clears itself, once the countdown runs; null before that. */
export function secondsToClearing(state: KioskState, now: number): number | null {
  if (state.step !== 'RATING' || state.isSending) return null
  const idle = (now - state.touchedAt) / 1000
  return idle < idleSeconds ? null : Math.max(0, Math.ceil(idleSeconds + countdownSeconds - idle))
}

/** True where levels 1 and 2 still lack the reason that they ask for. */
export function lacksReason(state: KioskState): boolean {
  if (state.step !== 'RATING') return false
  const level = state.form.levels.find(candidate => candidate.level === state.level)
  return level?.isReasonRequired === true && state.items.length === 0
}

/** The next state of the screen. Whatever belongs to a person is gone as soon as his turn is over. */
export function kioskAfter(kiosk: Kiosk, action: KioskAction): Kiosk {
  const { state } = kiosk
  if (action.kind === 'CASE_CLOSED') {
    const isBusy = state.step === 'RATING' && (state.level !== null || state.isSending)
    return isBusy ? { state, next: action.serviceCase } : prepare(action.serviceCase)
  }
  if (action.kind === 'TICK') return isOver(state, action.at) ? turnOver(kiosk) : kiosk
  if (action.kind === 'OPENED') {
    if (state.step !== 'PREPARING' || state.serviceCase.id !== action.caseId) return kiosk
    const { form, code, at } = action
    const { serviceCase } = state
    const fresh = { level: null, items: [], touchedAt: at, isSending: false, problem: null }
    return { ...kiosk, state: { step: 'RATING', serviceCase, form, formToken: code.token, code, ...fresh } }
  }
  if (action.kind === 'REFUSED') {
    if (!('serviceCase' in state) || state.serviceCase.id !== action.caseId) return kiosk
    return { ...kiosk, state: { step: 'REFUSED', told: action.told, since: action.at } }
  }
  if (state.step !== 'RATING') return kiosk
  switch (action.kind) {
    case 'CODE_RENEWED':
      return state.serviceCase.id === action.caseId ? { ...kiosk, state: { ...state, code: action.code } } : kiosk
    case 'TOUCHED':
      return { ...kiosk, state: { ...state, touchedAt: action.at } }
    case 'LEVEL_CHOSEN': {
      const items = action.level === state.level ? state.items : []
      return { ...kiosk, state: { ...state, level: action.level, items, touchedAt: action.at, problem: null } }
    }
    case 'ITEM_TOGGLED':
      return {
        ...kiosk,
        state: { ...state, items: toggled(state.items, action.code), touchedAt: action.at, problem: null },
      }
    case 'SENDING':
      return { ...kiosk, state: { ...state, isSending: true, touchedAt: action.at, problem: null } }
    case 'STORED': {
      if (state.serviceCase.id !== action.caseId) return kiosk
      const { receiptNumber, isNegative, at } = action
      return { ...kiosk, state: { step: 'THANKS', receiptNumber, isNegative, since: at } }
    }
    case 'NOT_SENT':
      if (state.serviceCase.id !== action.caseId) return kiosk
      return { ...kiosk, state: { ...state, isSending: false, touchedAt: action.at, problem: action.told } }
  }
}

function isOver(state: KioskState, now: number): boolean {
  if (state.step === 'RATING') return secondsToClearing(state, now) === 0
  if (state.step === 'THANKS') return now - state.since >= thanksSeconds * 1000
  return state.step === 'REFUSED' && now - state.since >= refusalSeconds * 1000
}

function turnOver({ next }: Kiosk): Kiosk {
  return next ? prepare(next) : emptyKiosk
}

function prepare(serviceCase: ClosedCase): Kiosk {
  return { state: { step: 'PREPARING', serviceCase }, next: null }
}

function toggled(items: readonly string[], code: string): readonly string[] {
  if (items.includes(code)) return items.filter(item => item !== code)
  return items.length < mostItems ? [...items, code] : items
}
