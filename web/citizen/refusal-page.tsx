import type { PageFrame } from '../serving/page.tsx'
import { CitizenPage } from './citizen-page.tsx'
import { citizenWording } from './wording.ts'

export type RefusalPageProps = {
  frame: PageFrame
  path: string
  title: string
  message: string
  remedy: string
  /** Where to go from here, so that no page is a dead end. */
  ways: { address: string; words: string }[]
}

/** A page that says why it cannot go on, and what to do about it. */
export function RefusalPage({ frame, path, title, message, remedy, ways }: RefusalPageProps) {
  const words = citizenWording[frame.language]
  return (
    <CitizenPage frame={frame} title={title} path={path}>
      <section class="refusal">
        <h1>{title}</h1>
        {message && message !== title && <p class="refusal-message">{message}</p>}
        <h2>{words.whatToDoTitle}</h2>
        <p>{remedy}</p>
        {ways.map(way => (
          <a class="way" href={way.address} key={way.address}>
            {way.words}
          </a>
        ))}
      </section>
    </CitizenPage>
  )
}
