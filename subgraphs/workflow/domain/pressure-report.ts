import { phoneFaults, readPhone } from '../../shared/people/phone.ts'

/** What was done to the rater (举报类型). */
export type PressureKind = 'PRESSURE' | 'INDUCEMENT' | 'RETALIATION' | 'RATED_BY_STAFF'

/** A report as it was handed in. */
export type PressureDraft = { kind: PressureKind; text: string; contactPhone: string | null }

/** One fault of one field, in words a citizen can read. */
export type ReportProblem = { path: string; code: string; message: string; messageEnglish: string }

/** Fewer characters tell nothing that could be looked into. */
const LEAST_CHARACTERS = 5
const MOST_CHARACTERS = 1000

// Line feed and tab are text; NUL cannot be stored, the others and the overrides of direction let a text read otherwise than it is kept.
// biome-ignore lint/suspicious/noControlCharactersInRegex: finding them is the purpose
const UNSEEN = /[\u0000-\u0008\u000b-\u001f\u007f-\u009f\u202a-\u202e\u2066-\u2069]/g

/** A report (施压、诱导、报复举报) in the form that is kept, or each fault of it. Lengths are in characters as a person counts them. */
export function readPressureReport(given: PressureDraft): { report: PressureDraft } | { problems: ReportProblem[] } {
  const text = given.text.toWellFormed().replace(/\r\n?/g, '\n').replace(UNSEEN, '').normalize('NFC').trim()
  const typedPhone = given.contactPhone?.trim() ?? ''
  const phone = typedPhone === '' ? null : readPhone(typedPhone)
  const problems = [textProblem([...text].length), phone && !phone.ok ? phoneProblem(phone.fault) : null].filter(
    found => found !== null,
  )
  if (problems.length > 0) return { problems }
  return { report: { kind: given.kind, text, contactPhone: phone?.ok ? phone.number : null } }
}

function textProblem(length: number): ReportProblem | null {
  if (length >= LEAST_CHARACTERS && length <= MOST_CHARACTERS) return null
  return {
    path: 'text',
    code: length < LEAST_CHARACTERS ? 'TEXT_TOO_SHORT' : 'TEXT_TOO_LONG',
    message: `经过请写 ${LEAST_CHARACTERS} 至 ${MOST_CHARACTERS} 字，现有 ${length} 字`,
    messageEnglish: `what happened takes ${LEAST_CHARACTERS} to ${MOST_CHARACTERS} characters, it has ${length}`,
  }
}

function phoneProblem(fault: keyof typeof phoneFaults): ReportProblem {
  const { zh, en } = phoneFaults[fault]
  return { path: 'contactPhone', code: `PHONE_${fault}`, message: zh, messageEnglish: en }
}
