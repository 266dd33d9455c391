import {
  CaseClosedDocument,
  type DeviceEntryInput,
  type EvaluationLevel,
  RecordManualWakeDocument,
  RegisterSigningKeyDocument,
  SubmitDeviceEntriesDocument,
} from '../kit/generated/operations.ts'
import { GraphFault, graphRequest } from '../kit/graph-request.ts'
import { type Language, messageIn, remedyIn } from '../kit/language.ts'
import { type LinkState, liveAddress, openLiveLink, pause } from '../kit/live-link.ts'
import { ServerClock } from '../kit/server-clock.ts'
import { freshCode, openCase, type Said } from './case-opening.ts'
import type { DeviceStore } from './device-store.ts'
import { createEntryQueue, type EntryResult } from './entry-queue.ts'
import { type ClosedCase, emptyKiosk, type Kiosk, type KioskAction, kioskAfter, type Told } from './kiosk-state.ts'
import { speak, spokenAfter, storedVolume } from './spoken.ts'
import { kioskWording } from './wording.ts'

/** After a longer break nobody of the cases closed meanwhile stands at the window any more, milliseconds. */
const longestBreakMilliseconds = 2 * 60_000

/** A person reads whether the device is online: the connection is asked more often than that of a wall, milliseconds. */
const keepAlive = { silence: 3000, patience: 2500 }

export type KioskView = {
  kiosk: Kiosk
  link: LinkState
  /** Ratings that are kept on the device and not yet answered. */
  unsent: number
  now: number
  /** By the server's clock. */
  serverNow: number
}

export type KioskSession = {
  view(): KioskView
  choose(level: EvaluationLevel): void
  toggle(item: string): void
  touch(): void
  submit(): void
  finish(): void
  /** Shows a case that the clerk chose (手动唤起) once the hub has counted it; answers what to tell, or the count of today. */
  wake(serviceCase: ClosedCase): Promise<{ countToday: number } | { told: Told }>
  stop(): void
}

/**
 * The device at work: waits for cases closed at its window, shows the code of each, keeps ratings and sends them.
 *
 * @param onChange called whenever `view()` differs
 * @param onSignedOut called when the device's key is no longer good
 */
export function startKioskSession(options: {
  deviceKey: string
  windowId: string
  store: DeviceStore
  language: () => Language
  onChange: () => void
  onSignedOut: () => void
}): KioskSession {
  const { deviceKey, windowId, store, language, onChange, onSignedOut } = options
  const clock = new ServerClock()
  let kiosk = emptyKiosk
  let link: LinkState = { isOpen: false, attempt: 0 }
  let head: { epoch: string; position: string; at: number } | null = null
  let codeTimer: ReturnType<typeof setTimeout> | undefined
  let isStopped = false
  const opening = new Set<string>()

  const act = (action: KioskAction) => {
    const before = kiosk
    kiosk = kioskAfter(kiosk, action)
    if (kiosk !== before || action.kind === 'TICK') onChange()
    const said = spokenAfter(before, kiosk, action, language())
    const isOver = before.state.step === 'RATING' && kiosk.state.step === 'WAITING'
    if (said !== null || isOver) speak(said, language(), storedVolume())
    if (kiosk.state !== before.state) entered(before)
  }

  function entered({ state: before }: Kiosk) {
    const { state } = kiosk
    const caseId = 'serviceCase' in state ? state.serviceCase.id : null
    if (state.step === before.step && 'serviceCase' in before && before.serviceCase.id === caseId) return
    clearTimeout(codeTimer)
    if (state.step === 'PREPARING') void open(state.serviceCase)
    if (state.step === 'RATING') renewLater(state.serviceCase, state.code.nextCodeAt)
  }

  const told = (said: Said): Told => ({
    message: messageIn(language(), said),
    remedy: remedyIn(language(), said.remedy),
  })

  async function open(serviceCase: ClosedCase) {
    const caseId = serviceCase.id
    if (opening.has(caseId)) return
    opening.add(caseId)
    try {
      const answer = await openCase(serviceCase, { deviceKey, clock })
      if ('refusedAs' in answer) act({ kind: 'REFUSED', caseId, told: told(answer.refusedAs), at: Date.now() })
      else act({ kind: 'OPENED', caseId, opened: answer.opened, at: Date.now() })
    } catch (fault) {
      failed(fault)
      const { noCode: message, noCodeRemedy: remedy } = kioskWording[language()]
      act({ kind: 'NOT_OPENED', caseId, told: { message, remedy }, at: Date.now() })
    } finally {
      opening.delete(caseId)
    }
  }

  function renewLater(serviceCase: ClosedCase, nextCodeAt: string | null) {
    clearTimeout(codeTimer)
    if (!nextCodeAt) return
    codeTimer = setTimeout(() => void renew(serviceCase), Math.max(1000, Date.parse(nextCodeAt) - clock.now()))
  }

  async function renew(serviceCase: ClosedCase) {
    const caseId = serviceCase.id
    const isShown = () => kiosk.state.step === 'RATING' && kiosk.state.serviceCase.id === caseId
    try {
      const answer = await freshCode(serviceCase, { deviceKey, clock })
      if (!isShown()) return
      if ('refusedAs' in answer) return act({ kind: 'REFUSED', caseId, told: told(answer.refusedAs), at: Date.now() })
      act({ kind: 'CODE_RENEWED', caseId, code: answer.code })
      renewLater(serviceCase, answer.code.nextCodeAt)
    } catch (fault) {
      failed(fault)
      if (isShown()) renewLater(serviceCase, new Date(clock.now() + 5000).toISOString())
    }
  }

  async function submit() {
    const { state } = kiosk
    if (state.step !== 'RATING' || state.level === null || state.isSaving) return
    const { level, items, formToken: token, form } = state
    const caseId = state.serviceCase.id
    const isNegative = form.levels.find(each => each.level === level)!.score <= 2
    const givenAt = new Date(clock.now()).toISOString()
    act({ kind: 'SAVING', at: Date.now() })
    try {
      const counter = await store.append({ givenAt, token, formTicket: form.formTicket!, level, items: [...items] })
      act({ kind: 'SAVED', caseId, counter, isNegative, at: Date.now() })
      queue.wake()
    } catch {
      const { notSaved: message, notSavedRemedy: remedy } = kioskWording[language()]
      act({ kind: 'NOT_SAVED', caseId, told: { message, remedy }, at: Date.now() })
    }
  }

  /** Something got no answer: the word on the connection must not go on saying that all is well. */
  function failed(fault: unknown) {
    if (!(fault instanceof GraphFault) || isStopped) return
    if (fault.reason === 'SIGNED_OUT') onSignedOut()
    else if (fault.reason === 'UNREACHABLE') live.doubt()
  }

  async function send(entries: DeviceEntryInput[]): Promise<EntryResult[]> {
    const { submitDeviceEvaluations: answer } = await graphRequest(SubmitDeviceEntriesDocument, { entries }, deviceKey)
    if (answer.__typename === 'SubmitDeviceEvaluationsSuccess') return answer.results
    throw new GraphFault('REFUSED', answer.code)
  }

  async function register(publicKey: string): Promise<void> {
    const { registerDeviceSigningKey: answer } = await graphRequest(
      RegisterSigningKeyDocument,
      { publicKey },
      deviceKey,
    )
    if (answer.__typename !== 'RegisterDeviceSigningKeySuccess') throw new GraphFault('REFUSED', answer.code)
  }

  function answered({ counter, receiptNumber, message, messageEnglish }: EntryResult) {
    if (receiptNumber !== null) return act({ kind: 'RECEIVED', counter, receiptNumber })
    const said = { message: message ?? '', messageEnglish: messageEnglish ?? '', remedy: '' }
    act({ kind: 'NOT_RECEIVED', counter, told: told(said), at: Date.now() })
  }

  async function wake(serviceCase: ClosedCase): Promise<{ countToday: number } | { told: Told }> {
    try {
      const { caseNumber } = serviceCase
      const { recordManualWake: answer } = await graphRequest(RecordManualWakeDocument, { caseNumber }, deviceKey)
      if (answer.__typename !== 'RecordManualWakeSuccess') return { told: told(answer) }
      closed(serviceCase)
      return { countToday: answer.countToday }
    } catch (fault) {
      failed(fault)
      const { wakeOffline: message } = kioskWording[language()]
      return { told: { message, remedy: '' } }
    }
  }

  /** Whoever waits gets code and form at once: the network may be gone when his turn comes. */
  function closed(serviceCase: ClosedCase) {
    act({ kind: 'CASE_CLOSED', serviceCase, at: Date.now() })
    const isWaiting = kiosk.waiting.some(each => each.serviceCase.id === serviceCase.id && !each.opened)
    if (isWaiting) void open(serviceCase)
  }

  const live = openLiveLink({
    address: liveAddress(location),
    token: deviceKey,
    keepAlive,
    onState: state => {
      const wasOpen = link.isOpen
      link = state
      if (state.isOpen && !wasOpen) {
        queue.wake()
        for (const { serviceCase, opened } of kiosk.waiting) if (!opened) void open(serviceCase)
      }
      onChange()
    },
  })

  const queue = createEntryQueue({
    store,
    send,
    register,
    pause,
    onAnswer: answered,
    onChange,
    onFailure: failed,
  })

  function follow(attempt: number) {
    live.follow(
      CaseClosedDocument,
      () => {
        const isFresh = head !== null && Date.now() - head.at < longestBreakMilliseconds
        return { windowId, after: head && isFresh ? `${head.epoch}:${head.position}` : null }
      },
      {
        event: ({ serviceCaseClosed: event }) => {
          attempt = 0
          head = { epoch: event.epoch, position: event.position, at: Date.now() }
          clock.note(event.at)
          if (event.serviceCase) closed(event.serviceCase)
        },
        end: async () => {
          // Whatever ended it, an unknown position among the reasons: begin at the present end.
          head = null
          await pause(attempt)
          if (!isStopped) follow(attempt + 1)
        },
      },
    )
  }

  follow(0)
  const ticking = setInterval(() => act({ kind: 'TICK', at: Date.now() }), 500)
  // The browser notices a pulled cable before any silence does; that it says “online” means nothing.
  const lost = () => live.doubt()
  addEventListener('offline', lost)

  return {
    view: () => ({ kiosk, link, unsent: queue.count(), now: Date.now(), serverNow: clock.now() }),
    choose: level => act({ kind: 'LEVEL_CHOSEN', level, at: Date.now() }),
    toggle: code => act({ kind: 'ITEM_TOGGLED', code, at: Date.now() }),
    touch: () => act({ kind: 'TOUCHED', at: Date.now() }),
    submit: () => void submit(),
    finish: () => act({ kind: 'FINISHED', at: Date.now() }),
    wake,
    stop() {
      isStopped = true
      clearInterval(ticking)
      clearTimeout(codeTimer)
      removeEventListener('offline', lost)
      speak(null, language(), 'OFF')
      queue.stop()
      live.stop()
      store.close()
    },
  }
}
