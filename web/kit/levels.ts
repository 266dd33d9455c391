import type { EvaluationLevel } from './generated/operations.ts'
import type { Language } from './language.ts'

/** The five levels (满意度), worst first: the order of every screen. */
export const levels: readonly { score: number; level: EvaluationLevel; label: Record<Language, string> }[] = [
  { score: 1, level: 'VERY_DISSATISFIED', label: { zh: '非常不满意', en: 'Very dissatisfied' } },
  { score: 2, level: 'DISSATISFIED', label: { zh: '不满意', en: 'Dissatisfied' } },
  { score: 3, level: 'BASICALLY_SATISFIED', label: { zh: '基本满意', en: 'Basically satisfied' } },
  { score: 4, level: 'SATISFIED', label: { zh: '满意', en: 'Satisfied' } },
  { score: 5, level: 'VERY_SATISFIED', label: { zh: '非常满意', en: 'Very satisfied' } },
]

/** @param score 1 to 5 */
export function levelLabel(score: number, language: Language): string {
  return levels.find(level => level.score === score)?.label[language] ?? String(score)
}
