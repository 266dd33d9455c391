import type { ReceiptQuery } from '../kit/generated/operations.ts'
import type { PageFrame } from '../serving/page.tsx'
import { CitizenPage } from './citizen-page.tsx'
import { type Problem, ProblemBox } from './problem-box.tsx'
import type { RatingDraft } from './rating-draft.ts'
import { RatingFields } from './rating-fields.tsx'
import { citizenWording } from './wording.ts'

export type SecondRatingPageProps = {
  frame: PageFrame
  receiptNumber: string
  /** What was rated before, e.g. the matter; null when it cannot be named now. */
  ratedName: string | null
  form: NonNullable<ReceiptQuery['followUpForm']>
  /** The first was bad and its handling has been told: the second may speak of how it was put right. */
  mayBeAboutRectification: boolean
  isAboutRectification: boolean
  draft: RatingDraft
  problem: Problem | null
  isMoreOpen: boolean
}

/** A second rating (追评) of what was rated before, or of how it was put right. */
export function SecondRatingPage(props: SecondRatingPageProps) {
  const { frame, receiptNumber, ratedName, form, draft, problem } = props
  const words = citizenWording[frame.language]
  const about = [
    ['no', words.aboutService, !props.isAboutRectification],
    ['yes', words.aboutRectification, props.isAboutRectification],
  ] as const
  return (
    <CitizenPage frame={frame} title={words.secondTitle} path="/receipt">
      {ratedName && (
        <dl class="subject">
          <div class="matter">
            <dt>{words.rated}</dt>
            <dd>{ratedName}</dd>
          </div>
        </dl>
      )}
      <p class="hint">{words.secondHint}</p>
      <form
        method="post"
        action="/receipt/second"
        id="rating"
        enctype="multipart/form-data"
        data-pictures="/receipt/pictures"
      >
        <ProblemBox problem={problem} language={frame.language} />
        <input type="hidden" name="receiptNumber" value={receiptNumber} />
        {props.mayBeAboutRectification && (
          <fieldset class="about">
            <legend>{words.aboutQuestion}</legend>
            <div class="pair wrapped">
              {about.map(([value, label, isChosen]) => (
                <label key={value}>
                  <input type="radio" name="isAboutRectification" value={value} checked={isChosen} />
                  <span class="answer">{label}</span>
                </label>
              ))}
            </div>
          </fieldset>
        )}
        <RatingFields
          question={words.secondQuestion}
          form={form}
          draft={draft}
          asksRelation={false}
          asksContact={false}
          isMoreOpen={props.isMoreOpen}
          language={frame.language}
          words={words}
        />
        <div class="bar">
          <p class="said" role="status" id="said" />
          <button type="submit">{words.secondSubmit}</button>
        </div>
      </form>
    </CitizenPage>
  )
}
