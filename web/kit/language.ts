/** Languages of the citizen-facing screens (语言): Chinese first. */
export type Language = 'zh' | 'en'

/** Value of `lang` attributes. */
export const languageTag: Record<Language, string> = { zh: 'zh-CN', en: 'en' }

export function asLanguage(text: string | undefined): Language | null {
  return text === 'zh' || text === 'en' ? text : null
}

/** The message of a graph answer that fits the reader. */
export function messageIn(language: Language, said: { message: string; messageEnglish: string }): string {
  return language === 'en' ? said.messageEnglish : said.message
}

/**
 * The half of a remedy that fits the reader: the catalogue writes `中文。English.` in one text. A text that is not of that form stays whole.
 */
export function remedyIn(language: Language, remedy: string): string {
  const halves = /^(.*[\u2e80-\u9fff\uf900-\uffef])\s*([\x20-\x7e‘’“”–—…]+)$/su.exec(remedy)
  if (!halves) return remedy
  return (language === 'en' ? halves[2]! : halves[1]!).trim()
}
