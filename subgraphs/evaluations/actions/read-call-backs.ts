import { connection, pageSize, readInstantCursor } from '../../shared/paging.ts'
import { isId } from '../../shared/uuid.ts'
import type { EvaluationsContext } from '../context.ts'
import { mayCallBack } from '../domain/phone-permission.ts'
import type { EvaluatorRelation } from '../domain/rater.ts'
import {
  type CallBackSelection,
  callBacksPage,
  countOpenCallBacks,
  sealedCallBackContact,
} from '../store/call-backs.ts'
import { keepLook } from '../store/personal-looks.ts'
import { type Refused, refused } from './refused.ts'

export type CallBackFilter = { [Part in keyof CallBackSelection]?: CallBackSelection[Part] }

/** A page of the ratings by telephone that the province calls back about (回访核对队列), the oldest first; none for others. @throws PAGE_TOO_LARGE, BAD_CURSOR */
export async function listCallBacks(
  { state = null, isMismatch = null, source = null }: CallBackFilter,
  { first, after }: { first?: number | null; after?: string | null },
  { viewer, database }: EvaluationsContext,
) {
  const size = pageSize(first)
  const behind = readInstantCursor(after)
  const { rows, openCount } = mayCallBack(viewer)
    ? await database.inScope(viewer.scope, async tx => ({
        rows: await callBacksPage(tx, { state, isMismatch, source }, behind, size + 1),
        openCount: await countOpenCallBacks(tx),
      }))
    : { rows: [], openCount: 0 }
  return { ...connection(rows, size, ({ ratedAt, evaluationId }) => [ratedAt.toISOString(), evaluationId]), openCount }
}

/** Whom to call back, in clear (查看回访对象); the look is kept in the transaction that reads. */
export async function revealCallBackContact(
  evaluationId: string,
  { viewer, database, crypto, now }: EvaluationsContext,
): Promise<
  | { contactName: string; contactPhone: string; relation: EvaluatorRelation }
  | Refused<'NotPermitted' | 'EvaluationNotFound'>
> {
  if (!mayCallBack(viewer)) return refused('NotPermitted', 'NOT_PERMITTED')
  if (!isId(evaluationId)) return refused('EvaluationNotFound', 'EVALUATION_UNKNOWN')
  return database.inScope(viewer.scope, async tx => {
    const sealed = await sealedCallBackContact(tx, evaluationId)
    if (!sealed) return refused('EvaluationNotFound', 'EVALUATION_UNKNOWN')
    const { caseId, relation, name, phone } = sealed
    await keepLook(tx, viewer, { purpose: 'CALL_BACK', caseId, evaluationId, at: now() })
    return {
      contactName: crypto.open('evaluations.evaluation_people.contact_name_sealed', name),
      contactPhone: crypto.open('evaluations.evaluation_people.contact_phone_sealed', phone),
      relation,
    }
  })
}
