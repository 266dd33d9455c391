import type { Transaction } from '../../shared/database.ts'
import type { ErrorCode } from '../../shared/error-catalogue.ts'
import type { DeviceEntryOutcome, KeptEntry } from '../domain/device-entry.ts'

/** One line of the ledger of a device's entries (设备评价流水). */
export type EntryRow = {
  keyId: string
  counter: number
  deviceId: string
  contentHash: string
  outcome: DeviceEntryOutcome
  refusalCode: ErrorCode | null
  evaluationId: string | null
  givenAt: Date
  receivedAt: Date
}

export async function keptEntry(
  { query }: Transaction,
  keyId: string,
  counter: number,
): Promise<KeptEntry | undefined> {
  const [row] = await query<KeptEntry>(
    `select content_hash as "contentHash", outcome, refusal_code as "refusalCode", evaluation_id as "evaluationId"
     from evaluations.device_entries where key_id = $1 and counter = $2`,
    [keyId, counter],
  )
  return row
}

/** 0 before the first entry under this key. */
export async function highestCounter({ query }: Transaction, keyId: string): Promise<number> {
  const [row] = await query<{ highest: number | null }>(
    `select max(counter) as highest from evaluations.device_entries where key_id = $1`,
    [keyId],
  )
  return row?.highest ?? 0
}

export async function keepEntry({ query }: Transaction, row: EntryRow): Promise<void> {
  await query(
    `insert into evaluations.device_entries
       (key_id, counter, device_id, content_hash, outcome, refusal_code, evaluation_id, given_at, received_at)
     values ($1, $2, $3, $4, $5, $6, $7, $8, $9)`,
    [
      row.keyId,
      row.counter,
      row.deviceId,
      row.contentHash,
      row.outcome,
      row.refusalCode,
      row.evaluationId,
      row.givenAt,
      row.receivedAt,
    ],
  )
}

/** The key under which the receipt number of a rating was made. */
export async function receiptKeyOf({ query }: Transaction, evaluationId: string): Promise<string | undefined> {
  const [row] = await query<{ receipt_key_id: string }>(
    `select k.receipt_key_id from evaluations.evaluations e
     join evaluations.evaluation_keys k
       on k.city_code = e.city_code and k.subject_id = e.case_id and k.service_number = e.service_number and k.round = e.round
     where e.id = $1`,
    [evaluationId],
  )
  return row?.receipt_key_id
}
