import { channelRule, type JurisdictionPolicy, type PhoneFormDepth } from '../../shared/policy/policy.ts'
import { levelsOfForm, type RatingFormLevel } from './rating-form.ts'
import { askedAbout, type SubRatingQuestion, subRatingQuestions } from './sub-ratings.ts'

/** What an operator asks about a service (电话评价表单). */
export type PhoneRatingForm = {
  depth: PhoneFormDepth
  textLimit: number
  levels: RatingFormLevel[]
  subRatings: SubRatingQuestion[]
}

/** The form of a case under its policy, with the items in force at `now`. */
export function phoneRatingForm(
  matter: { hasFees: boolean; involvesIntermediary: boolean },
  policy: JurisdictionPolicy,
  now: Date,
): PhoneRatingForm {
  const { textLimit, reasonRequired, subRatings } = channelRule(policy, 'PHONE')
  return {
    depth: policy.phoneForm.value,
    textLimit,
    levels: levelsOfForm(now, 'CASE', reasonRequired),
    subRatings: subRatingQuestions(subRatings, askedAbout('CASE', matter)),
  }
}
