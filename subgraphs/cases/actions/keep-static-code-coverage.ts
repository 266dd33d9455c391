import type { Transaction } from '../../shared/database.ts'
import type { StampedEvent } from '../../shared/events/event.ts'
import { readStaticCodesChanged } from '../../shared/events/static-codes-changed.ts'
import { keepCoverage } from '../store/static-code-coverage.ts'

/** Keeps which places and people have a static code in use (应设尽设), from the facts of the evaluations subgraph. */
export async function keepStaticCodeCoverage(transaction: Transaction, event: StampedEvent): Promise<void> {
  await keepCoverage(transaction, readStaticCodesChanged(event))
}
