import type { SubRatingKind } from '../kit/generated/operations.ts'
import { levels } from '../kit/levels.ts'

/** Fields of the questions apart (分项评价) as the form posts them. */
export const subRatingFields: Record<SubRatingKind, string> = {
  ENVIRONMENT: 'environment',
  ATTITUDE: 'attitude',
  FEES: 'isOvercharged',
  INTERMEDIARY: 'isIntermediaryForced',
}

/** What a person has filled in so far (评价草稿), as the form posts it. */
export type RatingDraft = {
  /** Name of the level, e.g. `DISSATISFIED`; empty while none is chosen. */
  level: string
  items: string[]
  text: string
  isPublic: boolean
  isAnonymous: boolean
  phoneLastFour: string
  formTicket: string
  /** Answers by the field of their question, e.g. `environment` → `POOR`, `environmentReason` → a few words. */
  subRatings: Record<string, string>
  /** Ids of pictures that were uploaded with this form. */
  pictures: string[]
  relation: string
  contactPhone: string
}

export const emptyDraft: RatingDraft = {
  level: '',
  items: [],
  text: '',
  isPublic: true,
  isAnonymous: false,
  phoneLastFour: '',
  formTicket: '',
  subRatings: {},
  pictures: [],
  relation: 'APPLICANT',
  contactPhone: '',
}

const answers = [...Object.values(subRatingFields), 'environmentReason', 'attitudeReason']

/**
 * Reads a posted form. Items of other levels, ticked before the person changed his mind, are left behind;
 * everything else is judged by the graph.
 */
export function readDraft(form: URLSearchParams): RatingDraft {
  const level = form.get('level') ?? ''
  const removed = form.getAll('removedPicture')
  const written = (name: string) => (form.get(name) ?? '').replaceAll('\r\n', '\n').trim()
  return {
    level,
    items: form.getAll(`item-${level}`),
    text: written('text'),
    isPublic: form.get('isPublic') !== 'no',
    isAnonymous: form.get('isAnonymous') === 'yes',
    phoneLastFour: written('phoneLastFour'),
    formTicket: form.get('formTicket') ?? '',
    subRatings: Object.fromEntries(answers.map(name => [name, written(name)]).filter(([, answer]) => answer !== '')),
    pictures: form.getAll('picture').filter(id => !removed.includes(id)),
    relation: form.get('relation') || 'APPLICANT',
    contactPhone: written('contactPhone'),
  }
}

/** Whether one of the five levels was chosen. */
export function hasLevel(draft: RatingDraft): boolean {
  return levels.some(level => level.level === draft.level)
}
