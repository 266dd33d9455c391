import { addDays, endOfShanghaiDay, startOfShanghaiDay } from '../../shared/clock/shanghai-day.ts'
import type { CryptoPort } from '../../shared/crypto/crypto-port.ts'
import type { Transaction } from '../../shared/database.ts'
import { readPhone } from '../../shared/people/phone.ts'
import {
  integrityThresholds,
  judgeBurst,
  judgeCallBack,
  judgeSameContact,
  judgeSelfRating,
  judgeSubSecond,
  judgeTooSoon,
} from '../domain/integrity-rules.ts'
import type { Finding, IntegrityKind, IntegritySubject, Verdict } from '../domain/integrity-signal.ts'
import {
  type DayColumn,
  type DayFigures,
  densestSpans,
  ratingsAroundClosing,
  ratingsWithinASecond,
  type SubjectDays,
  usualPaces,
} from '../store/integrity-day-figures.ts'
import {
  type ContactColumn,
  type Month,
  mismatchesByOperator,
  operatorContacts,
  ratingsByContact,
  ratingsOfPhones,
} from '../store/integrity-people-figures.ts'
import type { Touched } from '../store/integrity-touched.ts'

const limits = integrityThresholds

/** What the rules say about everyone and everything whose figures may have changed (新增评价的线索). Writes nothing. */
export async function noticeIntegritySignals(
  tx: Transaction,
  touched: readonly Touched[],
  crypto: Pick<CryptoPort, 'lookupHash'>,
): Promise<Finding[]> {
  const people = daysOf(touched, ({ staffMemberId }) => staffMemberId)
  const windows = daysOf(touched, ({ windowId }) => windowId)
  const servers = daysOf(touched, ({ staffMemberId, windowId }) => staffMemberId ?? windowId)
  const found: Finding[] = []
  if (people) found.push(...(await burstsOf(tx, 'staff_member_id', people)))
  if (windows) found.push(...(await burstsOf(tx, 'window_id', windows)), ...(await withinASecond(tx, windows)))
  if (servers) found.push(...(await aroundClosing(tx, servers, new Set(windows?.subjects))))
  for (const month of monthsOf(touched)) {
    const inMonth = touched.filter(({ day }) => day.startsWith(month.name))
    found.push(...(await contactsOf(tx, inMonth, month)))
    found.push(...(await ownRatings(tx, inMonth, month, crypto)))
    const operators = distinct(inMonth.map(({ operatorId }) => operatorId))
    if (operators.length > 0) found.push(...(await callBacksOf(tx, operators, month)))
  }
  return found
}

async function burstsOf(tx: Transaction, column: DayColumn, touched: SubjectDays): Promise<Finding[]> {
  const density = { minutes: limits.burstMinutes, least: limits.burstRatings }
  const spans = await densestSpans(tx, column, touched, density)
  // One clerk's burst is about him; of a window it is one when several took part, or nobody is named.
  const own = spans.filter(({ people }) => column === 'staff_member_id' || people !== 1)
  const kind = column === 'window_id' ? 'WINDOW' : 'STAFF_MEMBER'
  const found: Finding[] = []
  for (const [day, ofDay] of Map.groupBy(own, span => span.day)) {
    const usual = await usualPaces(tx, column, daysBefore(day, ofDay), density)
    for (const span of ofDay) {
      const pace = usual.find(({ subject, isBad }) => subject === span.subject && isBad === span.isBad)?.usual ?? 0
      const verdict = judgeBurst({ peak: span.peak, usual: pace })
      const period = `${day}/${span.isBad ? 'BAD' : 'GOOD'}`
      found.push(...finding('BURST', { kind, key: span.subject }, period, span, verdict))
    }
  }
  return found
}

function daysBefore(day: string, spans: readonly DayFigures[]) {
  return {
    subjects: distinct(spans.map(({ subject }) => subject)),
    from: startOfShanghaiDay(addDays(day, -limits.burstHistoryDays)),
    until: startOfShanghaiDay(day),
  }
}

async function withinASecond(tx: Transaction, touched: SubjectDays): Promise<Finding[]> {
  const figures = await ratingsWithinASecond(tx, touched)
  return figures.flatMap(each => {
    const subject = { kind: 'WINDOW', key: each.subject } as const
    return finding('SUB_SECOND', subject, each.day, each, judgeSubSecond(each))
  })
}

async function aroundClosing(tx: Transaction, touched: SubjectDays, windows: Set<string>): Promise<Finding[]> {
  const span = { seconds: limits.tooSoonSeconds, minutesBefore: limits.beforeClosingMinutes }
  const figures = await ratingsAroundClosing(tx, touched, span)
  return figures.flatMap((each: DayFigures & { ratings: number; soonest: number }) => {
    const kind = windows.has(each.subject) ? 'WINDOW' : 'STAFF_MEMBER'
    return finding('BEFORE_CLOSING', { kind, key: each.subject }, each.day, each, judgeTooSoon(each))
  })
}

async function contactsOf(tx: Transaction, touched: readonly Touched[], month: Month): Promise<Finding[]> {
  const wanted: [ContactColumn, string[]][] = [
    ['contact_phone_hash', distinct(touched.map(({ contactHash }) => contactHash))],
    ['citizen_id', distinct(touched.map(({ citizenId }) => citizenId))],
  ]
  const found: Finding[] = []
  for (const [column, contacts] of wanted) {
    if (contacts.length === 0) continue
    for (const each of await ratingsByContact(tx, column, contacts, month)) {
      const subject = { kind: 'CONTACT', key: each.subject } as const
      found.push(...finding('SAME_CONTACT', subject, month.name, each, judgeSameContact(each)))
    }
  }
  return found
}

/** The directory keeps no telephones of clerks, so operators alone are known by theirs. */
async function ownRatings(
  tx: Transaction,
  touched: readonly Touched[],
  month: Month,
  crypto: Pick<CryptoPort, 'lookupHash'>,
): Promise<Finding[]> {
  const contacts = new Set(touched.map(({ contactHash }) => contactHash))
  const operators = new Set(touched.map(({ operatorId }) => operatorId))
  const owners = new Map<string, { operatorId: string; operatorName: string }>()
  for (const { contact, ...operator } of await operatorContacts(tx, month)) {
    const phone = readPhone(contact)
    const hash = phone.ok ? crypto.lookupHash('PHONE', phone.number) : null
    if (hash !== null && (contacts.has(hash) || operators.has(operator.operatorId))) owners.set(hash, operator)
  }
  if (owners.size === 0) return []
  const figures = await ratingsOfPhones(tx, [...owners.keys()], month)
  return figures.flatMap(each => {
    const { operatorId, operatorName } = owners.get(each.subject)!
    const subject = { kind: 'OPERATOR', key: operatorId } as const
    return finding('SELF_RATING', subject, month.name, each, judgeSelfRating(each), { operatorName })
  })
}

/** What the call-back found otherwise than it was recorded (回访不一致); null for all operators. */
export async function callBacksOf(
  tx: Transaction,
  operators: readonly string[] | null,
  month: Month,
): Promise<Finding[]> {
  const figures = await mismatchesByOperator(tx, operators, month)
  return figures.flatMap(each => {
    const subject = { kind: 'OPERATOR', key: each.subject } as const
    const { operatorName } = each
    return finding('CALL_BACK_MISMATCH', subject, month.name, each, judgeCallBack(each), { operatorName })
  })
}

/** A finding from a verdict; none where the rule is silent. */
export function finding(
  kind: IntegrityKind,
  subject: IntegritySubject,
  period: string,
  { ids, from, until }: { ids: string[]; from: Date; until: Date },
  verdict: Verdict | null,
  names: Record<string, string> = {},
): Finding[] {
  if (!verdict) return []
  const { strength, facts } = verdict
  return [{ kind, subject, period, from, until, strength, facts: { ...facts, ...names }, evaluationIds: ids }]
}

/** The month in Shanghai of a day `yyyy-mm-dd`. */
export function monthOf(day: string): Month {
  const name = day.slice(0, 7)
  const last = addDays(`${addDays(`${name}-01`, 31).slice(0, 7)}-01`, -1)
  return { name, from: startOfShanghaiDay(`${name}-01`), until: endOfShanghaiDay(last) }
}

function monthsOf(touched: readonly Touched[]): Month[] {
  return distinct(touched.map(({ day }) => day.slice(0, 7))).map(name => monthOf(`${name}-01`))
}

function daysOf(touched: readonly Touched[], pick: (each: Touched) => string | null): SubjectDays | null {
  const pairs = distinct(
    touched.map(each => {
      const subject = pick(each)
      return subject && `${subject} ${each.day}`
    }),
  ).map(pair => pair.split(' ') as [string, string])
  if (pairs.length === 0) return null
  const days = pairs.map(([, day]) => day)
  const ordered = [...days].sort()
  return {
    subjects: pairs.map(([subject]) => subject),
    days,
    from: startOfShanghaiDay(ordered[0]!),
    until: endOfShanghaiDay(ordered.at(-1)!),
  }
}

function distinct(values: readonly (string | null)[]): string[] {
  return [...new Set(values.filter(value => value !== null))]
}
