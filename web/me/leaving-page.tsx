import { CitizenPage } from '../citizen/citizen-page.tsx'
import type { PageFrame } from '../serving/page.tsx'
import { meWording } from './wording.ts'

export type LeavingPageProps = { frame: PageFrame; address: string }

/** Goes on to the identity provider (身份认证平台), by itself or by the button. */
export function LeavingPage({ frame, address }: LeavingPageProps) {
  const words = meWording[frame.language]
  return (
    <CitizenPage frame={frame} title={words.leaving} path="/me">
      <section>
        <h1>{words.leaving}</h1>
        <p>{words.leavingHint}</p>
        <a class="way" href={address}>
          {words.goOn}
        </a>
      </section>
    </CitizenPage>
  )
}
