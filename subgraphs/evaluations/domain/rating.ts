import type { SatisfactionLevel } from '../../shared/policy/policy.ts'

/** One level of satisfaction (满意度); `level` is its number in SATISFACTION_EVALUATE, 5 is best. */
export type Rating = {
  level: SatisfactionLevel
  name: 'VERY_DISSATISFIED' | 'DISSATISFIED' | 'BASICALLY_SATISFIED' | 'SATISFIED' | 'VERY_SATISFIED'
  zh: string
  en: string
  face: string
  /** 差评: opens a negative review. */
  isNegative: boolean
}

/** The five levels, worst first, which is the order of every screen. */
export const ratings: readonly Rating[] = [
  { level: 1, name: 'VERY_DISSATISFIED', zh: '非常不满意', en: 'Very dissatisfied', face: '😠', isNegative: true },
  { level: 2, name: 'DISSATISFIED', zh: '不满意', en: 'Dissatisfied', face: '🙁', isNegative: true },
  { level: 3, name: 'BASICALLY_SATISFIED', zh: '基本满意', en: 'Basically satisfied', face: '😐', isNegative: false },
  { level: 4, name: 'SATISFIED', zh: '满意', en: 'Satisfied', face: '🙂', isNegative: false },
  { level: 5, name: 'VERY_SATISFIED', zh: '非常满意', en: 'Very satisfied', face: '😄', isNegative: false },
]

/** True for the numbers 1 to 5. */
export function isLevel(value: unknown): value is SatisfactionLevel {
  return ratings.some(({ level }) => level === value)
}

/** The words and the face of a level. */
export function ratingOf(level: SatisfactionLevel): Rating {
  return ratings[level - 1]!
}

/** The level of a name; undefined for any other text. */
export function levelNamed(name: string): SatisfactionLevel | undefined {
  return ratings.find(rating => rating.name === name)?.level
}

/** 差评: levels 1 and 2. */
export function isNegative(level: SatisfactionLevel): boolean {
  return ratingOf(level).isNegative
}
