import type { EvaluationLevel, GoodOrPoor, PhoneFormFragment } from '../../kit/generated/operations.ts'

/** A rating while it is taken on the phone (通话中的评价). */
export type RatingDraft = {
  level: EvaluationLevel | null
  items: readonly string[]
  environment: GoodOrPoor | null
  attitude: GoodOrPoor | null
  isPublic: boolean
  isAnonymous: boolean
}

export const emptyDraft: RatingDraft = {
  level: null,
  items: [],
  environment: null,
  attitude: null,
  isPublic: true,
  isAnonymous: false,
}

/** Letters of the items, in their order: the home row, so that no hand has to move. */
export const itemKeys = ['a', 's', 'd', 'f', 'g', 'h', 'j', 'k']

/** Keys of good and poor. */
export const answerKeys = {
  environment: { GOOD: 'q', POOR: 'w' },
  attitude: { GOOD: 'o', POOR: 'p' },
} as const

/** The draft after a key; null when the key says nothing here. Another level has other items, so those chosen go. */
export function draftAfterKey(draft: RatingDraft, key: string, form: PhoneFormFragment): RatingDraft | null {
  const level = form.levels.find(({ score }) => String(score) === key)
  if (level) return withLevel(draft, level.level)
  if (key === 'b') return { ...draft, isPublic: !draft.isPublic }
  if (key === 'm') return { ...draft, isAnonymous: !draft.isAnonymous }
  if (form.depth !== 'FULL') return null
  for (const field of ['environment', 'attitude'] as const) {
    for (const answer of ['GOOD', 'POOR'] as const) {
      if (answerKeys[field][answer] === key) return { ...draft, [field]: answer }
    }
  }
  const place = itemKeys.indexOf(key)
  const item = place < 0 ? undefined : itemsOf(draft, form)[place]
  return item ? withItem(draft, item.code) : null
}

export function withLevel(draft: RatingDraft, level: EvaluationLevel): RatingDraft {
  return level === draft.level ? draft : { ...draft, level, items: [] }
}

export function withItem(draft: RatingDraft, code: string): RatingDraft {
  const isChosen = draft.items.includes(code)
  return { ...draft, items: isChosen ? draft.items.filter(each => each !== code) : [...draft.items, code] }
}

/** What may be chosen at the level of the draft; nothing before there is one. */
export function itemsOf({ level }: RatingDraft, form: PhoneFormFragment): PhoneFormFragment['levels'][number]['items'] {
  if (form.depth !== 'FULL') return []
  return form.levels.find(each => each.level === level)?.items ?? []
}

/** What has to be asked next (下一个问题). */
export type NextQuestion = 'LEVEL' | 'ITEMS' | 'ENVIRONMENT' | 'ATTITUDE' | 'CONTACT'

export function nextQuestion(draft: RatingDraft, form: PhoneFormFragment): NextQuestion {
  if (draft.level === null) return 'LEVEL'
  if (form.depth !== 'FULL') return 'CONTACT'
  if (draft.items.length === 0) return 'ITEMS'
  if (draft.environment === null) return 'ENVIRONMENT'
  return draft.attitude === null ? 'ATTITUDE' : 'CONTACT'
}
