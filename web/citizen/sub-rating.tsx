import type { AskedQuestionFragment } from '../kit/generated/operations.ts'
import type { Language } from '../kit/language.ts'
import { type RatingDraft, subRatingFields } from './rating-draft.ts'
import type { CitizenWording } from './wording.ts'

type SubRatingProps = { asked: AskedQuestionFragment; draft: RatingDraft; language: Language; words: CitizenWording }

/** One question apart from level and items (分项评价): 好 or 差 with a reason for 差, or yes and no. */
export function SubRating({ asked, draft, language, words }: SubRatingProps) {
  const field = subRatingFields[asked.kind]
  const isJudged = asked.kind === 'ENVIRONMENT' || asked.kind === 'ATTITUDE'
  const choices = isJudged
    ? [
        ['GOOD', words.good],
        ['POOR', words.poor],
      ]
    : [
        ['no', words.no],
        ['yes', words.yes],
      ]
  return (
    <fieldset class="sub-rating">
      <legend>{language === 'en' ? asked.questionEnglish : asked.question}</legend>
      {choices.map(([value, label]) => (
        <>
          <input
            type="radio"
            name={field}
            id={`${field}-${value}`}
            value={value}
            checked={draft.subRatings[field] === value}
            required={asked.isRequired}
          />
          <label for={`${field}-${value}`} class="answer">
            {label}
          </label>
        </>
      ))}
      {isJudged && (
        <div class="field why">
          <label for={`${field}Reason`}>{words.whyPoor}</label>
          <input
            id={`${field}Reason`}
            name={`${field}Reason`}
            maxlength={100}
            autocomplete="off"
            value={draft.subRatings[`${field}Reason`] ?? ''}
          />
        </div>
      )}
    </fieldset>
  )
}
