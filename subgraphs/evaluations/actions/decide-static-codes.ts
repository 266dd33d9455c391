import { isId } from '../../shared/uuid.ts'
import type { EvaluationsContext } from '../context.ts'
import { problem } from '../domain/problem.ts'
import type { StaticCode } from '../domain/static-code.ts'
import { mayDecideStaticCodes } from '../domain/static-code-permission.ts'
import { MOST_AT_ONCE, reasonProblems } from '../domain/static-code-request.ts'
import { staticCodesById } from '../store/static-code-queries.ts'
import { decideCodes, lockSubjects } from '../store/static-code-writes.ts'
import { type InvalidInput, invalidInput, type Refused, refused } from './refused.ts'
import { tellChangedCodes } from './tell-changed-codes.ts'

export type StaticCodeDecision = { ids: string[]; isGranted: boolean; reason: string | null }

/** Grants or refuses applications (审批申领) in the decider's scope; one decided before stays as it was. An unknown id decides nothing. */
export async function decideStaticCodes(
  { ids, isGranted, reason }: StaticCodeDecision,
  { viewer, database, now }: EvaluationsContext,
): Promise<StaticCode[] | Refused<'NotPermitted' | 'StaticCodeNotFound'> | InvalidInput> {
  if (!mayDecideStaticCodes(viewer)) return refused('NotPermitted', 'NOT_PERMITTED')
  const faults = reasonProblems(reason, isGranted ? 0 : 2)
  if (ids.length < 1 || ids.length > MOST_AT_ONCE) {
    const zh = `请选择 1 至 ${MOST_AT_ONCE} 项申领，现有 ${ids.length} 项`
    faults.push(problem('ids', 'IDS_COUNT', zh, `1 to ${MOST_AT_ONCE} are taken, not ${ids.length}`))
  }
  if (faults.length > 0) return invalidInput(faults)
  if (!ids.every(isId)) return refused('StaticCodeNotFound', 'STATIC_CODE_UNKNOWN')

  const act = { byId: viewer.id, byName: viewer.name, at: now(), reason: reason?.trim() || null }
  const wanted = ids.map(id => id.toLowerCase())
  return database.inScope(viewer.scope, async tx => {
    const found = new Map((await staticCodesById(tx, wanted)).map(code => [code.id, code]))
    if (!wanted.every(id => found.has(id))) return refused('StaticCodeNotFound', 'STATIC_CODE_UNKNOWN')
    await lockSubjects(tx, [...found.values()])
    const decided = await decideCodes(tx, wanted, act, isGranted)
    if (isGranted) await tellChangedCodes(tx, decided, act.at)
    const now = new Map((await staticCodesById(tx, wanted)).map(code => [code.id, code]))
    return wanted.map(id => now.get(id)!)
  })
}
