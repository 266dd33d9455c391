import type { ComponentChildren } from 'preact'
import { citizenWording } from '../citizen/wording.ts'
import { Page, type PageFrame } from '../serving/page.tsx'
import { terminalWording } from './wording.ts'

export type TerminalFrameProps = {
  frame: PageFrame
  title: string
  /** Told to the shell of the terminal: `alive` while somebody may be at it, `done` when it is cleared. */
  state: 'alive' | 'done'
  /** Where an idle page goes, and after how many seconds without a touch; null stays. */
  idle: { seconds: number; address: string } | null
  /** Prints itself once. */
  isPrinted?: boolean
  /** Address of the same page in the other language; null where nothing is to be read long. */
  otherLanguage: string | null
  children: ComponentChildren
}

/** The frame of the terminal's pages: no link leads out, and whoever walks away leaves nothing behind. */
export function TerminalFrame(props: TerminalFrameProps) {
  const { frame, title, state, idle, isPrinted, otherLanguage } = props
  const words = terminalWording[frame.language]
  const service = citizenWording[frame.language]
  const other = frame.language === 'zh' ? 'en' : 'zh'
  return (
    <Page frame={frame} title={`${title} · ${service.service}`}>
      <header class="masthead">
        <p>{service.service}</p>
        {otherLanguage && (
          <a href={otherLanguage} lang={other} hreflang={other}>
            {service.otherLanguage}
          </a>
        )}
      </header>
      <main
        id="stage"
        data-state={state}
        data-idle-seconds={idle?.seconds}
        data-idle-address={idle?.address}
        data-is-printed={isPrinted}
      >
        {props.children}
      </main>
      {idle && (
        <div id="idle" class="idle" role="alertdialog" aria-labelledby="idle-title" aria-describedby="idle-left" hidden>
          <div class="idle-box">
            <h2 id="idle-title">{words.stillThere}</h2>
            <p id="idle-left">{words.clearsIn(10)}</p>
            <button type="button" id="idle-stay">
              {words.stay}
            </button>
          </div>
        </div>
      )}
    </Page>
  )
}
