import { isRealDate, shanghaiDay } from '../../shared/clock/shanghai-day.ts'
import { type InputProblem, inputProblem } from '../../shared/rows/input-problem.ts'
import { createRowJudge } from '../../shared/rows/row-judge.ts'
import type { Role, Viewer } from '../../shared/viewer.ts'

/** Where an opinion was given off line (线下意见来源): opinion box, forum, open day, citizen supervisor. */
export type OpinionSource = 'OPINION_BOX' | 'FORUM' | 'OPEN_DAY' | 'SUPERVISOR'

/** An answer may be given, and an opinion that needs none is closed. */
export type OpinionState = 'RECEIVED' | 'ANSWERED' | 'CLOSED'

/** An opinion as it was entered. `receivedOn` is a Shanghai day. */
export type OpinionDraft = {
  source: OpinionSource
  receivedOn: string
  text: string
  evidence: string | null
  contact: string | null
}

const limits = { text: 2000, evidence: 2000, contact: 100, settlement: 2000 }
const recorders: readonly (Role | null)[] = ['PROVINCIAL_BUREAU', 'MANAGEMENT_BODY', 'HALL_SUPERVISOR']
const settlers: readonly (Role | null)[] = ['PROVINCIAL_BUREAU', 'MANAGEMENT_BODY']
const readers: readonly (Role | null)[] = [...recorders, 'DEPARTMENT_HANDLER', 'AUDITOR', 'ANALYST']

export const mayRecordOpinions = ({ kind, role }: Viewer): boolean => kind === 'STAFF' && recorders.includes(role)
export const maySettleOpinions = ({ kind, role }: Viewer): boolean => kind === 'STAFF' && settlers.includes(role)
export const mayReadOpinions = ({ role }: Viewer): boolean => readers.includes(role)
/** Whom to call back is nothing for the unit that an opinion is about. */
export const maySeeContact = maySettleOpinions

/** An opinion (线下意见) in the form that is kept, or each fault of it. */
export function readOpinion(given: OpinionDraft, now: Date): { opinion: OpinionDraft } | { problems: InputProblem[] } {
  const judge = createRowJudge()
  const text = readText(given.text, 'text', limits.text, judge.refuse)
  if (text === null && judge.problems.length === 0) judge.refuse('text', 'MISSING', '意见内容必填', 'is required')
  const evidence = readText(given.evidence ?? '', 'evidence', limits.evidence, judge.refuse)
  const contact = judge.text('contact', given.contact, limits.contact)
  const [year, month, day] = given.receivedOn.split('-').map(Number)
  const isDay = /^\d{4}-\d{2}-\d{2}$/.test(given.receivedOn) && isRealDate(year!, month!, day!)
  if (!isDay) judge.refuse('receivedOn', 'DATE_NOT_REAL', '日期应形如 2026-11-20', 'must be a day like 2026-11-20')
  else if (given.receivedOn > shanghaiDay(now))
    judge.refuse('receivedOn', 'DATE_IN_FUTURE', '收到日期不能晚于今天', 'lies in the future')
  if (judge.problems.length > 0 || text === null) return { problems: judge.problems }
  return { opinion: { source: given.source, receivedOn: given.receivedOn, text, evidence, contact } }
}

/** What was answered, or why an opinion was closed (答复、办结说明); or its fault. */
export function readSettlement(given: string): { settlement: string } | { problems: InputProblem[] } {
  const problems: InputProblem[] = []
  const refuse = (...fault: Parameters<typeof inputProblem>) => {
    problems.push(inputProblem(...fault))
    return null
  }
  const settlement = readText(given, 'note', limits.settlement, refuse)
  if (settlement === null && problems.length === 0) refuse('note', 'MISSING', '必填', 'is required')
  return settlement === null ? { problems } : { settlement }
}

// Line feed and tab are text; NUL cannot be stored, the others and the overrides of direction let a text read otherwise than it is kept.
// biome-ignore lint/suspicious/noControlCharactersInRegex: finding them is the purpose
const unseen = /[\u0000-\u0008\u000b-\u001f\u007f-\u009f\u202a-\u202e\u2066-\u2069]/g

function readText(
  given: string,
  path: string,
  most: number,
  refuse: (path: string, code: string, zh: string, en: string) => null,
): string | null {
  const text = given.toWellFormed().replace(/\r\n?/g, '\n').replace(unseen, '').normalize('NFC').trim()
  const length = [...text].length
  if (length > most) return refuse(path, 'TOO_LONG', `最多 ${most} 字，现有 ${length} 字`, `at most ${most} characters`)
  return text === '' ? null : text
}
