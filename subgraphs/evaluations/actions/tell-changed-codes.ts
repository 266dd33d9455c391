import { recordEvents } from '../../../db/outbox.ts'
import type { Transaction } from '../../shared/database.ts'
import type { StaticCode } from '../domain/static-code.ts'
import { staticCodesChanged } from '../events.ts'
import { livingCodesOf } from '../store/static-code-writes.ts'

/** Tells how many codes each of these subjects has in use now (静态码启用、停用), in the transaction that changed it and holds its lock. */
export async function tellChangedCodes(tx: Transaction, changed: readonly StaticCode[], at: Date): Promise<void> {
  const subjects = new Map(changed.map(code => [`${code.subjectKind}/${code.subjectId}`, code]))
  const events = []
  for (const code of subjects.values()) {
    const living = await livingCodesOf(tx, code)
    events.push(staticCodesChanged(code, living.filter(({ state }) => state === 'ACTIVE').length, at))
  }
  await recordEvents(tx, 'evaluations', events)
}
