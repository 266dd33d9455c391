import { CitizenPage } from '../citizen/citizen-page.tsx'
import type { MeQuery } from '../kit/generated/operations.ts'
import type { PageFrame } from '../serving/page.tsx'
import { ActingFor } from './acting-for.tsx'
import { type CaseFilter, caseFilters, type ShownCases } from './own-case.ts'
import { OwnCaseCard } from './own-case-card.tsx'
import { PlatformLink } from './platform-link.tsx'
import { type MeWording, meWording } from './wording.ts'

export type ListPageProps = {
  frame: PageFrame
  viewer: NonNullable<MeQuery['viewer']>
  /** Null when they cannot be read now. */
  shown: ShownCases | null
  counts: Record<CaseFilter, number>
  filter: CaseFilter
  /** What was looked for; null when nothing was. */
  typed: string | null
  notice: string | null
  /** Address under which this platform itself is rated; null while it has no code. */
  platformAddress: string | null
}

/** A person's own cases and ratings (我的评价). */
export function ListPage(props: ListPageProps) {
  const { frame, viewer, shown, notice, typed, platformAddress } = props
  const words = meWording[frame.language]
  return (
    <CitizenPage frame={frame} title={words.title} path="/me">
      <div class="me-head">
        <h1>{words.title}</h1>
        <p>{words.signedInAs(viewer.name)}</p>
        <form method="post" action="/me/sign-out">
          <button type="submit" class="plain">
            {words.signOut}
          </button>
        </form>
      </div>
      {notice && (
        <p class="notice" role="status">
          {notice}
        </p>
      )}
      <ActingFor viewer={viewer} words={words} />
      {shown ? <Cases {...props} shown={shown} words={words} /> : <Unavailable words={words} />}
      {typed === null && shown && shown.pages > 1 && <Pages {...props} shown={shown} words={words} />}
      <PlatformLink address={platformAddress} words={words} />
    </CitizenPage>
  )
}

type CasesProps = ListPageProps & { shown: ShownCases; words: MeWording }

function Cases({ frame, shown, counts, filter, typed, words }: CasesProps) {
  const state = typed === null ? filter : 'search'
  return (
    <>
      <nav class="filters" aria-label={words.filterLabel}>
        {caseFilters.map(one => (
          <a key={one} href={addressOf(one, 1)} aria-current={typed === null && one === filter ? 'page' : undefined}>
            {words.filters[one]} <small class="number">{counts[one]}</small>
          </a>
        ))}
      </nav>
      <form method="post" action="/me" class="search">
        <div class="field">
          <label for="search">{words.search}</label>
          <p class="hint" id="search-hint">
            {words.searchHint}
          </p>
          <input
            id="search"
            name="search"
            class="number"
            autocomplete="off"
            autocapitalize="characters"
            spellcheck={false}
            maxlength={60}
            aria-describedby="search-hint"
            value={typed ?? ''}
          />
        </div>
        <button type="submit" class="plain">
          {words.searchSubmit}
        </button>
      </form>
      {typed !== null && (
        <p role="status">
          {shown.count > shown.cases.length ? words.searchTooMany(shown.cases.length) : words.searchResult(shown.count)}
          {words.comma}
          <a href="/me">{words.showAll}</a>
        </p>
      )}
      {shown.cases.length === 0 ? (
        <section>
          <h2>{words.empty[state]}</h2>
          <p>{words.emptyHint[state]}</p>
        </section>
      ) : (
        <ul class="own-cases">
          {shown.cases.map(own => (
            <OwnCaseCard key={own.id} own={own} language={frame.language} />
          ))}
        </ul>
      )}
    </>
  )
}

function Pages({ shown, filter, words }: CasesProps) {
  const { page, pages } = shown
  return (
    <nav class="pages" aria-label={words.pagesLabel}>
      {page > 1 && (
        <a class="way plain" href={addressOf(filter, page - 1)} rel="prev">
          {words.before}
        </a>
      )}
      <p>{words.page(page, pages)}</p>
      {page < pages && (
        <a class="way plain" href={addressOf(filter, page + 1)} rel="next">
          {words.after}
        </a>
      )}
    </nav>
  )
}

function Unavailable({ words }: { words: MeWording }) {
  return (
    <section>
      <h2>{words.unavailable}</h2>
      <p>{words.unavailableRemedy}</p>
    </section>
  )
}

function addressOf(filter: CaseFilter, page: number): string {
  const asked = new URLSearchParams()
  if (filter !== 'all') asked.set('show', filter)
  if (page > 1) asked.set('page', String(page))
  return asked.size > 0 ? `/me?${asked}` : '/me'
}
