import type { FindOwnCasesMutation, RatingFormQuery } from '../kit/generated/operations.ts'
import type { PageFrame } from '../serving/page.tsx'
import { CitizenPage } from './citizen-page.tsx'
import { FindCasesForm } from './find-cases-form.tsx'
import { dayAndHour } from './own-case-day.ts'
import { Place } from './place.tsx'
import { citizenWording } from './wording.ts'

export type OwnCase = Extract<
  FindOwnCasesMutation['findOwnCases'],
  { __typename: 'FindOwnCasesSuccess' }
>['cases'][number]

export type OwnCasesPageProps = {
  frame: PageFrame
  token: string
  place: RatingFormQuery['ratingForm']['place']
  cases: OwnCase[]
  /** What the person typed; empty where he is signed in. */
  phone: string
  isSignedIn: boolean
}

/** One's own cases at this place (本人办件), to pick one; finding none is said kindly and is no dead end. */
export function OwnCasesPage({ frame, token, place, cases, phone, isSignedIn }: OwnCasesPageProps) {
  const words = citizenWording[frame.language]
  return (
    <CitizenPage frame={frame} title={words.rateTitle} path={`/r/${token}`}>
      {place && <Place place={place} words={words} />}
      {cases.length > 0 ? (
        <form method="post" action={`/r/${token}/form`}>
          <h1>{words.pickCase}</h1>
          {cases.map(found => (
            <button type="submit" class="plain case" name="formTicket" value={found.formTicket} key={found.formTicket}>
              <span class="case-facts">
                <strong>{found.departmentName}</strong>
                <span>
                  {dayAndHour(found.closedAt, frame.language)} {words.closed}
                  {found.windowNumber && ` · ${words.atWindow(found.windowNumber)}`}
                </span>
                <span class="number">
                  {words.caseNumber} {found.caseNumber}
                </span>
              </span>
            </button>
          ))}
        </form>
      ) : (
        <section>
          <h1>{words.noCases}</h1>
          <p>{isSignedIn ? words.noCasesSignedIn : words.noCasesWhy}</p>
        </section>
      )}
      <section>
        <h2>{words.withoutCase}</h2>
        <p>{words.withoutCaseHint}</p>
        <a class="way plain" href={`/r/${token}/direct`}>
          {words.rateDirectly}
        </a>
      </section>
      {(cases.length === 0 || isSignedIn) && (
        <section>
          <h2>{words.otherPhone}</h2>
          <FindCasesForm token={token} phone={phone} isUnseen={false} words={words} />
        </section>
      )}
    </CitizenPage>
  )
}
