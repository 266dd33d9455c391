import type { ClosedCaseFragment, DeviceRatingFormQuery, EvaluationLevel } from '../kit/generated/operations.ts'

export type ClosedCase = ClosedCaseFragment
export type DeviceForm = DeviceRatingFormQuery['ratingForm']

/** The rating code on the screen (动态二维码); `expiresAt` by the server's clock. */
export type ShownCode = { token: string; svg: string; expiresAt: string; nextCodeAt: string | null }

/** All that is needed to rate a case, also after the network has gone. */
export type OpenedCase = {
  /** The form as it was opened, with the ticket that keeps it valid while codes roll on. */
  form: DeviceForm
  formToken: string
  code: ShownCode
  /** The static code (静态评价码) of the member of staff, as SVG; null when he has none. */
  staticCode: string | null
  /** What the clerk has to say (提示义务); null when it was shown before. */
  promptDuty: string | null
}

/** A case whose turn has not come (排队). */
export type WaitingCase = { serviceCase: ClosedCase; opened: OpenedCase | null; since: number }

/** Something that the person at the window is told. */
export type Told = { message: string; remedy: string }

/** What the window device shows (窗口评价屏). */
export type KioskState =
  | { step: 'WAITING' }
  | { step: 'PREPARING'; serviceCase: ClosedCase }
  | ({
      step: 'RATING'
      serviceCase: ClosedCase
      level: EvaluationLevel | null
      items: readonly string[]
      touchedAt: number
      isTouched: boolean
      isSaving: boolean
      problem: Told | null
    } & OpenedCase)
  | { step: 'THANKS'; counter: number; receiptNumber: string | null; isNegative: boolean; since: number }
  | { step: 'REFUSED'; told: Told; since: number }

export type Kiosk = {
  state: KioskState
  /** Cases of people who wait, in the order in which they will be shown. */
  waiting: readonly WaitingCase[]
}

export type KioskAction =
  | { kind: 'CASE_CLOSED'; serviceCase: ClosedCase; at: number }
  | { kind: 'OPENED'; caseId: string; opened: OpenedCase; at: number }
  | { kind: 'NOT_OPENED'; caseId: string; told: Told; at: number }
  | { kind: 'CODE_RENEWED'; caseId: string; code: ShownCode }
  | { kind: 'LEVEL_CHOSEN'; level: EvaluationLevel; at: number }
  | { kind: 'ITEM_TOGGLED'; code: string; at: number }
  | { kind: 'TOUCHED'; at: number }
  | { kind: 'SAVING'; at: number }
  | { kind: 'SAVED'; caseId: string; counter: number; isNegative: boolean; at: number }
  | { kind: 'NOT_SAVED'; caseId: string; told: Told; at: number }
  | { kind: 'RECEIVED'; counter: number; receiptNumber: string }
  | { kind: 'NOT_RECEIVED'; counter: number; told: Told; at: number }
  | { kind: 'REFUSED'; caseId: string; told: Told; at: number }
  | { kind: 'FINISHED'; at: number }
  | { kind: 'TICK'; at: number }

/** Untouched so long, the screen asks whether somebody is still there; then it counts down and clears itself. Never does it submit. Seconds. */
export const idleSeconds = 30
export const countdownSeconds = 10

/** How long thanks and refusals stay, seconds: long enough to photograph the receipt number, shorter while others wait. */
const thanksSeconds = 20
const thanksSecondsWhileOthersWait = 8
const refusalSeconds = 10

/** After so long nobody of a waiting case stands at the window any more, seconds. */
const longestWaitSeconds = 5 * 60
const mostWaiting = 5

/** Most items on a screen (每级至多八项). */
export const mostItems = 8

export const emptyKiosk: Kiosk = { state: { step: 'WAITING' }, waiting: [] }

/** Seconds until the screen clears itself, once the countdown runs; null before that. */
export function secondsToClearing(state: KioskState, now: number): number | null {
  if (state.step !== 'RATING' || state.isSaving) return null
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
  const { state, waiting } = kiosk
  switch (action.kind) {
    case 'CASE_CLOSED':
      return afterClosing(kiosk, action.serviceCase, action.at)
    case 'OPENED':
      return afterOpening(kiosk, action.caseId, action.opened, action.at)
    case 'NOT_OPENED':
      return state.step === 'PREPARING' && state.serviceCase.id === action.caseId ? refused(kiosk, action) : kiosk
    case 'REFUSED': {
      if ('serviceCase' in state && state.serviceCase.id === action.caseId) return refused(kiosk, action)
      const others = waiting.filter(({ serviceCase }) => serviceCase.id !== action.caseId)
      return others.length < waiting.length ? { state, waiting: others } : kiosk
    }
    case 'RECEIVED':
      if (state.step !== 'THANKS' || state.counter !== action.counter) return kiosk
      return { ...kiosk, state: { ...state, receiptNumber: action.receiptNumber } }
    case 'NOT_RECEIVED':
      return state.step === 'THANKS' && state.counter === action.counter ? refused(kiosk, action) : kiosk
    case 'FINISHED':
      return state.step === 'THANKS' || state.step === 'REFUSED' ? turnOver(kiosk, action.at) : kiosk
    case 'TICK': {
      const still = waiting.filter(({ since }) => action.at - since < longestWaitSeconds * 1000)
      const left = still.length < waiting.length ? { state, waiting: still } : kiosk
      return isOver(left, action.at) ? turnOver(left, action.at) : left
    }
    default:
      return state.step === 'RATING' ? { ...kiosk, state: ratingAfter(state, action) } : kiosk
  }
}

type Rating = Extract<KioskState, { step: 'RATING' }>
type RatingAction = Extract<
  KioskAction,
  { kind: 'CODE_RENEWED' | 'LEVEL_CHOSEN' | 'ITEM_TOGGLED' | 'TOUCHED' | 'SAVING' | 'SAVED' | 'NOT_SAVED' }
>

function ratingAfter(state: Rating, action: RatingAction): KioskState {
  const isOfAnother = 'caseId' in action && action.caseId !== state.serviceCase.id
  if (isOfAnother) return state
  if (action.kind === 'CODE_RENEWED') return { ...state, code: action.code }
  if (action.kind === 'SAVED') {
    const { counter, isNegative, at } = action
    return { step: 'THANKS', counter, receiptNumber: null, isNegative, since: at }
  }
  const touched = { ...state, touchedAt: action.at, isTouched: true }
  switch (action.kind) {
    case 'TOUCHED':
      return touched
    case 'LEVEL_CHOSEN': {
      const items = action.level === state.level ? state.items : []
      return { ...touched, level: action.level, items, problem: null }
    }
    case 'ITEM_TOGGLED':
      return { ...touched, items: toggled(state.items, action.code), problem: null }
    case 'SAVING':
      return { ...touched, isSaving: true, problem: null }
    case 'NOT_SAVED':
      return { ...touched, isSaving: false, problem: action.told }
  }
}

function afterClosing(kiosk: Kiosk, serviceCase: ClosedCase, at: number): Kiosk {
  const { state, waiting } = kiosk
  const isKnown = [state, ...waiting].some(each => 'serviceCase' in each && each.serviceCase.id === serviceCase.id)
  if (isKnown) return kiosk
  const isFree = state.step === 'WAITING' || state.step === 'REFUSED'
  if (isFree) return turn({ serviceCase, opened: null, since: at }, waiting, at)
  if (state.step === 'PREPARING' || (state.step === 'RATING' && !state.isTouched)) {
    // Whoever it was shown to has not begun; his turn comes again.
    const opened = state.step === 'RATING' ? openedOf(state) : null
    const displaced = { serviceCase: state.serviceCase, opened, since: at }
    return turn({ serviceCase, opened: null, since: at }, [...waiting, displaced].slice(-mostWaiting), at)
  }
  return { state, waiting: [...waiting, { serviceCase, opened: null, since: at }].slice(-mostWaiting) }
}

function afterOpening(kiosk: Kiosk, caseId: string, opened: OpenedCase, at: number): Kiosk {
  const { state, waiting } = kiosk
  if (state.step === 'PREPARING' && state.serviceCase.id === caseId) {
    return turn({ serviceCase: state.serviceCase, opened, since: at }, waiting, at)
  }
  if (!waiting.some(({ serviceCase }) => serviceCase.id === caseId)) return kiosk
  return { state, waiting: waiting.map(each => (each.serviceCase.id === caseId ? { ...each, opened } : each)) }
}

function turn({ serviceCase, opened }: WaitingCase, waiting: readonly WaitingCase[], at: number): Kiosk {
  if (!opened) return { state: { step: 'PREPARING', serviceCase }, waiting }
  const untouched = { level: null, items: [], touchedAt: at, isTouched: false, isSaving: false, problem: null }
  return { state: { step: 'RATING', serviceCase, ...opened, ...untouched }, waiting }
}

function turnOver({ waiting: [next, ...others] }: Kiosk, at: number): Kiosk {
  return next ? turn(next, others, at) : emptyKiosk
}

function refused({ waiting }: Kiosk, { told, at }: { told: Told; at: number }): Kiosk {
  return { state: { step: 'REFUSED', told, since: at }, waiting }
}

// What the clerk had to say was said when it was shown for the first time.
function openedOf({ form, formToken, code, staticCode }: Rating): OpenedCase {
  return { form, formToken, code, staticCode, promptDuty: null }
}

function isOver({ state, waiting }: Kiosk, now: number): boolean {
  if (state.step === 'RATING') return secondsToClearing(state, now) === 0
  const thanks = waiting.length > 0 ? thanksSecondsWhileOthersWait : thanksSeconds
  if (state.step === 'THANKS') return now - state.since >= thanks * 1000
  return state.step === 'REFUSED' && now - state.since >= refusalSeconds * 1000
}

function toggled(items: readonly string[], code: string): readonly string[] {
  if (items.includes(code)) return items.filter(item => item !== code)
  return items.length < mostItems ? [...items, code] : items
}
