import { useEffect, useRef, useState } from 'react'
import { SignOutDocument, type WallViewerFragment, WhoIsAskingDocument } from '../kit/generated/operations.ts'
import { GraphFault, graphRequest } from '../kit/graph-request.ts'
import type { Language } from '../kit/language.ts'
import { pause } from '../kit/live-link.ts'
import { Board } from './board.tsx'
import { Tone } from './tone.ts'
import { startWallSession, type WallSession, type WallView } from './wall-session.ts'

/** How long a new card flashes, milliseconds; the stylesheet blinks it less than twice a second. */
const flashMilliseconds = 3000

type SignedInProps = { language: Language; token: string; onLeave: (isByWish: boolean) => void }

/** Connects the board with the graph and the loudspeaker. */
export function SignedIn({ language, token, onLeave }: SignedInProps) {
  const session = useRef<WallSession | null>(null)
  const [viewer, setViewer] = useState<WallViewerFragment | null>(null)
  const [view, setView] = useState<WallView | null>(null)
  const [fresh, setFresh] = useState<ReadonlySet<string>>(new Set())
  const [tone] = useState(() => new Tone())
  const [isAudible, setAudible] = useState(false)

  useEffect(() => {
    tone.onChange = setAudible
    tone.open()
    return () => tone.close()
  }, [tone])

  useEffect(() => {
    let isGone = false
    void whoIsAsking(token, () => isGone).then(found => {
      if (isGone) return
      if (!found) return onLeave(false)
      setViewer(found)
    })
    const timers = new Set<ReturnType<typeof setTimeout>>()
    const started = startWallSession({
      token,
      onChange: () => session.current && setView(session.current.view()),
      onNew: id => {
        tone.play()
        setFresh(before => new Set(before).add(id))
        const timer = setTimeout(() => {
          timers.delete(timer)
          setFresh(before => new Set([...before].filter(known => known !== id)))
        }, flashMilliseconds)
        timers.add(timer)
      },
      onSignedOut: () => !isGone && onLeave(false),
    })
    session.current = started
    setView(started.view())
    const ticking = setInterval(() => setView(started.view()), 1000)
    return () => {
      isGone = true
      clearInterval(ticking)
      for (const timer of timers) clearTimeout(timer)
      started.stop()
    }
  }, [token, tone, onLeave])

  const signOut = async () => {
    await graphRequest(SignOutDocument, {}, token).catch(() => null)
    onLeave(true)
  }

  if (!view) return null
  return (
    <Board
      language={language}
      viewer={viewer}
      view={view}
      fresh={fresh}
      isAudible={isAudible}
      onSound={() => tone.allow()}
      onAcknowledge={id => session.current!.acknowledge(id)}
      onSignOut={signOut}
    />
  )
}

/** Who the token belongs to, asked until the hub answers; null when it is no longer good. */
async function whoIsAsking(token: string, isGone: () => boolean): Promise<WallViewerFragment | null> {
  for (let attempt = 0; !isGone(); attempt++) {
    try {
      return (await graphRequest(WhoIsAskingDocument, {}, token)).viewer
    } catch (fault) {
      if (fault instanceof GraphFault && fault.reason === 'SIGNED_OUT') return null
      await pause(attempt)
    }
  }
  return null
}
