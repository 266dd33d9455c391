import { useCallback, useEffect, useRef, useState } from 'preact/hooks'
import { DeviceDocument, type DeviceQuery } from '../kit/generated/operations.ts'
import { GraphFault, graphRequest } from '../kit/graph-request.ts'
import type { Language } from '../kit/language.ts'
import { pause } from '../kit/live-link.ts'
import { openDeviceStore } from './device-store.ts'
import { type KioskSession, type KioskView, startKioskSession } from './kiosk-session.ts'
import { ManualWake } from './manual-wake.tsx'
import { RatingScreen } from './rating-screen.tsx'
import { RefusedScreen, ThanksScreen } from './thanks-screen.tsx'
import { VolumeButton } from './volume-button.tsx'
import { kioskWording } from './wording.ts'

type ThisDevice = { id: string; window: NonNullable<NonNullable<DeviceQuery['viewer']>['window']> }

type WindowScreenProps = { language: Language; deviceKey: string; onSignedOut: () => void; onLanguage: () => void }

/** The screen of one window: waiting, rating, thanks; always with an honest word on the connection. */
export function WindowScreen({ language, deviceKey, onSignedOut, onLanguage }: WindowScreenProps) {
  const words = kioskWording[language]
  const spoken = useRef(language)
  spoken.current = language
  const [device, setDevice] = useState<ThisDevice | null>(null)
  const [view, setView] = useState<KioskView | null>(null)
  const [isUnfit, setUnfit] = useState(false)
  const [isWaking, setWaking] = useState(false)
  const session = useRef<KioskSession | null>(null)
  const stopWaking = useCallback(() => setWaking(false), [])

  useEffect(() => {
    let isGone = false
    const start = async () => {
      const found = await findDevice(deviceKey, () => isGone)
      if (isGone) return
      if (!found) return onSignedOut()
      setDevice(found)
      const store = await openDeviceStore(found.id)
      if (isGone) return store.close()
      const started = startKioskSession({
        deviceKey,
        windowId: found.window.id,
        store,
        language: () => spoken.current,
        onChange: () => session.current && setView(session.current.view()),
        onSignedOut,
      })
      session.current = started
      setView(started.view())
    }
    void start().catch(() => setUnfit(true))
    return () => {
      isGone = true
      session.current?.stop()
    }
  }, [deviceKey, onSignedOut])

  const state = view?.kiosk.state ?? { step: 'WAITING' as const }
  const isIdle = state.step === 'WAITING'
  useEffect(() => {
    if (!isIdle) setWaking(false)
  }, [isIdle])
  return (
    <div class="window-screen">
      <main>
        {isIdle && isWaking && device && session.current && (
          <ManualWake
            {...{ deviceKey, language }}
            windowId={device.window.id}
            deviceId={device.id}
            session={session.current}
            onClose={stopWaking}
          />
        )}
        {isIdle && !isWaking && (
          <section class="calm">
            <h1>{isUnfit ? words.unfitTitle : words.waitingTitle}</h1>
            <p>{isUnfit ? words.unfitText : words.waitingText}</p>
          </section>
        )}
        {state.step === 'PREPARING' && (
          <section class="calm">
            <h1>{words.preparing}</h1>
          </section>
        )}
        {state.step === 'RATING' && view && session.current && (
          <RatingScreen
            key={state.serviceCase.id}
            {...{ state, language }}
            now={view.now}
            serverNow={view.serverNow}
            session={session.current}
          />
        )}
        {state.step === 'THANKS' && view && session.current && (
          <ThanksScreen {...{ state, language, view }} onFinished={session.current.finish} />
        )}
        {state.step === 'REFUSED' && session.current && (
          <RefusedScreen {...{ state, language }} onFinished={session.current.finish} />
        )}
      </main>
      <footer>
        <span class="place">
          {device && words.atWindow(device.window.number, device.window.hall?.name ?? device.window.name)}
        </span>
        <ConnectionWord view={view} language={language} />
        <div class="controls">
          {isIdle && view && !isWaking && (
            <button type="button" onClick={() => setWaking(true)}>
              {words.wake}
            </button>
          )}
          <VolumeButton language={language} />
          <button type="button" lang={language === 'zh' ? 'en' : 'zh-CN'} onClick={onLanguage}>
            {words.otherLanguage}
          </button>
        </div>
      </footer>
    </div>
  )
}

/** Whether the hub hears the device now, and how many ratings it still keeps. */
function ConnectionWord({ view, language }: { view: KioskView | null; language: Language }) {
  const words = kioskWording[language]
  if (!view) {
    return (
      <span class="offline" role="status">
        {words.unreachable}
      </span>
    )
  }
  const { link, unsent } = view
  return (
    <span class={link.isOpen ? 'online' : 'offline'} role="status">
      {link.isOpen ? words.online(unsent) : words.offline(Math.max(1, link.attempt), unsent)}
    </span>
  )
}

/** The device that the key belongs to, asked for until the hub answers; null when it is not the key of a window device. */
async function findDevice(deviceKey: string, isGone: () => boolean): Promise<ThisDevice | null> {
  for (let attempt = 0; !isGone(); attempt++) {
    try {
      const { viewer } = await graphRequest(DeviceDocument, {}, deviceKey)
      return viewer?.role === 'DEVICE' && viewer.window ? { id: viewer.id, window: viewer.window } : null
    } catch (fault) {
      if (fault instanceof GraphFault && fault.reason === 'SIGNED_OUT') return null
      await pause(attempt)
    }
  }
  return null
}
