import type { Transaction } from '../../shared/database.ts'
import { readEvaluationSubmitted } from '../../shared/events/evaluation-submitted.ts'
import type { StampedEvent } from '../../shared/events/event.ts'
import { openCallBack } from '../store/call-backs.ts'
import { endInvitationsOfCase } from '../store/phone-invitations.ts'

/** Whoever has rated, by whatever channel, is not called any more; every rating by telephone enters the call-back queue of the province (回访核对). */
export function followRatingsForPhone({ now }: { now: () => Date }) {
  return async (transaction: Transaction, event: StampedEvent): Promise<void> => {
    const { evaluationId, caseId, serviceNumber, channel, round } = readEvaluationSubmitted(event)
    if (caseId === null || round !== 1) return
    if (channel === 'PHONE') await openCallBack(transaction, evaluationId, now())
    await endInvitationsOfCase(transaction, { caseId, serviceNumber }, 'RATED', now())
  }
}
