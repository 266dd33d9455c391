import { Button, Result, Skeleton } from 'antd'
import { Suspense, useEffect, useMemo, useRef, useState } from 'react'
import { DeskWhoDocument } from '../../kit/generated/operations.ts'
import { addressOf, useAddress } from '../address.ts'
import { useAnswer } from '../graph.ts'
import { type DeskPage, pagesOf } from '../pages.ts'
import { noteSessionEnd, useSession } from '../session.ts'
import { useLanguage, useWords } from '../speaking.tsx'
import { CutBanner } from './cut-banner.tsx'
import { followLinks } from './follow-links.ts'
import { KeyHelp } from './key-help.tsx'
import { takeKey } from './keys.ts'
import { PageBoundary } from './page-boundary.tsx'
import { SideNav } from './side-nav.tsx'
import { TopBar } from './top-bar.tsx'
import { asDeskViewer, type DeskViewer } from './viewer.ts'
import { frameWording } from './wording.ts'

const nothing = {}

/** Everything around the pages: top bar, navigation, keys, and the page that the address names. */
export function Frame({ onWho }: { onWho: (accountId: string) => void }) {
  const words = useWords(frameWording)
  const { token } = useSession()
  const { path } = useAddress()
  const [isHelpOpen, setHelpOpen] = useState(false)
  const { data } = useAnswer(DeskWhoDocument, nothing)
  const viewer = useMemo(() => (data?.viewer ? asDeskViewer(data.viewer) : null), [data?.viewer])
  const pages = useMemo(() => (viewer ? pagesOf(viewer) : []), [viewer])
  const page = pages.find(candidate => candidate.path === path)

  useEffect(() => {
    if (data && !data.viewer) noteSessionEnd(token)
    if (data?.viewer) onWho(data.viewer.id)
  }, [data, token, onWho])

  useEffect(() => {
    const hear = (event: KeyboardEvent) => takeKey(event, pages, () => setHelpOpen(isOpen => !isOpen))
    addEventListener('keydown', hear)
    return () => removeEventListener('keydown', hear)
  }, [pages])

  useEffect(() => {
    addEventListener('click', followLinks)
    return () => removeEventListener('click', followLinks)
  }, [])

  return (
    <div className="desk">
      <a className="skip" href="#content">
        {words.skip}
      </a>
      <TopBar viewer={viewer} isNarrowable={page?.isByHall ?? false} onHelp={() => setHelpOpen(true)} />
      <SideNav pages={pages} />
      <main id="content" tabIndex={-1}>
        <CutBanner />
        {viewer ? <OpenPage key={path} viewer={viewer} page={page} hasDesk={pages.length > 0} /> : <Skeleton active />}
      </main>
      <KeyHelp isOpen={isHelpOpen} pages={pages} onClose={() => setHelpOpen(false)} />
    </div>
  )
}

type OpenPageProps = { viewer: DeskViewer; page: DeskPage | undefined; hasDesk: boolean }

function OpenPage({ viewer, page, hasDesk }: OpenPageProps) {
  const words = useWords(frameWording)
  const language = useLanguage()
  const { parameters } = useAddress()
  const heading = useRef<HTMLHeadingElement>(null)
  const title = page?.title[language] ?? (hasDesk ? words.unknownPage : words.noDesk)

  // Whoever cannot see the page change hears its name.
  useEffect(() => heading.current?.focus({ preventScroll: true }), [])

  return (
    <>
      <title>{`${title} · ${words.product}${words.desk}`}</title>
      <h1 ref={heading} tabIndex={-1}>
        {title}
      </h1>
      {page ? (
        <PageBoundary>
          <Suspense fallback={<Skeleton active />}>
            <page.view viewer={viewer} hallId={page.isByHall ? parameters.get('hall') : null} />
          </Suspense>
        </PageBoundary>
      ) : (
        <Result
          status="404"
          icon={null}
          subTitle={hasDesk ? words.unknownPageHint : words.noDeskHint}
          extra={
            hasDesk ? (
              <a href={addressOf('/')} data-desk-link>
                {words.toHome}
              </a>
            ) : (
              <Button href="/me">{words.ownRatings}</Button>
            )
          }
        />
      )}
    </>
  )
}
