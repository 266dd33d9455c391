import { useEffect, useRef, useState } from 'preact/hooks'
import { DeviceDocument, type DeviceQuery } from '../kit/generated/operations.ts'
import { GraphFault, graphRequest } from '../kit/graph-request.ts'
import type { Language } from '../kit/language.ts'
import { pause } from '../kit/live-link.ts'
import { type KioskSession, type KioskView, startKioskSession } from './kiosk-session.ts'
import { RatingScreen } from './rating-screen.tsx'
import { kioskWording } from './wording.ts'

type DeviceWindow = NonNullable<NonNullable<DeviceQuery['viewer']>['window']>

type WindowScreenProps = { language: Language; deviceKey: string; onSignedOut: () => void; onLanguage: () => void }

/** The screen of one window: waiting, rating, thanks; always with an honest word on the connection. */
export function WindowScreen({ language, deviceKey, onSignedOut, onLanguage }: WindowScreenProps) {
  const words = kioskWording[language]
  const spoken = useRef(language)
  spoken.current = language
  const [window, setWindow] = useState<DeviceWindow | null>(null)
  const [view, setView] = useState<KioskView | null>(null)
  const session = useRef<KioskSession | null>(null)

  useEffect(() => {
    let isGone = false
    void findWindow(deviceKey, () => isGone).then(found => {
      if (isGone) return
      if (!found) return onSignedOut()
      setWindow(found)
      const started = startKioskSession({
        deviceKey,
        windowId: found.id,
        language: () => spoken.current,
        onChange: () => session.current && setView(session.current.view()),
        onSignedOut,
      })
      session.current = started
      setView(started.view())
    })
    return () => {
      isGone = true
      session.current?.stop()
    }
  }, [deviceKey, onSignedOut])

  const state = view?.kiosk.state ?? { step: 'WAITING' as const }
  return (
    <div class="window-screen">
      <main>
        {state.step === 'WAITING' && (
          <section class="calm">
            <h1>{words.waitingTitle}</h1>
            <p>{words.waitingText}</p>
          </section>
        )}
        {state.step === 'PREPARING' && (
          <section class="calm">
            <h1>{words.preparing}</h1>
          </section>
        )}
        {state.step === 'RATING' && view && session.current && (
          <RatingScreen key={state.serviceCase.id} {...{ state, language }} now={view.now} session={session.current} />
        )}
        {state.step === 'THANKS' && (
          <section class="calm" role="status">
            <h1>{words.thanks}</h1>
            <h2>{words.receipt}</h2>
            <p class="receipt-number">{state.receiptNumber}</p>
            <p>{words.receiptHint}</p>
            {state.isNegative && <p>{words.negativeNext}</p>}
          </section>
        )}
        {state.step === 'REFUSED' && (
          <section class="calm" role="status">
            <h1>{state.told.message}</h1>
            <p>{state.told.remedy}</p>
          </section>
        )}
      </main>
      <footer>
        <span>{window && words.atWindow(window.number, window.hall?.name ?? window.name)}</span>
        <span class={view?.link.isOpen ? 'online' : 'offline'} role="status">
          {!view ? words.unreachable : view.link.isOpen ? words.online : words.offline(Math.max(1, view.link.attempt))}
        </span>
        <button type="button" class="language" onClick={onLanguage}>
          {words.otherLanguage}
        </button>
      </footer>
    </div>
  )
}

/** The window that the key belongs to, tried until the hub answers; null when the key is not that of a window device. */
async function findWindow(deviceKey: string, isGone: () => boolean): Promise<DeviceWindow | null> {
  for (let attempt = 0; !isGone(); attempt++) {
    try {
      const { viewer } = await graphRequest(DeviceDocument, {}, deviceKey)
      return viewer?.role === 'DEVICE' ? viewer.window : null
    } catch (fault) {
      if (fault instanceof GraphFault && fault.reason === 'SIGNED_OUT') return null
      await pause(attempt)
    }
  }
  return null
}
