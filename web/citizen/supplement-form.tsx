import type { ReceiptQuery } from '../kit/generated/operations.ts'
import type { Language } from '../kit/language.ts'
import { More } from './more.tsx'
import { type Problem, ProblemBox } from './problem-box.tsx'
import type { RatingDraft } from './rating-draft.ts'
import { Items } from './reasons.tsx'
import { TextField } from './text-field.tsx'
import type { CitizenWording } from './wording.ts'

type SupplementFormProps = {
  receiptNumber: string
  level: NonNullable<ReceiptQuery['evaluation']>['level']
  form: NonNullable<ReceiptQuery['followUpForm']>
  draft: RatingDraft
  problem: Problem | null
  language: Language
  words: CitizenWording
}

/** Adds what an SMS reply or a device could not take (补充评价): items of the level that was given, words, answers, pictures; once. */
export function SupplementForm(props: SupplementFormProps) {
  const { receiptNumber, form, draft, problem, language, words } = props
  const level = form.levels.find(one => one.level === props.level)
  return (
    <section id="supplement">
      <h2>{words.supplementTitle}</h2>
      <p class="hint">{words.supplementHint}</p>
      <form method="post" action="/receipt/supplement" enctype="multipart/form-data" data-pictures="/receipt/pictures">
        <ProblemBox problem={problem} language={language} />
        <input type="hidden" name="receiptNumber" value={receiptNumber} />
        <input type="hidden" name="level" value={props.level} />
        {level && level.items.length > 0 && (
          <fieldset class="items">
            <legend>{words.items}</legend>
            <Items level={level} chosenItems={draft.items} language={language} />
          </fieldset>
        )}
        {form.textLimit > 0 && <TextField limit={form.textLimit} text={draft.text} label={words.text} words={words} />}
        <More
          subRatings={form.subRatings}
          pictureLimit={form.pictureLimit}
          draft={draft}
          asksRelation={false}
          asksContact={false}
          isOpen={problem !== null}
          language={language}
          words={words}
        />
        <button type="submit">{words.supplementSubmit}</button>
      </form>
    </section>
  )
}
