import type { Transaction } from '../../shared/database.ts'
import { newId } from '../../shared/uuid.ts'
import type { Viewer } from '../../shared/viewer.ts'

/** A look at personal data: a search for a number, kept as its keyed hash, or the contact of somebody who is called back. */
export type PersonalLook =
  | { purpose: 'SEARCH'; searchedHash: string; foundCount: number; at: Date }
  | { purpose: 'CALL_BACK'; caseId: string; evaluationId: string; at: Date }

/** Keeps who looked at what, why and when (查看个人信息留痕). */
export async function keepLook(
  { query }: Transaction,
  { id, name, role }: Pick<Viewer, 'id' | 'name' | 'role'>,
  look: PersonalLook,
): Promise<void> {
  const row = {
    id: newId(look.at.getTime()),
    viewer_id: id,
    viewer_name: name,
    viewer_role: role,
    purpose: look.purpose,
    looked_at: look.at,
    ...(look.purpose === 'SEARCH'
      ? { searched_hash: look.searchedHash, found_count: look.foundCount }
      : { case_id: look.caseId, evaluation_id: look.evaluationId }),
  }
  await query(
    `insert into evaluations.personal_looks select * from json_populate_record(null::evaluations.personal_looks, $1::json)`,
    [JSON.stringify(row)],
  )
}
