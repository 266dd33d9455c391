import type { Transaction } from '../../shared/database.ts'
import type { StampedEvent } from '../../shared/events/event.ts'
import { readReportedCase } from '../domain/reported-case.ts'
import { countReportedCase } from '../store/case-origins.ts'

/** Systems that are named in the log of one process while they stay unregistered; beyond it further names go unmentioned. */
const mostNamed = 1_000

/**
 * Keeps through which linked system a case came (来源) and when that system was last heard from, in the transaction of the consumer.
 * A system that nobody registered is not invented: its cases are counted on no link, and it is named in the log once.
 */
export function receiveReportedCases(log: (line: string) => void) {
  const named = new Set<string>()
  return async (transaction: Transaction, event: StampedEvent): Promise<void> => {
    const reported = readReportedCase(event)
    const isRegistered = await countReportedCase(transaction, reported)
    if (isRegistered || named.has(reported.sourceSystem) || named.size >= mostNamed) return
    named.add(reported.sourceSystem)
    log(`cases come from ${JSON.stringify(reported.sourceSystem)}, for which no link is registered`)
  }
}
