import { CitizenPage } from '../citizen/citizen-page.tsx'
import type { PageFrame } from '../serving/page.tsx'
import { PlatformLink } from './platform-link.tsx'
import { meWording } from './wording.ts'

export type EntrancePageProps = {
  frame: PageFrame
  /** Whether an identity provider is configured. */
  isSetUp: boolean
  /** The provider is the demo's own. */
  isDemo: boolean
  notice: string | null
  /** Address under which this platform itself is rated; null while it has no code. */
  platformAddress: string | null
}

/** What 我的评价 is, to whoever has not signed in. */
export function EntrancePage({ frame, isSetUp, isDemo, notice, platformAddress }: EntrancePageProps) {
  const words = meWording[frame.language]
  return (
    <CitizenPage frame={frame} title={words.title} path="/me">
      {notice && (
        <p class="notice" role="status">
          {notice}
        </p>
      )}
      <section>
        <h1>{words.title}</h1>
        <p>{words.lead}</p>
        <ul class="can-do">
          {words.canDo.map(can => (
            <li key={can}>{can}</li>
          ))}
        </ul>
        {isSetUp ? (
          <form method="post" action="/me/sign-in">
            <button type="submit">{words.signIn}</button>
            <p class="hint after-button">{words.signInHint}</p>
            {isDemo && <p class="hint after-button">{words.demoHint}</p>}
          </form>
        ) : (
          <>
            <h2>{words.notSetUp}</h2>
            <p>{words.notSetUpRemedy}</p>
          </>
        )}
      </section>
      <PlatformLink address={platformAddress} words={words} />
    </CitizenPage>
  )
}
