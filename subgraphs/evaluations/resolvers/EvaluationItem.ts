import type { EvaluationItem as Item } from '../domain/item-editions.ts'

export const EvaluationItem = {
  text: ({ zh }: Item) => zh,
  textEnglish: ({ en }: Item) => en,
}
