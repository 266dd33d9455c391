import { useEffect, useRef, useState } from 'preact/hooks'
import { RecentClosingsDocument, type RecentClosingsQuery } from '../kit/generated/operations.ts'
import { graphRequest } from '../kit/graph-request.ts'
import type { Language } from '../kit/language.ts'
import type { KioskSession } from './kiosk-session.ts'
import { type RecentCase, recentUnrated } from './recent-cases.ts'
import { kioskWording } from './wording.ts'

/** Nobody chose: the list of other people's cases does not stay on the screen, milliseconds. */
const longestOpenMilliseconds = 30_000

type ManualWakeProps = {
  deviceKey: string
  windowId: string
  deviceId: string
  language: Language
  session: KioskSession
  onClose: () => void
}

/** The last cases of this window that were not rated, for the clerk who has to wake the device by hand (手动唤起). */
export function ManualWake({ deviceKey, windowId, deviceId, language, session, onClose }: ManualWakeProps) {
  const words = kioskWording[language]
  const [found, setFound] = useState<{ cases: RecentCase[]; countToday: number | null } | null>(null)
  const [problem, setProblem] = useState<string | null>(null)
  const title = useRef<HTMLHeadingElement>(null)
  useEffect(() => {
    title.current?.focus()
    const closing = setTimeout(onClose, longestOpenMilliseconds)
    graphRequest(RecentClosingsDocument, { windowId, deviceId }, deviceKey).then(
      answer => setFound(seen(answer, session.view().serverNow)),
      () => setProblem(words.wakeOffline),
    )
    return () => clearTimeout(closing)
  }, [windowId, deviceId, deviceKey, session, onClose, words])

  const choose = async (serviceCase: RecentCase) => {
    const answer = await session.wake(serviceCase)
    if ('told' in answer) setProblem(answer.told.message)
    else onClose()
  }
  return (
    <section class="wake" aria-labelledby="wake-title">
      <h1 id="wake-title" tabIndex={-1} ref={title}>
        {words.wakeTitle}
      </h1>
      <p>{words.wakeHint}</p>
      {problem && (
        <p class="problem" role="alert">
          {problem}
        </p>
      )}
      {found && (
        <>
          {found.countToday !== null && <p class="wake-count">{words.wakesToday(found.countToday)}</p>}
          {found.cases.length === 0 && <p>{words.wakeNone}</p>}
          <ul>
            {found.cases.map(serviceCase => (
              <li key={serviceCase.id}>
                <button type="button" onClick={() => void choose(serviceCase)}>
                  <strong>{serviceCase.matter?.name ?? '—'}</strong>
                  <span class="wake-closed">
                    {words.closedCase(serviceCase.caseNumber.slice(-4), serviceCase.closedAtTime)}
                  </span>
                </button>
              </li>
            ))}
          </ul>
        </>
      )}
      <button type="button" class="submit" onClick={onClose}>
        {words.back}
      </button>
    </section>
  )
}

function seen({ serviceCases, device }: RecentClosingsQuery, serverNow: number) {
  const cases = recentUnrated(
    serviceCases.edges.map(({ node }) => node),
    serverNow,
  )
  return { cases, countToday: device?.manualWakeCount ?? null }
}
