import type { Transaction } from '../../shared/database.ts'
import { deviceEntryText } from '../../shared/device-entry-text.ts'
import { refusal } from '../../shared/error-catalogue.ts'
import { graphError } from '../../shared/graph-error.ts'
import type { SatisfactionLevel } from '../../shared/policy/policy.ts'
import type { EvaluationsContext } from '../context.ts'
import { readScannedCode } from '../domain/code-validity.ts'
import {
  type DeviceEntryAnswer,
  earlierAnswer,
  type KeptEntry,
  refusalOfAge,
  refusedAgain,
  refusedEntry,
  skippedRange,
  takenEntry,
} from '../domain/device-entry.ts'
import { entryHash, isSignedWith } from '../domain/device-entry-key.ts'
import { ratingOf } from '../domain/rating.ts'
import { receiptNumberOf } from '../domain/receipt-number.ts'
import { highestCounter, keepEntry, keptEntry, receiptKeyOf } from '../store/device-entries.ts'
import { fillGaps, missingOfKey, noteGaps } from '../store/device-gaps.ts'
import { type CurrentKey, lockCurrentKey } from '../store/device-keys.ts'
import { type Refused, refused } from './refused.ts'
import { submitEvaluation } from './submit-evaluation.ts'

/** A rating as a device took it and signed it (设备评价记录). */
export type HandedInEntry = {
  counter: number
  givenAt: Date
  token: string
  formTicket: string
  level: SatisfactionLevel
  items: string[]
  signature: string
}

const mostEntries = 100
const deviceScope = { reach: 'EVERYTHING', name: 'rating-code' } as const

/**
 * Takes numbered and signed entries of a device (设备评价流水), each once, at the time at which they were given: sent again it is
 * answered as the first time. One entry that fails takes no other with it. Numbers that were skipped are noted until they arrive.
 *
 * @throws BAD_USER_INPUT for none or more than 100
 */
export async function submitDeviceEvaluations(
  entries: HandedInEntry[],
  context: EvaluationsContext,
): Promise<{ results: DeviceEntryAnswer[]; missingCounters: number[] } | Refused<'NotPermitted'>> {
  const { viewer, database, deviceTurns } = context
  if (viewer.role !== 'DEVICE') return refused('NotPermitted', 'NOT_PERMITTED')
  if (entries.length < 1 || entries.length > mostEntries) {
    throw graphError('BAD_USER_INPUT', { fact: `entries 1–${mostEntries}: ${entries.length}` })
  }
  const taken = deviceTurns.take(() => database.inScope(deviceScope, tx => takeEntries(tx, entries, context)))
  if (!taken) throw graphError('SUBGRAPH_UNAVAILABLE')
  return taken
}

async function takeEntries(transaction: Transaction, entries: HandedInEntry[], context: EvaluationsContext) {
  const { viewer, log } = context
  const key = await lockCurrentKey(transaction, viewer.id)
  if (!key) {
    return {
      results: entries.map(({ counter }) => refusedEntry(counter, refusal('SIGNATURE_INVALID'))),
      missingCounters: [],
    }
  }
  const highestBefore = await highestCounter(transaction, key.id)
  const results: DeviceEntryAnswer[] = []
  const counted: number[] = []
  // One after the other: of two for the same service the one given first stands.
  for (const entry of entries) {
    const { answer, isCounted } = await takeEntry(transaction, entry, key, context)
    results.push(answer)
    if (isCounted) counted.push(entry.counter)
  }
  const missingCounters = await noteMissing(transaction, key.id, highestBefore, counted, context)
  const refusedCount = results.filter(({ outcome }) => outcome === 'REFUSED').length
  log.info({ device: viewer.id, entries: entries.length, refused: refusedCount }, 'entries of a device were taken')
  return { results, missingCounters }
}

async function takeEntry(
  transaction: Transaction,
  entry: HandedInEntry,
  key: CurrentKey,
  context: EvaluationsContext,
): Promise<{ answer: DeviceEntryAnswer; isCounted: boolean }> {
  const { counter, givenAt, level, signature } = entry
  const text = deviceEntryText({ ...entry, givenAt: givenAt.toISOString(), level: ratingOf(level).name })
  if (counter < 1 || !isSignedWith(key.publicKey, text, signature)) {
    return { answer: refusedEntry(counter, refusal('SIGNATURE_INVALID')), isCounted: false }
  }
  const contentHash = entryHash(text)
  const kept = await keptEntry(transaction, key.id, counter)
  if (kept) return { answer: await answerAgain(transaction, counter, kept, contentHash, context), isCounted: false }

  const handedIn = await handIn(entry, context)
  if (!handedIn) return { answer: refusedEntry(counter, refusal('INTERNAL')), isCounted: false }
  const isRefused = 'refusedAs' in handedIn
  const outcome = isRefused ? 'REFUSED' : handedIn.isNew ? 'STORED' : 'REPEATED'
  await keepEntry(transaction, {
    keyId: key.id,
    counter,
    deviceId: context.viewer.id,
    contentHash,
    outcome,
    refusalCode: isRefused ? handedIn.refusal.code : null,
    evaluationId: isRefused ? null : handedIn.evaluation.id,
    givenAt,
    receivedAt: context.now(),
  })
  const answer = isRefused
    ? refusedEntry(counter, handedIn.refusal)
    : takenEntry(counter, handedIn.isNew ? 'STORED' : 'REPEATED', handedIn.receiptNumber)
  return { answer, isCounted: true }
}

/** Null when it failed for no fault of the entry: it is not entered into the ledger and may come again. */
async function handIn({ token, formTicket, level, items, givenAt }: HandedInEntry, context: EvaluationsContext) {
  const tooOld = refusalOfAge(givenAt, context.now())
  if (tooOld) return { refusedAs: 'CaseNotRateable', refusal: tooOld } as const
  // A device shows screen codes alone: with any other it would guess proofs, or rate where nobody stood.
  if (readScannedCode(token, context.crypto.codeMac)?.kind !== 'SCREEN')
    return refused('RatingCodeRefused', 'CODE_INVALID')
  try {
    return await submitEvaluation(
      {
        token,
        formTicket,
        level,
        items,
        text: null,
        isPublic: true,
        isAnonymous: false,
        phoneLastFour: null,
        givenAt,
      },
      context,
    )
  } catch (error) {
    context.log.error({ device: context.viewer.id, error }, 'an entry of a device could not be taken')
    return null
  }
}

async function answerAgain(
  transaction: Transaction,
  counter: number,
  kept: KeptEntry,
  contentHash: string,
  { crypto }: EvaluationsContext,
): Promise<DeviceEntryAnswer> {
  const earlier = earlierAnswer(kept, contentHash)
  if (earlier.is === 'REUSED') return refusedEntry(counter, refusal('COUNTER_REUSED', { counter }))
  if (earlier.is === 'REFUSED') return refusedAgain(counter, earlier.code)
  const receiptKeyId = await receiptKeyOf(transaction, earlier.evaluationId)
  if (receiptKeyId === undefined) throw new Error('a rating has its entry but not its key')
  return takenEntry(counter, 'REPEATED', receiptNumberOf(earlier.evaluationId, crypto.receiptMac, receiptKeyId))
}

async function noteMissing(
  transaction: Transaction,
  keyId: string,
  highestBefore: number,
  counted: number[],
  { viewer, now, log }: EvaluationsContext,
): Promise<number[]> {
  const skipped = skippedRange(highestBefore, counted)
  if (skipped) await noteGaps(transaction, { id: keyId, deviceId: viewer.id }, skipped, now())
  await fillGaps(transaction, keyId, counted, now())
  const missing = await missingOfKey(transaction, keyId)
  if (skipped && missing.length > 0)
    log.warn({ device: viewer.id, missing: missing.length }, 'a device skipped numbers')
  return missing
}
