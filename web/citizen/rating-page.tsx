import type { RatingFormQuery } from '../kit/generated/operations.ts'
import type { PageFrame } from '../serving/page.tsx'
import { CitizenPage } from './citizen-page.tsx'
import { LevelChoice } from './level-choice.tsx'
import { type Problem, ProblemBox } from './problem-box.tsx'
import type { RatingDraft } from './rating-draft.ts'
import { Reasons } from './reasons.tsx'
import { Subject } from './subject.tsx'
import { citizenWording } from './wording.ts'
import { YesNo } from './yes-no.tsx'

export type RatingPageProps = {
  frame: PageFrame
  token: string
  form: RatingFormQuery['ratingForm']
  draft: RatingDraft
  problem: Problem | null
}

/**
 * The rating form (评价页). Everything works by plain form posting: which reasons show is decided by sibling selectors,
 * which old phones know, and the script only smooths it.
 */
export function RatingPage({ frame, token, form, draft, problem }: RatingPageProps) {
  const { language } = frame
  const words = citizenWording[language]
  const path = `/r/${token}`
  return (
    <CitizenPage frame={frame} title={words.rateTitle} path={path}>
      {form.subject && <Subject subject={form.subject} words={words} />}
      <form method="post" action={path} id="rating">
        <ProblemBox problem={problem} language={frame.language} />
        <input type="hidden" name="formTicket" value={form.formTicket ?? draft.formTicket} />
        {form.isProofRequired && (
          <div class="field">
            <label for="phone">{words.phone}</label>
            <p class="hint" id="phone-hint">
              {words.phoneHint}
            </p>
            <input
              id="phone"
              name="phoneLastFour"
              inputmode="numeric"
              pattern="[0-9]{4}"
              maxlength={4}
              autocomplete="off"
              required
              aria-describedby="phone-hint"
              value={draft.phoneLastFour}
            />
          </div>
        )}
        <fieldset class="levels">
          <legend>
            <h1>{words.levelQuestion}</h1>
          </legend>
          {form.levels.map(level => (
            <LevelChoice key={level.level} level={level} isChosen={draft.level === level.level} language={language} />
          ))}
          <div class="after-level">
            {form.levels.map(level => (
              <Reasons key={level.level} level={level} chosenItems={draft.items} language={language} words={words} />
            ))}
            {form.textLimit > 0 && (
              <div class="field">
                <label for="text">{words.text}</label>
                <p class="hint" id="text-hint">
                  {words.textLimit(form.textLimit)}
                </p>
                <textarea
                  id="text"
                  name="text"
                  rows={3}
                  aria-describedby="text-hint"
                  data-limit={form.textLimit}
                  value={draft.text}
                />
              </div>
            )}
            <YesNo
              name="isPublic"
              question={words.publicQuestion}
              hint={words.publicHint}
              isYes={draft.isPublic}
              words={words}
            />
            <YesNo
              name="isAnonymous"
              question={words.anonymousQuestion}
              hint={words.anonymousHint}
              isYes={draft.isAnonymous}
              words={words}
            />
          </div>
        </fieldset>
        <div class="bar">
          <p class="said" role="status" id="said" />
          <button type="submit">{words.submit}</button>
        </div>
      </form>
    </CitizenPage>
  )
}
