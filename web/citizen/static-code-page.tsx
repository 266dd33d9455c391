import type { RatingFormQuery } from '../kit/generated/operations.ts'
import type { PageFrame } from '../serving/page.tsx'
import { CitizenPage } from './citizen-page.tsx'
import { FindCasesForm } from './find-cases-form.tsx'
import { Place } from './place.tsx'
import { type Problem, ProblemBox } from './problem-box.tsx'
import { citizenWording } from './wording.ts'

export type StaticCodePageProps = {
  frame: PageFrame
  token: string
  place: NonNullable<RatingFormQuery['ratingForm']['place']>
  phone: string
  problem: Problem | null
  /** Its scan was not counted yet. */
  isUnseen: boolean
}

/** The first step at a static code (静态评价码): one's own case is looked for, or the place is rated without one. */
export function StaticCodePage({ frame, token, place, phone, problem, isUnseen }: StaticCodePageProps) {
  const words = citizenWording[frame.language]
  return (
    <CitizenPage frame={frame} title={words.rateTitle} path={`/r/${token}`}>
      <Place place={place} words={words} />
      <h1>{words.staticTitle}</h1>
      <ProblemBox problem={problem} language={frame.language} />
      <section>
        <h2>{words.withCase}</h2>
        <FindCasesForm token={token} phone={phone} isUnseen={isUnseen} words={words} />
      </section>
      <section>
        <h2>{words.withoutCase}</h2>
        <p>{words.withoutCaseHint}</p>
        <a class="way plain" href={`/r/${token}/direct`}>
          {words.rateDirectly}
        </a>
      </section>
    </CitizenPage>
  )
}
