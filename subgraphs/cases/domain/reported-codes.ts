/** 办件状态 proStatus. */
export const caseStates = { 1: 'PENDING', 2: 'ACCEPTED', 3: 'CLOSED' } as const
export type CaseState = (typeof caseStates)[keyof typeof caseStates]

/** 办件类型 projectType. Sources that count the other way round declare it in their profile and are turned before this. */
export const handlingKinds = { 1: 'INSTANT', 2: 'PROMISED', 9: 'OTHER' } as const
export type HandlingKind = (typeof handlingKinds)[keyof typeof handlingKinds]

/** 申请人类型: 1 is a person, all others organisations. */
export const applicantKinds = {
  1: 'NATURAL_PERSON',
  2: 'ENTERPRISE',
  3: 'PUBLIC_INSTITUTION',
  4: 'SOCIAL_ORGANISATION',
  5: 'UNINCORPORATED_ENTERPRISE',
  6: 'ADMINISTRATIVE_ORGAN',
  9: 'OTHER_ORGANISATION',
} as const
export type ApplicantKind = (typeof applicantKinds)[keyof typeof applicantKinds]

/** 办结方式: how a case ended; each end may be rated. */
export const caseOutcomes = { 1: 'COMPLETED', 2: 'REFUSED', 3: 'RETURNED', 4: 'WITHDRAWN' } as const
export type CaseOutcome = (typeof caseOutcomes)[keyof typeof caseOutcomes]

/** DATASTATE: whether the source still holds the case to be valid. */
export const dataStates = { 0: false, 1: true } as const

/** 证件类型 of persons that are known; others are taken with a warning, since sources extend the set. */
export const documentKinds: Readonly<Record<string, string>> = {
  111: '居民身份证',
  114: '军官证',
  123: '警官证',
  414: '护照',
}

/** The kind whose numbers can be checked (GB 11643). */
export const identityCardKind = '111'
