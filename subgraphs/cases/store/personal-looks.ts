import type { Transaction } from '../../shared/database.ts'
import { newId } from '../../shared/uuid.ts'
import type { Viewer } from '../../shared/viewer.ts'
import type { RevealPurpose } from '../domain/revealing-right.ts'

/** Keeps who looked at the applicant of a case in clear, why and when (查看个人信息留痕). */
export async function keepLook(
  { query }: Transaction,
  { id, name, role }: Pick<Viewer, 'id' | 'name' | 'role'>,
  look: { purpose: RevealPurpose; caseId: string; at: Date },
): Promise<void> {
  await query(
    `insert into cases.personal_looks (id, viewer_id, viewer_name, viewer_role, purpose, case_id, looked_at)
     values ($1, $2, $3, $4, $5, $6, $7)`,
    [newId(look.at.getTime()), id, name, role, look.purpose, look.caseId, look.at],
  )
}
