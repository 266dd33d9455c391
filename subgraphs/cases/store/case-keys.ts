import type { Transaction } from '../../shared/database.ts'
import { rowArrays } from './row-arrays.ts'

/** A case by its number within its city. */
export type CaseKey = { cityCode: string; caseNumber: string }

/** Who has a key: a case made now, or one that was there before with its stored version. */
export type KeyHolder = { caseId: string; isNew: boolean; storedVersion: number }

export const keyText = ({ cityCode, caseNumber }: CaseKey) => `${cityCode} ${caseNumber}`

type Claim = CaseKey & { caseId: string; dataVersion: number }

/**
 * Claims keys for cases and locks those that exist, in key order, so that two batches with the same cases wait for each other
 * instead of for ever. The key table is the last judge: it has no policies and so knows cases that the scope does not show.
 */
export async function claimCaseKeys(tx: Transaction, claims: readonly Claim[]): Promise<Map<string, KeyHolder>> {
  const arrays = rowArrays(claims, [
    ['city_code', 'text', claim => claim.cityCode],
    ['case_number', 'text', claim => claim.caseNumber],
    ['case_id', 'uuid', claim => claim.caseId],
    ['data_version', 'int', claim => claim.dataVersion],
  ])
  const made = await tx.query<CaseKey & { caseId: string; dataVersion: number }>(
    `insert into cases.case_keys (${arrays.names})
     select ${arrays.names} from ${arrays.source} order by city_code collate "C", case_number collate "C"
     on conflict do nothing
     returning city_code as "cityCode", case_number as "caseNumber", case_id as "caseId", data_version as "dataVersion"`,
    arrays.values,
  )
  const holders = new Map<string, KeyHolder>()
  for (const key of made) {
    holders.set(keyText(key), { caseId: key.caseId, isNew: true, storedVersion: key.dataVersion })
  }
  const others = claims.filter(claim => !holders.has(keyText(claim)))
  if (others.length === 0) return holders
  const existing = await tx.query<CaseKey & { caseId: string; dataVersion: number }>(
    `select k.city_code as "cityCode", k.case_number as "caseNumber", k.case_id as "caseId", k.data_version as "dataVersion"
     from unnest($1::text[], $2::text[]) as r(city_code, case_number)
     join cases.case_keys k on k.city_code = r.city_code and k.case_number = r.case_number
     order by k.city_code, k.case_number for update of k`,
    [others.map(claim => claim.cityCode), others.map(claim => claim.caseNumber)],
  )
  for (const key of existing) {
    holders.set(keyText(key), { caseId: key.caseId, isNew: false, storedVersion: key.dataVersion })
  }
  return holders
}

/** Raises the versions of keys whose cases were changed. */
export async function raiseKeyVersions(tx: Transaction, claims: readonly Claim[]): Promise<void> {
  if (claims.length === 0) return
  const arrays = rowArrays(claims, [
    ['city_code', 'text', claim => claim.cityCode],
    ['case_number', 'text', claim => claim.caseNumber],
    ['data_version', 'int', claim => claim.dataVersion],
  ])
  await tx.query(
    `update cases.case_keys k set data_version = r.data_version from ${arrays.source}
     where k.city_code = r.city_code and k.case_number = r.case_number`,
    arrays.values,
  )
}
