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
}

export const emptyDraft: RatingDraft = {
  level: '',
  items: [],
  text: '',
  isPublic: true,
  isAnonymous: false,
  phoneLastFour: '',
  formTicket: '',
}

/**
 * Reads a posted form. Items of other levels, ticked before the person changed his mind, are left behind;
 * everything else is judged by the graph.
 */
export function readDraft(form: URLSearchParams): RatingDraft {
  const level = form.get('level') ?? ''
  return {
    level,
    items: form.getAll(`item-${level}`),
    text: (form.get('text') ?? '').replaceAll('\r\n', '\n').trim(),
    isPublic: form.get('isPublic') !== 'no',
    isAnonymous: form.get('isAnonymous') === 'yes',
    phoneLastFour: (form.get('phoneLastFour') ?? '').trim(),
    formTicket: form.get('formTicket') ?? '',
  }
}
