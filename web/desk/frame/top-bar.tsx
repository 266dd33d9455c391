import { useClient } from 'urql'
import { DeskSignOutDocument } from '../../kit/generated/operations.ts'
import { languageTag } from '../../kit/language.ts'
import { addressOf } from '../address.ts'
import { asRegistered } from '../graph-client.ts'
import { leaveSession } from '../session.ts'
import { useLanguage, useSpeak, useWords } from '../speaking.tsx'
import { ScopeSwitch } from './scope-switch.tsx'
import type { DeskViewer } from './viewer.ts'
import { frameWording } from './wording.ts'

type TopBarProps = { viewer: DeskViewer | null; isNarrowable: boolean; onHelp: () => void }

/** Product, scope, who works here, language, leaving. */
export function TopBar({ viewer, isNarrowable, onHelp }: TopBarProps) {
  const words = useWords(frameWording)
  const language = useLanguage()
  const speak = useSpeak()
  const client = useClient()
  const other = language === 'zh' ? 'en' : 'zh'

  const signOut = async () => {
    await client.mutation(asRegistered(DeskSignOutDocument), {}).toPromise()
    leaveSession()
  }

  return (
    <header className="top-bar">
      <a className="product" href={addressOf('/')} data-desk-link>
        <strong>{words.product}</strong>
        <span>{words.desk}</span>
      </a>
      {viewer && <ScopeSwitch viewer={viewer} isNarrowable={isNarrowable} />}
      <div className="top-tools">
        {viewer && (
          <p className="who">
            <strong>{viewer.name}</strong>
            <span>{words.role[viewer.role]}</span>
          </p>
        )}
        <button type="button" onClick={onHelp} title={words.keysHint} aria-label={words.keys}>
          ?
        </button>
        <button type="button" lang={languageTag[other]} onClick={() => speak(other)}>
          {words.otherLanguage}
        </button>
        <button type="button" onClick={signOut}>
          {words.signOut}
        </button>
      </div>
    </header>
  )
}
