import { isId } from '../../shared/uuid.ts'
import type { EvaluationsContext } from '../context.ts'
import type { StaticCode } from '../domain/static-code.ts'
import { mayRetireStaticCodes } from '../domain/static-code-permission.ts'
import { reasonProblems } from '../domain/static-code-request.ts'
import { staticCodesById } from '../store/static-code-queries.ts'
import { lockSubjects, retireCode } from '../store/static-code-writes.ts'
import { type InvalidInput, invalidInput, type Refused, refused } from './refused.ts'
import { tellChangedCodes } from './tell-changed-codes.ts'

/** Takes a static code out of use (停用), or withdraws an application; one out of use before keeps its first retirement. */
export async function retireStaticCode(
  { id, reason }: { id: string; reason: string },
  { viewer, database, now }: EvaluationsContext,
): Promise<StaticCode | Refused<'NotPermitted' | 'StaticCodeNotFound'> | InvalidInput> {
  if (!mayRetireStaticCodes(viewer)) return refused('NotPermitted', 'NOT_PERMITTED')
  const faults = reasonProblems(reason, 2)
  if (faults.length > 0) return invalidInput(faults)
  if (!isId(id)) return refused('StaticCodeNotFound', 'STATIC_CODE_UNKNOWN')
  const act = { byId: viewer.id, byName: viewer.name, at: now(), reason: reason.trim() }
  return database.inScope(viewer.scope, async tx => {
    const [code] = await staticCodesById(tx, [id])
    if (!code) return refused('StaticCodeNotFound', 'STATIC_CODE_UNKNOWN')
    await lockSubjects(tx, [code])
    const retired = await retireCode(tx, id, act)
    // A code that was only applied for goes without anybody else having known of it.
    if (retired?.decidedAt) await tellChangedCodes(tx, [retired], act.at)
    return retired ?? (await staticCodesById(tx, [id]))[0]!
  })
}
