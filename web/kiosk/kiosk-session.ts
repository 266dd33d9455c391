import {
  CaseClosedDocument,
  DeviceRatingFormDocument,
  type EvaluationLevel,
  ShowRatingCodeDocument,
  SubmitDeviceRatingDocument,
} from '../kit/generated/operations.ts'
import { GraphFault, graphRequest } from '../kit/graph-request.ts'
import { type Language, messageIn, remedyIn } from '../kit/language.ts'
import { type LinkState, liveAddress, openLiveLink, pause } from '../kit/live-link.ts'
import { ServerClock } from '../kit/server-clock.ts'
import { emptyKiosk, type Kiosk, type KioskAction, kioskAfter, type Told } from './kiosk-state.ts'
import { kioskWording } from './wording.ts'

/** After a longer break nobody of the cases closed meanwhile stands at the window any more, milliseconds. */
const longestBreakMilliseconds = 2 * 60_000

export type KioskView = { kiosk: Kiosk; link: LinkState; now: number }

export type KioskSession = {
  view(): KioskView
  choose(level: EvaluationLevel): void
  toggle(item: string): void
  touch(): void
  submit(): void
  stop(): void
}

/**
 * The device at work: waits for cases closed at its window, shows the code of each, hands ratings in.
 *
 * @param onChange called whenever `view()` differs
 * @param onSignedOut called when the device's key is no longer good
 */
export function startKioskSession(options: {
  deviceKey: string
  windowId: string
  language: () => Language
  onChange: () => void
  onSignedOut: () => void
}): KioskSession {
  const { deviceKey, windowId, language, onChange, onSignedOut } = options
  const clock = new ServerClock()
  let kiosk = emptyKiosk
  let link: LinkState = { isOpen: false, attempt: 0 }
  let head: { epoch: string; position: string; at: number } | null = null
  let codeTimer: ReturnType<typeof setTimeout> | undefined
  let isStopped = false

  const act = (action: KioskAction) => {
    const before = kiosk.state
    kiosk = kioskAfter(kiosk, action)
    if (kiosk.state !== before || action.kind === 'TICK') onChange()
    if (kiosk.state.step !== before.step) entered()
  }

  function entered() {
    if (kiosk.state.step === 'PREPARING') void open(kiosk.state.serviceCase)
    if (kiosk.state.step !== 'RATING') clearTimeout(codeTimer)
  }

  const told = (said: { message: string; messageEnglish: string; remedy: string }): Told => ({
    message: messageIn(language(), said),
    remedy: remedyIn(language(), said.remedy),
  })

  async function askCode(caseNumber: string) {
    const { issueRatingCode } = await graphRequest(ShowRatingCodeDocument, { caseNumber }, deviceKey)
    if (issueRatingCode.__typename === 'IssueRatingCodeSuccess') clock.note(issueRatingCode.ratingCode.issuedAt)
    return issueRatingCode
  }

  async function open(serviceCase: { id: string; caseNumber: string }) {
    const caseId = serviceCase.id
    try {
      const issued = await askCode(serviceCase.caseNumber)
      if (issued.__typename !== 'IssueRatingCodeSuccess') {
        return act({ kind: 'REFUSED', caseId, told: told(issued), at: Date.now() })
      }
      const code = issued.ratingCode
      const { ratingForm } = await graphRequest(DeviceRatingFormDocument, { token: code.token }, deviceKey)
      if (ratingForm.state !== 'OPEN') {
        const refused = { message: messageIn(language(), ratingForm), remedy: '' }
        return act({ kind: 'REFUSED', caseId, told: refused, at: Date.now() })
      }
      act({ kind: 'OPENED', caseId, form: ratingForm, code, at: Date.now() })
      renewLater(serviceCase, code.nextCodeAt)
    } catch (fault) {
      act({ kind: 'REFUSED', caseId, told: notReached(fault, false), at: Date.now() })
    }
  }

  function renewLater(serviceCase: { id: string; caseNumber: string }, nextCodeAt: string | null) {
    clearTimeout(codeTimer)
    if (!nextCodeAt) return
    codeTimer = setTimeout(() => void renew(serviceCase), Math.max(1000, Date.parse(nextCodeAt) - clock.now()))
  }

  async function renew(serviceCase: { id: string; caseNumber: string }) {
    const caseId = serviceCase.id
    try {
      const issued = await askCode(serviceCase.caseNumber)
      if (issued.__typename !== 'IssueRatingCodeSuccess') {
        return act({ kind: 'REFUSED', caseId, told: told(issued), at: Date.now() })
      }
      act({ kind: 'CODE_RENEWED', caseId, code: issued.ratingCode })
      renewLater(serviceCase, issued.ratingCode.nextCodeAt)
    } catch (fault) {
      notReached(fault, false)
      renewLater(serviceCase, new Date(clock.now() + 5000).toISOString())
    }
  }

  async function submit() {
    const { state } = kiosk
    if (state.step !== 'RATING' || state.level === null || state.isSending) return
    const caseId = state.serviceCase.id
    const isNegative = state.form.levels.find(level => level.level === state.level)!.score <= 2
    act({ kind: 'SENDING', at: Date.now() })
    try {
      const { submitEvaluation: answer } = await graphRequest(
        SubmitDeviceRatingDocument,
        {
          input: {
            token: state.formToken,
            formTicket: state.form.formTicket,
            level: state.level,
            items: [...state.items],
          },
        },
        deviceKey,
      )
      if (answer.__typename === 'SubmitEvaluationSuccess') {
        act({ kind: 'STORED', caseId, receiptNumber: answer.receiptNumber, isNegative, at: Date.now() })
      } else if (answer.__typename === 'InvalidEvaluation') {
        act({ kind: 'NOT_SENT', caseId, told: told(answer), at: Date.now() })
      } else {
        act({ kind: 'REFUSED', caseId, told: told(answer), at: Date.now() })
      }
    } catch (fault) {
      act({ kind: 'NOT_SENT', caseId, told: notReached(fault, true), at: Date.now() })
    }
  }

  function notReached(fault: unknown, isRated: boolean): Told {
    if (fault instanceof GraphFault && fault.reason === 'SIGNED_OUT') onSignedOut()
    const words = kioskWording[language()]
    return isRated
      ? { message: words.notSent, remedy: words.notSentRemedy }
      : { message: words.noCode, remedy: words.noCodeRemedy }
  }

  const live = openLiveLink({
    address: liveAddress(location),
    token: deviceKey,
    onState: state => {
      link = state
      onChange()
    },
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
          if (event.serviceCase) act({ kind: 'CASE_CLOSED', serviceCase: event.serviceCase })
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

  return {
    view: () => ({ kiosk, link, now: Date.now() }),
    choose: level => act({ kind: 'LEVEL_CHOSEN', level, at: Date.now() }),
    toggle: code => act({ kind: 'ITEM_TOGGLED', code, at: Date.now() }),
    touch: () => act({ kind: 'TOUCHED', at: Date.now() }),
    submit: () => void submit(),
    stop() {
      isStopped = true
      clearInterval(ticking)
      clearTimeout(codeTimer)
      live.stop()
    },
  }
}
