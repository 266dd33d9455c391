import { type Problem, problem } from './problem.ts'

/** Why the text of a rating cannot be taken as it is. */
export type RatingTextFault = 'TEXT_NOT_TAKEN' | 'TEXT_TOO_LONG' | 'TEXT_BROKEN_CHARACTER'

export type RatingText = { text: string | null; problem?: undefined } | { problem: Problem<RatingTextFault> }

// Line feed and tab are text. NUL cannot be stored, the others garble lists and exports.
// biome-ignore lint/suspicious/noControlCharactersInRegex: finding them is the purpose
const CONTROL = /[\u0000-\u0008\u000b-\u001f\u007f-\u009f]/g
// Embeddings, overrides and isolates let a text show in another order than it is stored, also past its own end. The
// plain direction marks stay allowed: Uyghur needs them.
const DIRECTION_OVERRIDE = /[\u202a-\u202e\u2066-\u2069]/g
const VISIBLE = /[\p{L}\p{N}\p{P}\p{S}]/u

/**
 * The text of a rating (文字评价) in the form that is kept: composed characters, line feeds only, trimmed, without control
 * characters and direction overrides: they come with pasted text, and nobody could find on a phone what he does not see.
 * Null when nothing visible is in it, so that blanks never pass for a reason. `limit` is in code points (𠮷 is one); 0 takes none. `path` names the field.
 */
export function readRatingText(given: string, limit: number, path = 'text'): RatingText {
  if (!given.isWellFormed()) {
    const en = 'the text contains half a character: please type it again'
    return fault(path, 'TEXT_BROKEN_CHARACTER', '文字中含有不完整的字符，请重新输入', en)
  }
  const seen = given.replace(/\r\n?/g, '\n').replace(CONTROL, '').replace(DIRECTION_OVERRIDE, '')
  const text = seen.normalize('NFC').trim()
  if (!VISIBLE.test(text)) return { text: null }
  if (limit === 0)
    return fault(path, 'TEXT_NOT_TAKEN', '此渠道不收文字评价', 'no text can be given through this channel')
  const length = [...text].length
  if (length <= limit) return { text }
  const en = `the text may have ${limit} characters, it has ${length}`
  return fault(path, 'TEXT_TOO_LONG', `文字最多${limit}字，现有${length}字`, en)
}

function fault(path: string, code: RatingTextFault, zh: string, en: string): RatingText {
  return { problem: problem(path, code, zh, en) }
}
