import { refuse } from './problem.ts'

type Query = Record<string, unknown>

/** A whole number of the query within limits; throws a refusal that names them. */
export function wholeNumber<Default extends number | null>(
  query: Query,
  name: string,
  limits: { least: number; most: number; otherwise: Default },
): number | Default {
  const text = query[name]
  if (text === undefined) return limits.otherwise
  const value = typeof text === 'string' && /^\d{1,15}$/.test(text) ? Number(text) : Number.NaN
  if (value >= limits.least && value <= limits.most) return value
  throw refuse('PARAMETER_REFUSED', { name, accepted: `${limits.least}–${limits.most}` })
}

/** One of a few words of the query; throws a refusal that lists them. */
export function oneOf<Word extends string>(query: Query, name: string, words: readonly Word[], otherwise: Word): Word {
  const text = query[name]
  if (text === undefined) return otherwise
  const word = words.find(candidate => candidate === text)
  if (word) return word
  throw refuse('PARAMETER_REFUSED', { name, accepted: words.join(' | ') })
}
