import type { EvaluationLevel, EvaluatorRelation, GoodOrPoor, SubRatingsInput } from '../kit/generated/operations.ts'
import type { RatingDraft } from './rating-draft.ts'

/** What every way of handing a rating in has in common, as the graph takes it. */
export function contentInput(draft: RatingDraft) {
  return {
    level: draft.level as EvaluationLevel,
    items: draft.items,
    text: draft.text || null,
    subRatings: subRatingsInput(draft),
    pictures: draft.pictures,
    isPublic: draft.isPublic,
    isAnonymous: draft.isAnonymous,
  }
}

/** A rating with its code (评价) as the graph takes it. */
export function submissionInput(token: string, draft: RatingDraft) {
  return {
    token,
    formTicket: draft.formTicket || null,
    ...contentInput(draft),
    phoneLastFour: draft.phoneLastFour || null,
    relation: asRelation(draft.relation),
    contactPhone: draft.contactPhone || null,
  }
}

/** Answers to the questions apart (分项评价); null when none was given. A reason goes along with its 差 only. */
export function subRatingsInput({ subRatings: answers }: RatingDraft): SubRatingsInput | null {
  const judged = (name: string) =>
    ['GOOD', 'POOR'].includes(answers[name] ?? '') ? (answers[name] as GoodOrPoor) : null
  const affirmed = (name: string) => (answers[name] ? answers[name] === 'yes' : null)
  const why = (name: string) => (judged(name) === 'POOR' ? (answers[`${name}Reason`] ?? null) : null)
  const input = {
    environment: judged('environment'),
    environmentReason: why('environment'),
    attitude: judged('attitude'),
    attitudeReason: why('attitude'),
    isOvercharged: affirmed('isOvercharged'),
    isIntermediaryForced: affirmed('isIntermediaryForced'),
  }
  return Object.values(input).every(answer => answer === null) ? null : input
}

/** Who rates, seen from the applicant, worst fit last: the order of the form. */
export const relations: readonly EvaluatorRelation[] = ['APPLICANT', 'AGENT', 'RELATIVE', 'OTHER']

function asRelation(text: string): EvaluatorRelation {
  return relations.find(relation => relation === text) ?? 'APPLICANT'
}
