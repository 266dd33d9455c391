import type { AskedQuestionFragment, FormLevelFragment } from '../kit/generated/operations.ts'
import type { Language } from '../kit/language.ts'
import { LevelChoice } from './level-choice.tsx'
import { More } from './more.tsx'
import type { RatingDraft } from './rating-draft.ts'
import { Reasons } from './reasons.tsx'
import { SubRating } from './sub-rating.tsx'
import { TextField } from './text-field.tsx'
import type { CitizenWording } from './wording.ts'
import { YesNo } from './yes-no.tsx'

/** What may be filled in: the same at every code and for a second rating. */
export type RatingFieldsProps = {
  question: string
  form: { levels: FormLevelFragment[]; subRatings: AskedQuestionFragment[]; textLimit: number; pictureLimit: number }
  draft: RatingDraft
  /** Who rates, seen from the applicant, is asked where it is not known. */
  asksRelation: boolean
  /** A rating without a case may leave a phone. */
  asksContact: boolean
  isMoreOpen: boolean
  language: Language
  words: CitizenWording
}

/**
 * The fields of a rating (评价表单): a level, and what follows it. Reasons show by sibling selectors, which old phones know; what nobody needs
 * is folded away, so that two taps are enough.
 */
export function RatingFields(props: RatingFieldsProps) {
  const { form, draft, language, words } = props
  const required = form.subRatings.filter(asked => asked.isRequired)
  const optional = form.subRatings.filter(asked => !asked.isRequired)
  return (
    <fieldset class="levels">
      <legend>
        <h1>{props.question}</h1>
      </legend>
      {form.levels.map(level => (
        <LevelChoice key={level.level} level={level} isChosen={draft.level === level.level} language={language} />
      ))}
      <div class="after-level">
        {form.levels.map(level => (
          <Reasons key={level.level} level={level} chosenItems={draft.items} language={language} words={words} />
        ))}
        {form.textLimit > 0 && <TextField limit={form.textLimit} text={draft.text} label={words.text} words={words} />}
        {required.map(asked => (
          <SubRating key={asked.kind} asked={asked} draft={draft} language={language} words={words} />
        ))}
        <More {...props} subRatings={optional} pictureLimit={form.pictureLimit} isOpen={props.isMoreOpen} />
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
  )
}
