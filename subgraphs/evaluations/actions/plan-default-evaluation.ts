import type { Transaction } from '../../shared/database.ts'
import type { StampedEvent } from '../../shared/events/event.ts'
import type { SilenceRules } from '../domain/silence-limit.ts'
import { dropDefault, planDefault } from '../store/default-dues.ts'
import { reportedCaseOf } from './keep-reported-case.ts'

/** Silence is counted for the first service of a case: later ones are visits that were rated for themselves. */
const FIRST_SERVICE = 1

/** Plans the default rating (默认评价) of a case that was reported closed, in the transaction of the consumer; one opened again or voided loses its plan. */
export function planDefaultEvaluations(rules: SilenceRules) {
  return async (transaction: Transaction, event: StampedEvent): Promise<void> => {
    const serviceCase = reportedCaseOf(event)
    const service = { ...serviceCase, serviceNumber: FIRST_SERVICE }
    const due = rules(serviceCase)
    if (due) await planDefault(transaction, service, due)
    else if (serviceCase.dataVersion > 1) await dropDefault(transaction, service)
  }
}
