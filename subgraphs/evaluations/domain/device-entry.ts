import { endOfNaturalDays } from '../../shared/clock/deadline.ts'
import { type ErrorCode, type Refusal, refusal } from '../../shared/error-catalogue.ts'
import { policyPresets } from '../../shared/policy/presets.ts'

/** What became of an entry (设备评价记录). REFUSED need not be sent again. */
export type DeviceEntryOutcome = 'STORED' | 'REPEATED' | 'REFUSED'

/** The answer to one entry: a receipt number, or the refusal in words. */
export type DeviceEntryAnswer = {
  counter: number
  outcome: DeviceEntryOutcome
  receiptNumber: string | null
  code: string | null
  message: string | null
  messageEnglish: string | null
}

/** An entry that was taken before under the same number, as the ledger holds it (设备评价流水). */
export type KeptEntry = {
  contentHash: string
  outcome: DeviceEntryOutcome
  refusalCode: ErrorCode | null
  evaluationId: string | null
}

/** How an entry whose number was used before is answered: REUSED when it says something else, otherwise the first answer again. */
export type EarlierAnswer =
  | { is: 'REUSED' }
  | { is: 'RATED'; evaluationId: string }
  | { is: 'REFUSED'; code: ErrorCode }

export function earlierAnswer(kept: KeptEntry, contentHash: string): EarlierAnswer {
  if (kept.contentHash !== contentHash) return { is: 'REUSED' }
  if (kept.evaluationId !== null) return { is: 'RATED', evaluationId: kept.evaluationId }
  return { is: 'REFUSED', code: kept.refusalCode! }
}

export function takenEntry(counter: number, outcome: 'STORED' | 'REPEATED', receiptNumber: string): DeviceEntryAnswer {
  return { counter, outcome, receiptNumber, code: null, message: null, messageEnglish: null }
}

export function refusedEntry(counter: number, { code, message, messageEnglish }: Refusal): DeviceEntryAnswer {
  return { counter, outcome: 'REFUSED', receiptNumber: null, code, message, messageEnglish }
}

/** The first refusal again; its figures were not kept, so an ellipsis stands for each. */
export function refusedAgain(counter: number, code: ErrorCode): DeviceEntryAnswer {
  return refusedEntry(counter, refusal(code, { days: '…', mergedInto: '…', caseNumber: '…' }))
}

/** The longest time in which any case may be rated (评价期限), days: no entry can have waited longer on a device that is still believed. */
const longestLateWindowDays = Math.max(...policyPresets.map(({ lateWindowDays }) => lateWindowDays.value))

/** The refusal of an entry that was given so long ago that no case of then may be rated any more; null while it may. */
export function refusalOfAge(givenAt: Date, now: Date): Refusal | null {
  if (now < endOfNaturalDays(longestLateWindowDays, givenAt)) return null
  return refusal('EVALUATION_TOO_LATE', { days: longestLateWindowDays })
}

/** Most numbers that one jump leaves open (缺号): a device that skips more than that has not lost entries, it counts wrongly. */
export const mostSkipped = 1000

/** The numbers between the highest one taken before and those that came now: from and to, inclusive; null when none was skipped. */
export function skippedRange(highestBefore: number, counters: readonly number[]): { from: number; to: number } | null {
  const from = highestBefore + 1
  const to = Math.min(Math.max(0, ...counters) - 1, highestBefore + mostSkipped)
  return from <= to ? { from, to } : null
}
