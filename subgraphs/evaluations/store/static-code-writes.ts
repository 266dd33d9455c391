import { randomBytes } from 'node:crypto'
import type { Transaction } from '../../shared/database.ts'
import { placementColumns } from '../../shared/placement-columns.ts'
import { newId } from '../../shared/uuid.ts'
import type { StaticCode, StaticCodeSubject } from '../domain/static-code.ts'
import { printedIdOf } from '../domain/static-code-id.ts'
import { type StaticCodeRow, staticCodeColumns, staticCodeOf } from './static-code-queries.ts'

type Subject = Pick<StaticCode, 'subjectKind' | 'subjectId'>

/**
 * Lets nobody else change the codes of these subjects until the end of the transaction: how many are in use is told to others as a
 * number, and two changes at the same moment would both count without the other. Locks are taken in one order everywhere.
 */
export async function lockSubjects({ query }: Transaction, subjects: readonly Subject[]): Promise<void> {
  const names = new Set(subjects.map(({ subjectKind, subjectId }) => `static-codes/${subjectKind}/${subjectId}`))
  for (const name of [...names].sort()) await query('select pg_advisory_xact_lock(hashtextextended($1, 0))', [name])
}

/** Codes of a subject that are applied for or in use, the oldest first. */
export async function livingCodesOf(
  { query }: Transaction,
  { subjectKind, subjectId }: Subject,
): Promise<StaticCode[]> {
  const rows = await query<StaticCodeRow>(
    `select ${staticCodeColumns} from evaluations.static_codes
     where subject_kind = $1 and subject_id = $2 and state in ('REQUESTED', 'ACTIVE') order by id`,
    [subjectKind, subjectId],
  )
  return rows.map(staticCodeOf)
}

/** Who did something to codes, when, and why. */
export type Act = { byId: string; byName: string; at: Date; reason: string | null }

// Another code may have the same handle or printed id by chance: 2 to the 48 and 2 to the 35 are many, yet not endless.
const ATTEMPTS = 5

/** Writes an application; `isGranted` puts the code into use at once. */
export async function insertStaticCode(
  { query }: Transaction,
  subject: StaticCodeSubject,
  act: Act,
  isGranted: boolean,
): Promise<StaticCode> {
  const decision = isGranted ? { decided_at: act.at, decided_by_name: act.byName } : {}
  for (let attempt = 1; attempt <= ATTEMPTS; attempt++) {
    const row = {
      id: newId(act.at.getTime()),
      printed_id: printedIdOf(subject.placement.regionPath, randomBytes(8)),
      subject_kind: subject.subjectKind,
      subject_id: subject.subjectId,
      state: isGranted ? 'ACTIVE' : 'REQUESTED',
      city_code: subject.cityCode,
      policy_id: subject.policyId,
      region_name: subject.regionName,
      department_name: subject.departmentName,
      hall_name: subject.hallName,
      window_number: subject.windowNumber,
      staff_number: subject.staffNumber,
      staff_name: subject.staffName,
      requested_at: act.at,
      requested_by_id: act.byId,
      requested_by_name: act.byName,
      request_reason: act.reason,
      ...decision,
      ...placementColumns(subject.placement),
    }
    const columns = Object.keys(row)
    const [made] = await query<StaticCodeRow>(
      `insert into evaluations.static_codes (handle, ${columns.join(', ')})
       values ($1, ${columns.map((_, index) => `$${index + 2}`).join(', ')})
       on conflict do nothing returning ${staticCodeColumns}`,
      [randomBytes(6), ...Object.values(row)],
    )
    if (made) return staticCodeOf(made)
  }
  throw new Error(`no static code could be made in ${ATTEMPTS} attempts`)
}

/** Decides those of these codes that are still applied for; answers the ones it decided. */
export async function decideCodes(
  { query }: Transaction,
  ids: readonly string[],
  act: Act,
  isGranted: boolean,
): Promise<StaticCode[]> {
  const rows = await query<StaticCodeRow>(
    `update evaluations.static_codes set state = $2, decided_at = $3, decided_by_name = $4, decision_reason = $5
     where id = any($1::uuid[]) and state = 'REQUESTED' returning ${staticCodeColumns}`,
    [ids, isGranted ? 'ACTIVE' : 'REFUSED', act.at, act.byName, act.reason],
  )
  return rows.map(staticCodeOf)
}

/** Takes a code out of use, or withdraws its application; null when it was out of use before. */
export async function retireCode({ query }: Transaction, id: string, act: Act): Promise<StaticCode | null> {
  const [row] = await query<StaticCodeRow>(
    `update evaluations.static_codes set state = 'RETIRED', retired_at = $2, retired_by_name = $3, retire_reason = $4
     where id = $1 and state in ('REQUESTED', 'ACTIVE') returning ${staticCodeColumns}`,
    [id, act.at, act.byName, act.reason],
  )
  return row ? staticCodeOf(row) : null
}
