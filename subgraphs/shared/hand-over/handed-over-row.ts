/** A rating as another platform writes it (移交评价原始行): texts, judged through the profile of its source. Null and empty mean not given. */
export type HandedOverRow = {
  /** The source's own id of the rating. */
  sourceRatingId: string
  caseNumber: string
  level: string
  channel: string
  evaluatedAt: string
} & Partial<Record<OptionalField, string | null>>

type OptionalField = Exclude<(typeof handedOverFields)[number], (typeof neededHandedOverFields)[number]>

/** Every field of a row, in the order of `HandedOverRatingInput` of the graph. */
export const handedOverFields = [
  'sourceRatingId',
  'caseNumber',
  'serviceNumber',
  'round',
  'level',
  'items',
  'text',
  'channel',
  'evaluatedAt',
  'evaluatorName',
  'evaluatorPhone',
  'applicantKind',
  'handlingKind',
  'isPublic',
  'isAnonymous',
  'environment',
  'environmentReason',
  'attitude',
  'attitudeReason',
  'isOvercharged',
  'isIntermediaryForced',
] as const

/** Fields without which no row can be taken. */
export const neededHandedOverFields = ['sourceRatingId', 'caseNumber', 'level', 'channel', 'evaluatedAt'] as const
