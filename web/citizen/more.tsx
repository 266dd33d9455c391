import type { AskedQuestionFragment } from '../kit/generated/operations.ts'
import type { Language } from '../kit/language.ts'
import { PicturesField } from './pictures-field.tsx'
import type { RatingDraft } from './rating-draft.ts'
import { relations } from './rating-input.ts'
import { SubRating } from './sub-rating.tsx'
import type { CitizenWording } from './wording.ts'

type MoreProps = {
  subRatings: AskedQuestionFragment[]
  pictureLimit: number
  draft: RatingDraft
  asksRelation: boolean
  asksContact: boolean
  isOpen: boolean
  language: Language
  words: CitizenWording
}

/** What nobody has to fill in (更多，选填): questions apart, pictures, who rates, a phone. Folded away unless something in it was filled in or is wrong. */
export function More({
  subRatings,
  pictureLimit,
  draft,
  asksRelation,
  asksContact,
  isOpen,
  language,
  words,
}: MoreProps) {
  if (subRatings.length === 0 && pictureLimit === 0 && !asksRelation && !asksContact) return null
  const isFilledIn =
    Object.keys(draft.subRatings).length > 0 ||
    draft.pictures.length > 0 ||
    draft.contactPhone !== '' ||
    draft.relation !== 'APPLICANT'
  return (
    <details class="more" open={isOpen || isFilledIn}>
      <summary>{words.more}</summary>
      {subRatings.map(asked => (
        <SubRating key={asked.kind} asked={asked} draft={draft} language={language} words={words} />
      ))}
      {pictureLimit > 0 && <PicturesField limit={pictureLimit} pictures={draft.pictures} words={words} />}
      {asksContact && (
        <div class="field">
          <label for="contactPhone">{words.contactPhone}</label>
          <p class="hint" id="contact-hint">
            {words.contactHint}
          </p>
          <input
            id="contactPhone"
            name="contactPhone"
            type="tel"
            inputmode="tel"
            maxlength={30}
            autocomplete="tel"
            aria-describedby="contact-hint"
            value={draft.contactPhone}
          />
        </div>
      )}
      {asksRelation && (
        <fieldset class="relation">
          <legend>{words.relation}</legend>
          <div class="pair wrapped">
            {relations.map(relation => (
              <label key={relation}>
                <input type="radio" name="relation" value={relation} checked={draft.relation === relation} />
                <span class="answer">{words.relations[relation]}</span>
              </label>
            ))}
          </div>
        </fieldset>
      )}
    </details>
  )
}
