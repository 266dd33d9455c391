import type { ComponentChildren } from 'preact'
import { Page, type PageFrame } from '../serving/page.tsx'
import { citizenWording } from './wording.ts'

/** The frame of the citizen's pages: who is asking, the switch of language, the promise that nobody may interfere. */
export function CitizenPage(props: { frame: PageFrame; title: string; path: string; children: ComponentChildren }) {
  const { frame, title, path, children } = props
  const words = citizenWording[frame.language]
  const other = frame.language === 'zh' ? 'en' : 'zh'
  return (
    <Page frame={frame} title={`${title} · ${words.service}`}>
      <header class="masthead">
        <p>{words.service}</p>
        <a href={`${path}?lang=${other}`} lang={other} hreflang={other}>
          {words.otherLanguage}
        </a>
      </header>
      <main>{children}</main>
      <footer>
        <p>{words.promise}</p>
      </footer>
    </Page>
  )
}
