import { Page, type PageFrame } from '../serving/page.tsx'

export type ScreenPageProps = { frame: PageFrame; title: string; needsScript: string }

/** The empty document into which a screen that stays open (window device, wall) draws itself. */
export function ScreenPage({ frame, title, needsScript }: ScreenPageProps) {
  return (
    <Page frame={frame} title={title}>
      <div id="screen">
        <noscript>{needsScript}</noscript>
      </div>
    </Page>
  )
}
